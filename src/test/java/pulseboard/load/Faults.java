package pulseboard.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a crowd of ordinary viewers feels of those who are slow or mean harm: the packaged program with its own flags, a
 * thousand viewers that do all as they should, and one offence after the other beside them.
 */
public final class Faults {

    private static final Map<String, String> SETTINGS =
            Map.of("PULSEBOARD_WEB_MAX_VIEWERS", "2500", "PULSEBOARD_WEB_PING_TIMEOUT_SECONDS", "30");
    private static final Path JSON = Path.of("target/bench/faults.json");
    private static final int VIEWERS = 1_000;
    private static final int WARM_UP_SECONDS = 10;
    private static final int ALONE_SECONDS = 5;
    private static final int SETTLE_MILLISECONDS = 1500;
    private static final double MIB = 1 << 20;

    private final JsonArray rows = new JsonArray();
    private final List<Double> alone = new ArrayList<>();
    private final ShippedServer server;
    private final Crowd crowd;

    private Faults(ShippedServer server) throws IOException {
        this.server = server;
        this.crowd = new Crowd(new Plan(server.url(), BoardServer.BOARD, Transport.RAW, VIEWERS, 500));
    }

    /** Prints the table and writes it as JSON, too. */
    public static void run(String... names) throws IOException, InterruptedException {
        List<Offence> offences = names[0].isEmpty()
                ? List.of(Offence.values())
                : Stream.of(names).map(Offence::valueOf).toList();
        try (ShippedServer server = new ShippedServer(SETTINGS)) {
            Faults faults = new Faults(server);
            try (Crowd crowd = faults.crowd) {
                crowd.start();
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                faults.measure(offences);
            }
        }
    }

    private void measure(List<Offence> offences) throws IOException, InterruptedException {
        System.out.printf(
                "%n%d viewers beside those who mean harm; the server has its own flags%n%-34s %7s %7s %6s %5s %6s %6s %8s %8s %5s  %s%n",
                VIEWERS,
                "",
                "alone",
                "p99 ms",
                "ratio",
                "lost",
                "heap",
                "direct",
                "resident",
                "dropped",
                "WARN",
                "told");
        watch(ALONE_SECONDS);
        for (Offence offence : offences) {
            rows.add(row(offence));
        }
        System.out.printf(
                "resident at most %.0f MiB; %s%n", server.highestResidentBytes() / MIB, Comparison.run(crowd));
        Files.createDirectories(JSON.getParent());
        Files.writeString(JSON, new JsonObject().put("offences", rows).encodePrettily() + "\n");
    }

    /** The 99th percentile of the delay over so many seconds, in milliseconds; without a single change it is all of them. */
    private double watch(int seconds) throws InterruptedException {
        crowd.ask(() -> {
            crowd.tally.restart();
            return true;
        });
        TimeUnit.SECONDS.sleep(seconds);
        JsonObject report = crowd.ask(crowd.tally::toJson);
        return report.getLong("changes") == 0
                ? seconds * 1000.0
                : report.getJsonObject("latencyMilliseconds").getDouble("p99");
    }

    private JsonObject row(Offence offence) throws IOException, InterruptedException {
        alone.add(watch(ALONE_SECONDS));
        double quiet =
                alone.stream().sorted().skip(alone.size() / 2).findFirst().orElseThrow();
        int lost = crowd.ask(() -> crowd.tally.lost);
        int warned = server.logged("WARN").size();
        double beside;
        ShippedServer.Figures figures;
        JsonObject report;
        try (MeasuredProcess gang =
                MeasuredProcess.startNicely(Gang.class, List.of(server.url() + "", offence.name()))) {
            gang.line();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLISECONDS);
            beside = watch(offence.seconds);
            figures = server.figures();
            gang.endInput();
            report = new JsonObject(gang.line());
        }
        JsonObject row = new JsonObject()
                .put("offence", offence.title)
                .put("aloneP99Milliseconds", quiet)
                .put("besideP99Milliseconds", beside)
                .put("ratio", beside / quiet)
                .put("othersLost", crowd.ask(() -> crowd.tally.lost) - lost)
                .put("heapBytes", figures.heap())
                .put("directBytes", figures.direct())
                .put("residentBytes", figures.resident())
                .put(
                        "warnings",
                        new JsonArray(server.logged("WARN")
                                .subList(warned, server.logged("WARN").size())))
                .put("gang", report);
        print(row);
        return row;
    }

    private static void print(JsonObject row) {
        JsonObject gang = row.getJsonObject("gang");
        System.out.printf(
                Locale.ROOT,
                "%-34s %7.1f %7.1f %6.2f %5d %6.1f %6.1f %8.1f %8s %5d  %s%n",
                row.getString("offence"),
                row.getDouble("aloneP99Milliseconds"),
                row.getDouble("besideP99Milliseconds"),
                row.getDouble("ratio"),
                row.getInteger("othersLost"),
                row.getLong("heapBytes") / MIB,
                row.getLong("directBytes") / MIB,
                row.getLong("residentBytes") / MIB,
                gang.getInteger("dropped") + "/" + gang.getInteger("opened"),
                row.getJsonArray("warnings").size(),
                gang.getJsonObject("reasons")
                        .mergeIn(gang.getJsonObject("toldTheRest"))
                        .encode());
    }
}
