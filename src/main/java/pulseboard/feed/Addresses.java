package pulseboard.feed;

import java.util.Locale;
import java.util.Optional;

/** Every event-bus address of Pulseboard; a board is written as in {@link BoardId#toString()}. */
public final class Addresses {

    /** Request: a board is there, see {@link DirectoryVerticle}. */
    static final String ANNOUNCE = "boards.announce";

    /** Request: a machine shows a code and wants to join, see docs/fleet.md. */
    public static final String JOIN = "fleet.join";

    /** Message: a board is gone. */
    static final String WITHDRAW = "boards.withdraw";

    /** Message, true or false: another hub tells of alerts of machines from now on, and this one stands by. */
    public static final String STANDBY = "hubs.standby";

    /** Message: this program has told people of alerts of machines: {@code channel}, and {@code alerts} as texts. */
    public static final String TOLD = "hubs.told";

    /** The same, told by another hub. */
    public static final String TOLD_ELSEWHERE = "hubs.told-elsewhere";

    /** Request: all metrics as text, in a format that the {@code Accept} header in its body allows. */
    public static final String METRICS = "metrics";

    /** A header of a request for the metrics: whoever asks may see all boards. */
    public static final String METRICS_OF_BOARDS = "Boards";

    /** Request: what the web side has counted, as one JSON object. */
    public static final String WEB_FIGURES = "web.figures";

    /** Request: is this machine well, as one JSON object; see docs/alerts.md. */
    public static final String VERDICT = "verdict";

    /** Request: how new is what the history keeps of a machine, and which gap in it is to be filled; see docs/decisions/fleet.md. */
    public static final String HISTORY_GAP = "history.gap";

    /** Request: rows of the past of a board, which the history takes in the place of its own. */
    public static final String HISTORY_LATE = "history.late";

    private static final String BOARD = "board.";

    /** What can follow the name of a board in an address that clients may use. */
    public enum Use {
        /** Where its changes are published. */
        CHANGES,
        /** Where it is asked for its state. */
        SNAPSHOT,
        /** Where the history is asked what it showed before. */
        HISTORY,
        /** Where the history is asked for the names of its series. */
        SERIES;

        private final String suffix = "." + name().toLowerCase(Locale.ROOT);

        /** The name of the board in such an address; nothing when it is another one. */
        public Optional<String> boardOf(String address) {
            return address.startsWith(BOARD)
                            && address.endsWith(suffix)
                            && address.length() > BOARD.length() + suffix.length()
                    ? Optional.of(address.substring(BOARD.length(), address.length() - suffix.length()))
                    : Optional.empty();
        }

        private String of(String board) {
            return BOARD + board + suffix;
        }
    }

    private Addresses() {}

    /** Where a board publishes its changes; the only kind of address that the bridge lets out. */
    public static String changes(String board) {
        return Use.CHANGES.of(board);
    }

    /** Where a board answers requests with its snapshot; the bridge lets them in. */
    public static String snapshot(String board) {
        return Use.SNAPSHOT.of(board);
    }

    /** Where requests about what a board showed before are answered; the bridge lets them in. */
    public static String history(String board) {
        return Use.HISTORY.of(board);
    }

    /** Where the names of all series of a board are told; the bridge lets requests in. */
    public static String series(String board) {
        return Use.SERIES.of(board);
    }

    /** Request: does one of the board's actions; see {@link FeedPublisher#onAction}. */
    public static String actions(String board) {
        return BOARD + board + ".actions";
    }

    /** Request: what never changes while the board runs, as one JSON object. */
    public static String facts(String board) {
        return BOARD + board + ".facts";
    }

    /** Request: what the board has to say of the time since it was asked before; the history asks once a minute. */
    public static String minute(String board) {
        return BOARD + board + ".minute";
    }

    /** Where a board answers requests for what it has cost and done, as one JSON object. */
    public static String figures(String board) {
        return BOARD + board + ".figures";
    }

    /** Where the alert engine publishes, true or false, whether it judges a board from now on. */
    public static String judged(String board) {
        return BOARD + board + ".judged";
    }

    /** Where it is told how many viewers a board has; see {@link ViewerCount}. */
    public static String viewers(String board) {
        return BOARD + board + ".viewers";
    }
}
