package pulseboard;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A thousand machines at one change a second: CPU of a change, beside a bare server that counts the same frames; heap of each machine;
 * and how long it takes until all are live, when they come at once to a hub that has just begun.
 */
final class FleetBench {

    private static final int AGENTS = 1_000;
    private static final long EVERY_MILLISECONDS = 1_000;
    private static final int MOST_SECONDS = 120;
    private static final int WARM_SECONDS = 40;
    private static final int SECONDS = 20;

    private FleetBench() {}

    static void run(String measure) throws IOException, InterruptedException {
        int agents = measure.isEmpty() ? AGENTS : Integer.parseInt(measure);
        Jvm jvm = Jvm.all().get(0);
        Path state = Files.createTempDirectory(Path.of("target/bench").toAbsolutePath(), "fleet");
        List<String> tokens = LinkBench.tokens(state.resolve("pulseboard"), agents);
        come(hub(jvm, state), tokens);
        double floor = change(jvm.startClass(LinkFloor.class), tokens);
        double ours = change(hub(jvm, state), tokens);
        System.out.printf(
                "%nA change of 255 bytes, %d machines, one a second each, with the list, its history and its alerts: %.1f µs of CPU; floor, the same"
                        + " frames counted: %.1f µs; ratio %.1f%n",
                agents, ours, floor, ours / floor);
    }

    private static Process hub(Jvm jvm, Path state) throws IOException {
        ProcessBuilder hub = new ProcessBuilder(
                jvm.java().toString(),
                "@" + jvm.options(),
                "-XX:SharedArchiveFile=" + jvm.archive(),
                "-jar",
                jvm.jar().toString(),
                "--port",
                "0");
        hub.environment()
                .putAll(Map.of(
                        "XDG_STATE_HOME", state.toString(),
                        "PULSEBOARD_FLEET_ACCEPT", "true",
                        "PULSEBOARD_FLEET_KEEP", "summary",
                        "PULSEBOARD_HISTORY_MAX_SERIES", "5000"));
        return hub.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** All at once. */
    private static void come(Process hub, List<String> tokens) throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            URI server = LinkBench.address(hub);
            TimeUnit.SECONDS.sleep(3);
            long heapBefore = heapBytes(hub);
            long busyBefore = LinkBench.cpuMicros(hub);
            long began = System.nanoTime();
            LinkBench.Agents agents = new LinkBench.Agents(vertx, server, tokens, EVERY_MILLISECONDS);
            agents.begin();
            int live = 0;
            while (live < tokens.size() && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                live = live(server);
                TimeUnit.MILLISECONDS.sleep(500);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double busy = (LinkBench.cpuMicros(hub) - busyBefore) / 1e6;
            TimeUnit.SECONDS.sleep(5);
            long heap = (heapBytes(hub) - heapBefore) / tokens.size();
            System.out.printf(
                    "%nAll at once: %d of %d machines live after %.1f s, with %.1f s of CPU; %.1f KiB of heap each%n",
                    live, tokens.size(), seconds, busy, heap / 1024.0);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            hub.destroyForcibly();
        }
    }

    /** Microseconds of CPU for each change, with all that the process does besides. */
    private static double change(Process server, List<String> tokens) throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            LinkBench.Agents agents =
                    new LinkBench.Agents(vertx, LinkBench.address(server), tokens, EVERY_MILLISECONDS);
            agents.begin();
            TimeUnit.SECONDS.sleep(WARM_SECONDS); // Compiled by then.
            long sentBefore = agents.sent();
            long busyBefore = LinkBench.cpuMicros(server);
            TimeUnit.SECONDS.sleep(SECONDS);
            return (LinkBench.cpuMicros(server) - busyBefore) / (double) (agents.sent() - sentBefore);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            server.destroyForcibly();
        }
    }

    private static int live(URI server) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve("/api/hosts?state=live&limit=1"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        // One is the hub itself.
        return Math.max(0, new JsonObject(answer.body()).getInteger("count", 1) - 1);
    }

    /** Of what is not garbage. */
    private static long heapBytes(Process process) throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream said = histogram.getInputStream()) {
            String total = new String(said.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow();
            histogram.waitFor();
            return Long.parseLong(total.strip().split("\\s+", -1)[2]);
        }
    }
}
