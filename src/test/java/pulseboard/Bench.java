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
import java.util.Objects;
import java.util.stream.Stream;
import pulseboard.alert.AlertBench;
import pulseboard.board.host.SamplersBench;
import pulseboard.board.lab.engine.LabBench;
import pulseboard.feed.FeedBench;
import pulseboard.history.HistoryBench;
import pulseboard.load.DeliveryBench;
import pulseboard.load.Faults;
import pulseboard.load.Soak;

/** What {@code make bench} runs: each figure of cost, beside the floor measured in the same run. */
public final class Bench {

    private static final int REST_SECONDS = 60;
    private static final int HOUR_MINUTES = 60;
    private static final String[] ALL = {
        "rest",
        "history",
        "alerts",
        "metrics",
        "delivery",
        "link",
        "fleet",
        "s3",
        "sync",
        "uploads",
        "lab",
        "faults",
        "page",
        "firstload"
    };

    private Bench() {}

    /**
     * Prints all tables.
     *
     * @param arguments the parts wanted, "rest", "history", "alerts", "metrics", "delivery", "link", "fleet", "s3", "sync", "uploads", "lab", "faults", "page", "firstload" or "soak", each followed by "=" and
     *     its measure if it is to be another than usual: the seconds to watch the process at rest and the minutes that it is left to
     *     itself, such as {@code rest=30,60}, the numbers of viewers, such as {@code delivery=1,100}, the names of {@code Offence}s,
     *     or the minutes to soak; no part at all means all but the soak. The environment variable BEFORE may name another build's
     *     jar, to be measured beside
     */
    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "Java %s, %d cores, %s %s%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        for (String part : arguments.length == 0 ? ALL : arguments) {
            String measure = part.replaceFirst("[^=]*=?", "");
            if (part.startsWith("rest")) {
                rest(measure.isEmpty() ? new String[0] : measure.split(","));
            } else if (part.equals("lab")) {
                LabBench.run();
            } else if (part.equals("history")) {
                HistoryBench.run(before());
            } else if (part.equals("alerts")) {
                AlertBench.run(AlertProcessBench.run());
            } else if (part.startsWith("metrics")) {
                MetricsBench.run(measure);
            } else if (part.startsWith("delivery")) {
                DeliveryBench.run(sizes(measure));
            } else if (part.equals("link") || part.startsWith("fleet")) {
                links(part, measure);
            } else if (part.startsWith("s3") || part.startsWith("sync") || part.startsWith("uploads")) {
                engines(part, measure);
            } else if (part.startsWith("faults")) {
                Faults.run(measure.split(","));
            } else if (part.startsWith("firstload")) {
                inBrowser("first-load.js");
            } else if (part.startsWith("page")) {
                inBrowser("renderer.js");
            } else if (part.startsWith("soak")) {
                soak(measure);
            } else {
                refuse(part);
            }
        }
        System.exit(0);
    }

    private static void soak(String measure) throws Exception {
        if (!Soak.run(measure.isEmpty() ? Soak.MINUTES : Integer.parseInt(measure))) {
            System.exit(1);
        }
    }

    private static void links(String part, String measure) throws IOException, InterruptedException {
        if (part.equals("link")) {
            LinkBench.run();
        } else {
            FleetBench.run(measure);
            inBrowser("fleet.js");
        }
    }

    private static void engines(String part, String measure) throws Exception {
        if (part.startsWith("s3")) {
            S3Bench.run(measure);
        } else if (part.startsWith("sync")) {
            SyncBench.run(measure);
        } else {
            UploadsBench.run(measure);
        }
    }

    private static void refuse(String part) {
        System.err.println("bench: there is no part \"" + part
                + "\"; there are rest=SECONDS,MINUTES, history, alerts, metrics=SCRAPESxSECONDS, delivery=N,N,N, link, fleet=N, s3=FILES,MIB, sync=A,B, uploads=FILES,MIB, lab, faults=A,B, page,"
                + " firstload and soak=MINUTES");
        System.exit(2);
    }

    private static List<Integer> sizes(String measure) {
        return measure.isEmpty()
                ? DeliveryBench.SIZES
                : Stream.of(measure.split(",", -1)).map(Integer::valueOf).toList();
    }

    /** What the page costs the browser, here and with another build's jar, if BEFORE names one: a script of the page's own tests. */
    private static void inBrowser(String bench) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "src/test/webroot/bench/" + bench));
        if (!before().isEmpty()) {
            command.add(Path.of(before()).toAbsolutePath().toString());
        }
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            System.exit(1);
        }
    }

    private static void rest(String[] measures) throws IOException, InterruptedException {
        int seconds = measures.length == 0 ? REST_SECONDS : Integer.parseInt(measures[0]);
        JsonObject state = ProcessBench.run(seconds);
        FeedBench.run(state);
        SamplersBench.run();
        HourBench.run(measures.length < 2 ? HOUR_MINUTES : Integer.parseInt(measures[1]), seconds);
    }

    /** The jar of another build to be measured beside; empty if there is none. */
    static String before() {
        return Objects.requireNonNullElse(System.getenv("BEFORE"), "");
    }

    static JsonObject get(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return new JsonObject(response.body());
    }
}
