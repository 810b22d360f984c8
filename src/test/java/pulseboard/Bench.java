package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pulseboard.feed.FeedBench;
import pulseboard.history.HistoryBench;
import pulseboard.host.SamplersBench;
import pulseboard.load.DeliveryBench;
import pulseboard.load.Faults;
import pulseboard.load.Soak;

/** What {@code make bench} runs: each figure of cost, beside the floor measured in the same run. */
public final class Bench {

    private static final int REST_SECONDS = 60;
    private static final String[] ALL = {"rest", "history", "metrics", "delivery", "faults", "page"};

    private Bench() {}

    /**
     * Prints all tables.
     *
     * @param arguments the parts wanted, "rest", "history", "metrics", "delivery", "faults", "page", "firstload" or "soak", each followed by "=" and its
     *     measure if it is to be another than usual: the seconds to watch the process at rest, the numbers of viewers, such as
     *     {@code delivery=1,100}, the names of {@code Offence}s, another build's jar to compare the history or the page with, or the minutes to soak; no part at all means all but the soak
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf(
                "Java %s, %d cores, %s %s%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        for (String part : arguments.length == 0 ? ALL : arguments) {
            String measure = part.replaceFirst("[^=]*=?", "");
            if (part.startsWith("rest")) {
                JsonObject state = ProcessBench.run(measure.isEmpty() ? REST_SECONDS : Integer.parseInt(measure));
                FeedBench.run(state);
                SamplersBench.run();
            } else if (part.startsWith("history")) {
                HistoryBench.run(measure);
            } else if (part.startsWith("metrics")) {
                MetricsBench.run(measure);
            } else if (part.startsWith("delivery")) {
                DeliveryBench.run(sizes(measure));
            } else if (part.startsWith("faults")) {
                Faults.run(measure.split(","));
            } else if (part.startsWith("firstload")) {
                inBrowser("first-load.js", measure);
            } else if (part.startsWith("page")) {
                inBrowser("renderer.js", measure);
            } else if (part.startsWith("soak")) {
                if (!Soak.run(measure.isEmpty() ? Soak.MINUTES : Integer.parseInt(measure))) {
                    System.exit(1);
                }
            } else {
                System.err.println("bench: there is no part \"" + part
                        + "\"; there are rest=SECONDS, history=OTHER.jar, metrics=SCRAPESxSECONDS, delivery=N,N,N, faults=A,B, page=OTHER.jar,"
                        + " firstload=OTHER.jar and soak=MINUTES");
                System.exit(2);
            }
        }
        System.exit(0);
    }

    private static List<Integer> sizes(String measure) {
        return measure.isEmpty()
                ? DeliveryBench.SIZES
                : Stream.of(measure.split(",", -1)).map(Integer::valueOf).toList();
    }

    /** What the page costs the browser, here and with another build's jar, if one is named: a script of the page's own tests. */
    private static void inBrowser(String bench, String otherJar) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "src/test/webroot/bench/" + bench));
        if (!otherJar.isEmpty()) {
            command.add(Path.of(otherJar).toAbsolutePath().toString());
        }
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            System.exit(1);
        }
    }

    static JsonObject get(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return new JsonObject(response.body());
    }
}
