package pulseboard;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import pulseboard.top.Top;
import pulseboard.top.TopOptions;

/** {@code pulseboard top}: a Pulseboard in the terminal. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Shows a running Pulseboard in this terminal, live: this machine's, or the one at URL.",
            "Where there is no terminal, or one that can only print, it prints one line after the other."
        },
        footer = {"", "Keys: q or Ctrl-C quits, ? says which others there are.", "NO_COLOR=1 shows no colours."})
final class TopCommand implements Callable<Integer> {

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description = "Show this machine, which is linked there by \"pulseboard agent\".")
    private String machine = "";

    @Option(names = "--board", paramLabel = "BOARD", description = "Show this board instead of the machine: uploads.")
    private String board = "";

    @Option(
            names = "--job",
            paramLabel = "NAME",
            description = "With --board: show this one, else the one that is under way.")
    private String job = "";

    @Option(names = "--once", description = "Print one line and end; 1 is the exit code if there is nothing to tell.")
    private boolean isOnce;

    @Option(names = "--json", description = "Print the board as JSON, one line each.")
    private boolean isJson;

    @Option(names = "--lines", description = "Print lines, also where there is a terminal.")
    private boolean isPlain;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two lines, 1 to 3600. Default: 1.")
    private int intervalSeconds = 1;

    @Override
    public Integer call() throws IOException {
        // Logging takes a third of the start, and lines of it would be written across the screen.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        if (intervalSeconds < 1 || intervalSeconds > 3600) {
            throw new UserMistake("--interval must be from 1 to 3600, not " + intervalSeconds);
        }
        if (!board.isEmpty() && !Top.BOARDS.contains(board)) {
            throw new UserMistake("--board must be " + String.join(" or ", Top.BOARDS) + ", not " + board);
        }
        String whole = server.address();
        try {
            return Top.run(
                    new TopOptions(
                            whole,
                            server.token(),
                            board,
                            job,
                            machine,
                            server.caFile(),
                            isOnce,
                            isJson,
                            isPlain,
                            intervalSeconds),
                    System.err);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(whole + ": " + e.getMessage());
        }
    }
}
