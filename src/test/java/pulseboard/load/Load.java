package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The load generator as a program. It says on standard output when all viewers are there ("watching"), when it begins and
 * ends to measure ("measuring", "measured"), and then what it found, as one line of JSON. Exit code 1 when a viewer was lost
 * or has another document than the server.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends a crowd of viewers to a Pulseboard and checks what each of them receives.")
public final class Load implements Callable<Integer> {

    private static final int CONNECT_SECONDS = 60;

    @Parameters(paramLabel = "URL", description = "The address of the server, such as http://127.0.0.1:8080/")
    private URI url = URI.create("http://127.0.0.1:8080/");

    @Option(names = "--transport", description = "One of ${COMPLETION-CANDIDATES}.", defaultValue = "RAW")
    private Transport transport = Transport.RAW;

    @Option(names = "--board", description = "The board to watch.", defaultValue = "host")
    private String board = "host";

    @Option(names = "--viewers", description = "How many viewers.", defaultValue = "1000")
    private int viewers;

    @Option(names = "--ramp", description = "How many connect in a second.", defaultValue = "1000")
    private int perSecond;

    @Option(names = "--warm-up", description = "Seconds to wait when all are there.", defaultValue = "5")
    private int warmUpSeconds;

    @Option(names = "--seconds", description = "Seconds to measure.", defaultValue = "10")
    private int seconds;

    @Option(names = "--reconnect", description = "Let viewers that are lost come back, until all follow again.")
    private boolean reconnect;

    @Option(names = "--hold", description = "Stay until standard input ends.")
    private boolean hold;

    private Load() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Load())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!OpenFiles.areEnoughFor(viewers)) {
            System.err.println("load: " + OpenFiles.advice(viewers));
            return 2;
        }
        try (Crowd crowd = new Crowd(new Plan(url, board, transport, viewers, perSecond, reconnect))) {
            crowd.start();
            awaitViewers(crowd);
            System.out.println("watching");
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            crowd.ask(() -> {
                crowd.tally.restart();
                return true;
            });
            System.out.println("measuring");
            TimeUnit.SECONDS.sleep(seconds);
            JsonObject report = crowd.ask(crowd.tally::toJson);
            System.out.println("measured");
            if (reconnect) {
                awaitViewers(crowd);
                report = crowd.ask(crowd.tally::toJson);
            }
            return finish(crowd, report);
        }
    }

    private void awaitViewers(Crowd crowd) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS + viewers / perSecond);
        while (crowd.ask(() -> crowd.tally.following + (reconnect ? 0 : crowd.tally.lost)) < viewers) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not all viewers got a snapshot: " + crowd.ask(crowd.tally::toJson));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private int finish(Crowd crowd, JsonObject report) throws IOException, InterruptedException {
        Comparison.Result result = Comparison.run(crowd);
        report.put("transport", transport.name().toLowerCase(Locale.ROOT))
                .put("viewers", viewers)
                .put("seconds", seconds)
                .put("equalDocuments", result.equal())
                .put("differentDocuments", result.different())
                .put("comparedAtSeq", result.seq());
        System.out.println(report.encode());
        if (hold) {
            System.in.readAllBytes();
        }
        return result.equal() == viewers ? 0 : 1;
    }
}
