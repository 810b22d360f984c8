package pulseboard.bus;

/** Every event-bus address of Pulseboard. */
public final class Addresses {

    /** Request: the static facts of this host, as one JSON object. */
    public static final String HOST_FACTS = "host.facts";

    /** Request: which processes used most CPU and most memory since the last such request. */
    public static final String BUSIEST_PROCESSES = "processes.busiest";

    /** Request: all metrics as text, in a format that the {@code Accept} header in its body allows. */
    public static final String METRICS = "metrics";

    /** Request: what the web side has counted, as one JSON object. */
    public static final String WEB_FIGURES = "web.figures";

    private Addresses() {}

    /** Where a board publishes its changes; the only kind of address that the bridge lets out. */
    public static String changes(String board) {
        return "board." + board + ".changes";
    }

    /** Where a board answers requests with its snapshot; the only kind of address that the bridge lets in. */
    public static String snapshot(String board) {
        return "board." + board + ".snapshot";
    }

    /** Where requests about what a board showed before are answered; the bridge lets them in. */
    public static String history(String board) {
        return "board." + board + ".history";
    }

    /** Where the names of all series of a board are told. */
    public static String series(String board) {
        return "board." + board + ".series";
    }

    /** Where a board answers requests for what it has cost and done, as one JSON object. */
    public static String figures(String board) {
        return "board." + board + ".figures";
    }

    /** Where the web side publishes, as an integer, how many viewers a board has whenever that number changes. */
    public static String viewers(String board) {
        return "board." + board + ".viewers";
    }
}
