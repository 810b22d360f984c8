package pulseboard.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to bring a change to a viewer: the bridge and the stream beside a server that does nothing but write, with
 * the same viewers on the same machine, one after the other at each size.
 */
public final class DeliveryBench {

    /** As many viewers, unless somebody says otherwise. */
    public static final List<Integer> SIZES = List.of(1, 100, 1_000, 5_000, 9_000);

    /** The flags that Pulseboard ships with, but with memory for thousands of viewers. */
    private static final List<String> SERVER_FLAGS =
            List.of("@src/main/packaging/jvm.options", "-Xmx400m", "-XX:MaxDirectMemorySize=256m");

    private static final List<String> CROWD_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx400m");
    private static final Path JSON = Path.of("target/bench/delivery.json");
    private static final int RAMP_PER_SECOND = 2_000;
    private static final int WARM_UP_SECONDS = 4;
    private static final int SECONDS = 8;
    private static final int FIRST_VIEWERS = 300;

    private final List<Server> servers = new ArrayList<>();
    private final List<JsonObject> rows = new ArrayList<>();

    private record Server(Subject subject, MeasuredProcess process, String url) {}

    private DeliveryBench() {}

    /** Prints the table and writes it as JSON, too. */
    public static void run(List<Integer> sizes) throws IOException {
        System.out.printf(
                "%nDelivery of one change a second to each viewer, over %d s; floor: a bare write to every socket%n"
                        + "%-15s %7s %9s %8s %8s %8s %8s %8s %9s %9s %9s%n",
                SECONDS,
                "",
                "viewers",
                "us/change",
                "x floor",
                "p50 ms",
                "p99 ms",
                "max ms",
                "bytes",
                "heap KiB",
                "direct",
                "resident");
        DeliveryBench bench = new DeliveryBench();
        try {
            for (Subject subject : Subject.values()) {
                MeasuredProcess process = MeasuredProcess.start(SERVER_FLAGS, subject.server, List.of());
                bench.servers.add(new Server(subject, process, process.line()));
            }
            bench.measure(sizes);
        } finally {
            for (Server server : bench.servers) {
                server.process().close();
            }
        }
        Files.createDirectories(JSON.getParent());
        JsonObject all = JsonObject.of(
                "java", System.getProperty("java.version"),
                "cores", Runtime.getRuntime().availableProcessors(),
                "runs", new JsonArray(bench.rows));
        Files.writeString(JSON, all.encodePrettily() + "\n");
    }

    private void measure(List<Integer> sizes) throws IOException {
        for (Server server : servers) { // Not counted: until it is compiled all is slow.
            run(server, FIRST_VIEWERS);
        }
        for (int size : sizes) {
            if (!OpenFiles.areEnoughFor(size)) {
                System.out.println("left out: " + OpenFiles.advice(size));
                continue;
            }
            double floor = 1;
            for (Server server : servers) {
                Figures figures = run(server, size);
                floor = server.subject() == Subject.FLOOR ? figures.cpu() : floor;
                print(figures, floor);
                rows.add(figures.toJson(floor));
            }
        }
    }

    private static Figures run(Server server, int size) throws IOException {
        MeasuredProcess process = server.process();
        JsonObject idle = process.memory();
        List<String> arguments = List.of(
                server.url(),
                "--transport=" + server.subject().transport,
                "--viewers=" + size,
                "--ramp=" + RAMP_PER_SECOND,
                "--warm-up=" + WARM_UP_SECONDS,
                "--seconds=" + SECONDS,
                "--hold");
        try (MeasuredProcess crowd = MeasuredProcess.start(CROWD_FLAGS, Load.class, arguments)) {
            await(crowd, "measuring");
            double begin = process.cpuMicroseconds();
            await(crowd, "measured");
            double cpu = process.cpuMicroseconds() - begin;
            JsonObject report = new JsonObject(crowd.line());
            return new Figures(server.subject(), size, cpu / report.getLong("changes"), report, idle, process.memory());
        }
    }

    private static void await(MeasuredProcess crowd, String stage) throws IOException {
        while (!crowd.line().equals(stage)) {
            // What comes before.
        }
    }

    private static void print(Figures figures, double floor) {
        System.out.printf(
                "%-15s %7d %9.1f %8.2f %8.1f %8.1f %8.1f %8.0f %9.1f %9.1f %9.1f%s%n",
                figures.subject().title,
                figures.viewers(),
                figures.cpu(),
                figures.cpu() / floor,
                figures.latency("p50"),
                figures.latency("p99"),
                figures.latency("max"),
                figures.bytesPerChange(),
                figures.kibPerViewer("heap"),
                figures.kibPerViewer("direct"),
                figures.kibPerViewer("resident"),
                figures.isFaultless() ? "" : "  " + figures.report().encode());
    }
}
