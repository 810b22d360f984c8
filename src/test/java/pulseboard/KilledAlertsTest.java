package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program is killed while messages are under way, again and again: each beginning and each end is told, once, except that the one
 * message of a channel that was under way may come a second time, by the same key.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledAlertsTest {

    private static final int SECONDS = 120;
    private static final int CHANNELS = 3;
    private static final int RULES_OF_EACH = 4;

    /** What came, to which start of the program. */
    private record Received(int start, String channel, String key, String alert, String told, boolean isAnswered) {}

    private final Vertx vertx = Vertx.vertx();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Program> programs = new CopyOnWriteArrayList<>();
    private volatile int answered = Integer.MAX_VALUE;
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body.toJsonObject())));
        port = server.listen(0, "127.0.0.1").await(SECONDS, TimeUnit.SECONDS).actualPort();
    }

    @AfterEach
    void close() throws Exception {
        programs.forEach(Program::close);
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    /** The first ones are answered; the rest finds a program that is killed before it has its answer. */
    private void take(HttpServerRequest request, JsonObject message) {
        boolean isAnswered = received.size() < answered;
        JsonObject item = message.getJsonArray("items").getJsonObject(0);
        received.add(new Received(
                programs.size(),
                request.path(),
                request.getHeader("Idempotency-Key"),
                item.getString("alertId"),
                item.getString("rule") + " " + item.getString("state"),
                isAnswered));
        if (isAnswered) {
            request.response().end();
        }
    }

    /** Each rule goes to its own channel, and each alert is a message; all of them fire, or none. */
    private void write(boolean areFiring) throws IOException {
        StringBuilder channels = new StringBuilder("channels:\n");
        StringBuilder routes = new StringBuilder("routes:\n");
        StringBuilder rules = new StringBuilder("rules:\n");
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels.append(String.format(
                    "  c%1$d: {kind: webhook, url: \"http://127.0.0.1:%2$d/c%1$d\", allow: [127.0.0.1]}%n",
                    channel, port));
            routes.append(String.format(
                    "  - {name: c%1$d, rules: [c%1$d-*], channels: [c%1$d], wait: 0s, group: alert}%n", channel));
            for (int rule = 0; rule < RULES_OF_EACH; rule++) {
                rules.append(String.format(
                        "  - {name: c%d-r%d, watch: \"host:memory.totalBytes\", alarm: above %s, text: it fires}%n",
                        channel, rule, areFiring ? "1" : "1000000000000000000"));
            }
        }
        Path files = Files.createDirectories(folder.resolve("alerts.d"));
        Path made = Files.writeString(folder.resolve("made.yaml"), channels.toString() + routes + rules);
        Files.move(made, files.resolve("all.yaml"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private URI start() throws IOException {
        Program program = Program.start(
                Map.of(
                        "XDG_STATE_HOME",
                        folder.toString(),
                        "PULSEBOARD_ALERTS_FOLDER",
                        folder.resolve("alerts.d").toString()),
                "--port",
                "0");
        programs.add(program);
        return program.awaitAddress();
    }

    /** Starts it, and kills it when so many more messages were answered and one on each channel waits for its answer. */
    private void startAndKillAfter(int more) throws Exception {
        answered = received.size() + more;
        start();
        int start = programs.size();
        Until.isTrue(
                "messages are under way",
                () -> received.stream().anyMatch(each -> each.start == start && !each.isAnswered));
        Program program = programs.get(start - 1);
        program.signal("KILL");
        program.awaitEndUnread();
        answered = Integer.MAX_VALUE;
    }

    private Set<String> told() {
        Set<String> told = new TreeSet<>();
        received.forEach(each -> told.add(each.told));
        return told;
    }

    private static Set<String> all(String... states) {
        Set<String> all = new TreeSet<>();
        for (String state : states) {
            for (int each = 0; each < CHANNELS * RULES_OF_EACH; each++) {
                all.add("c" + each / RULES_OF_EACH + "-r" + each % RULES_OF_EACH + " " + state);
            }
        }
        return all;
    }

    @Test
    void nothingIsLostAndNothingIsToldTwiceBeyondWhatWasUnderWay() throws Exception {
        write(true);
        startAndKillAfter(0);
        startAndKillAfter(5);
        URI server = start();
        Until.isTrue("all beginnings were told", () -> told().equals(all("firing")));
        awaitNothingWaits(server);
        write(false);
        programs.get(programs.size() - 1).signal("KILL");
        startAndKillAfter(4);
        server = start();
        Until.isTrue("all ends were told", () -> told().equals(all("firing", "resolved")));
        awaitNothingWaits(server);
        for (int channel = 0; channel < CHANNELS; channel++) {
            assertToldOnce(server, "/c" + channel);
        }
        assertHistory(server);
    }

    /** Each beginning and each end has one message; one that came again did so for a reason. */
    private void assertToldOnce(URI server, String channel) throws Exception {
        List<Received> here =
                received.stream().filter(each -> each.channel.equals(channel)).toList();
        Map<String, Received> last = new HashMap<>();
        for (Received each : here) {
            Received before = last.put(each.key, each);
            assertTrue(before == null || mayComeAgain(server, before, each), () -> each + " of " + here);
        }
        assertEquals(2 * RULES_OF_EACH, last.size(), here::toString);
        assertEquals(
                2 * RULES_OF_EACH, here.stream().map(Received::told).distinct().count(), here::toString);
    }

    /**
     * Whether nobody had answered the first one, or it was the last of its channel before a kill, or the program had given up waiting for the
     * answer, as it does on a machine that stands still for long: then it says so.
     */
    private boolean mayComeAgain(URI server, Received first, Received again) throws Exception {
        Received lastOfStart = received.stream()
                .filter(each -> each.start == first.start && each.channel.equals(first.channel))
                .reduce(first, (one, next) -> next);
        boolean wasUnderWay = first.start < again.start && lastOfStart.key.equals(first.key);
        return !first.isAnswered
                || wasUnderWay
                || get(server, "/api/boards/alerts/why?id=" + first.alert)
                        .contains("did not take message " + first.key);
    }

    private static String get(URI server, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static void awaitNothingWaits(URI server) throws Exception {
        Until.isTrue(
                "nothing waits",
                () -> new JsonObject(get(server, "/api/boards/alerts"))
                        .getJsonObject("state").getJsonObject("channels").stream()
                                .allMatch(each -> ((JsonObject) each.getValue()).getInteger("waitingCount", 0) == 0));
    }

    private static void assertHistory(URI server) throws Exception {
        JsonArray rows = new JsonArray(get(server, "/api/boards/alerts/transitions"));
        Stream<JsonObject> ours = rows.stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getJsonObject("alert").getString("rule").startsWith("c"));
        Set<String> kinds = new TreeSet<>();
        List<String> became = ours.map(
                        row -> row.getJsonObject("alert").getString("rule") + " " + row.getString("kind"))
                .filter(text -> text.matches("c\\d-r\\d .*"))
                .peek(kinds::add)
                .toList();
        assertEquals(all("firing", "resolved"), kinds);
        assertEquals(kinds.size(), became.size(), became::toString);
    }
}
