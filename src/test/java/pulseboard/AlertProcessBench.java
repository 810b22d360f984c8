package pulseboard;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The program and a receiver of messages, each of them real: how long it takes from a value that crosses its limit until the message is at
 * the receiver, while a thousand alerts fire; and how long a preview of thirty days takes beside reading them.
 */
final class AlertProcessBench {

    private static final int SECONDS = 30;
    private static final int FIRING = 1_000;
    private static final int CHANNELS = 25;
    private static final int MESSAGES_OF_EACH = 20; // More in ten minutes would be a digest.
    private static final int DAYS = 30;
    private static final int ROUNDS = 5;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final int MOST_POINTS = 10_000;
    private static final String SERIES = "cpu.busyPercent";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    private AlertProcessBench(URI server) {
        this.server = server;
    }

    /** Prints all of it, and returns the host board's state. */
    static JsonObject run() throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target/bench")).toAbsolutePath(), "alerts");
        fillHistory(folder.resolve("history"));
        Vertx vertx = Vertx.vertx();
        BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    boolean isMeasured = !request.path().equals("/background");
                    request.body().onSuccess(body -> {
                        request.response().end();
                        if (isMeasured) {
                            arrived.add(System.nanoTime());
                        }
                    });
                })
                .listen(0, "127.0.0.1")
                .await(SECONDS, TimeUnit.SECONDS)
                .actualPort();
        write(folder.resolve("alerts.d"), port);
        Map<String, String> environment = Map.of(
                "XDG_STATE_HOME",
                folder.toString(),
                "PULSEBOARD_ALERTS_FOLDER",
                folder.resolve("alerts.d").toString(),
                "PULSEBOARD_HISTORY_FOLDER",
                folder.resolve("history").toString(),
                "PULSEBOARD_TANK_COUNT",
                Integer.toString(FIRING));
        try (Program program = Program.startMain("pulseboard.TankProgram", environment, "--port", "0")) {
            AlertProcessBench bench = new AlertProcessBench(program.awaitAddress());
            Until.isTrue("a thousand alerts fire", () -> bench.firing() >= FIRING);
            bench.latency(arrived);
            bench.preview();
            return bench.get("api/boards/host").getJsonObject("state");
        } finally {
            vertx.close().await(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void fillHistory(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Program.command());
        command.set(command.indexOf("pulseboard.Main"), "pulseboard.history.HistoryFill");
        command.addAll(List.of(folder.toString(), Integer.toString(DAYS), SERIES));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("the history could not be made");
        }
    }

    private static void write(Path folder, int port) throws IOException {
        StringBuilder channels = new StringBuilder("channels:\n");
        StringBuilder routes = new StringBuilder("routes:\n");
        List<String> names = new ArrayList<>(List.of("background"));
        for (int channel = 0; channel < CHANNELS; channel++) {
            names.add("c" + channel);
        }
        for (String name : names) {
            channels.append(String.format(
                    "  %1$s: {kind: webhook, url: \"http://127.0.0.1:%2$d/%1$s\", allow: [127.0.0.1]}%n", name, port));
            boolean isMeasured = name.startsWith("c");
            routes.append(String.format(
                    "  - {name: %1$s, boards: [tank], keys: [%2$s-*], channels: [%1$s]%3$s}%n",
                    name, isMeasured ? name : "empty", isMeasured ? ", wait: 0s, group: alert" : ""));
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bench.yaml"), channels.toString() + routes);
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        return new JsonObject(send(HttpRequest.newBuilder(server.resolve(path)).build()));
    }

    private String act(String path, JsonObject body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve("api/boards/" + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + ": " + response.body());
        }
        return response.body();
    }

    private long firing() throws IOException, InterruptedException {
        return get("api/boards/alerts").getJsonObject("state").getJsonObject("alerts").stream()
                .filter(each ->
                        ((JsonObject) each.getValue()).getString("state", "").equals("firing"))
                .count();
    }

    /** From when somebody begins to say what the value is, so that this is in it. */
    private void latency(BlockingQueue<Long> arrived) throws IOException, InterruptedException {
        Random random = new Random(1);
        List<Double> crossing = new ArrayList<>();
        List<Double> sending = new ArrayList<>();
        for (int message = 0; message < MESSAGES_OF_EACH; message++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(60)); // At no moment that anything else has to do with.
                JsonObject body = JsonObject.of("tank", "c" + channel + "-" + message, "litres", 1);
                crossing.add(milliseconds(arrived, "tank/actions/fill", body));
                sending.add(milliseconds(arrived, "alerts/actions/test", JsonObject.of("channel", "c" + channel)));
            }
        }
        System.out.printf(
                "%nFrom a value that crosses its limit until the message is at the receiver, %,d alerts firing, %d messages, ms%n",
                FIRING, crossing.size());
        System.out.printf("%-44s %8s %8s %8s%n", "", "median", "p99", "most");
        print("a message (the aim: 1,000)", crossing);
        print("floor: a test by the same channel", sending);
    }

    private double milliseconds(BlockingQueue<Long> arrived, String path, JsonObject body)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        act(path, body);
        Long end = arrived.poll(SECONDS, TimeUnit.SECONDS);
        if (end == null) {
            throw new IOException("no message came of " + body);
        }
        return (end - begin) / 1e6;
    }

    private static void print(String what, List<Double> milliseconds) {
        Collections.sort(milliseconds);
        System.out.printf(
                "%-44s %8.1f %8.1f %8.1f%n",
                what,
                milliseconds.get(milliseconds.size() / 2),
                milliseconds.get(milliseconds.size() * 99 / 100),
                milliseconds.get(milliseconds.size() - 1));
    }

    private void preview() throws IOException, InterruptedException {
        long to = System.currentTimeMillis() / MINUTE * MINUTE;
        double read = Double.MAX_VALUE;
        double previewed = Double.MAX_VALUE;
        String answer = "";
        for (int round = 0; round < ROUNDS; round++) {
            long from = to - TimeUnit.DAYS.toMillis(DAYS) + round * 2L * MINUTE; // What was asked before is known.
            JsonObject question =
                    JsonObject.of("line", "host:" + SERIES + " above 80 for 5m").put("fromMilliseconds", from + MINUTE);
            long begin = System.nanoTime();
            for (long part = from; part < to; part += MOST_POINTS * MINUTE) {
                read(part, Math.min(to, part + MOST_POINTS * MINUTE));
            }
            long middle = System.nanoTime();
            answer = act("alerts/actions/preview", question);
            read = Math.min(read, (middle - begin) / 1e6);
            previewed = Math.min(previewed, (System.nanoTime() - middle) / 1e6);
        }
        JsonObject told = new JsonObject(answer);
        System.out.printf(
                "%nPreview of %d days, one series (%d times firing%s): %.0f ms; reading them by the minute: %.0f ms (%.2f; the aim: 2)%n",
                DAYS,
                told.getInteger("firingCount"),
                told.getBoolean("partial") ? ", cut short" : "",
                previewed,
                read,
                previewed / read);
    }

    private void read(long from, long to) throws IOException, InterruptedException {
        get("api/boards/host/history?series=" + SERIES + "&from=" + from + "&to=" + to + "&points="
                + (to - from) / MINUTE);
    }
}
