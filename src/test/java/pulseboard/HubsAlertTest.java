package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs judge the same machines, and people are told once. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HubsAlertTest {

    private static final String FILE = """
            channels:
              hook: {kind: webhook, url: "http://127.0.0.1:%d/%s", allow: [127.0.0.1]}
            routes:
              - {name: all, channels: [hook], wait: 0s}
            rules:
              - {name: busy, watch: "fleet:hosts.*.cpuBusyPercent", alarm: above 90, text: "{{key}} is busy"}
              - {name: own, watch: "web1/host:cpu.busyPercent", when: above 90, severity: info, text: "web1 is busy"}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private int port;

    @SuppressWarnings("NullAway.Init")
    private NatsServer nats;

    @SuppressWarnings("NullAway.Init")
    private LinkSite a;

    @SuppressWarnings("NullAway.Init")
    private LinkSite b;

    @BeforeEach
    void start() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.add(request.path() + " " + body.toJsonObject().getString("kind"));
                    request.response().end("thank you");
                }));
        port = LinkSite.await(server.listen(0, "127.0.0.1")).actualPort();
        nats = new NatsServer(folder.resolve("nats"), "");
        a = hub("a");
        b = hub("b");
    }

    @AfterEach
    void close() {
        b.close();
        nats.close();
        LinkSite.await(vertx.close());
    }

    private LinkSite hub(String name) throws Exception {
        Path files = Files.createDirectories(folder.resolve(name).resolve("alerts.d"));
        Files.writeString(files.resolve("messages.yaml"), FILE.formatted(port, name));
        Map<String, String> settings = HubSettings.of(folder, name, nats.address());
        settings.put("PULSEBOARD_ALERTS_FOLDER", files.toString());
        return new LinkSite(folder.resolve(name), settings, List.of());
    }

    private static boolean knows(LinkSite hub, String rule) throws Exception {
        return hub.state("alerts").getJsonObject("alerts", new JsonObject()).stream()
                .map(each -> (JsonObject) each.getValue())
                .anyMatch(alert -> alert.getString("rule", "").equals(rule)
                        && alert.getString("state", "").equals("firing"));
    }

    private void busy(LinkSite.Peer machine, long seq, int percent) {
        machine.change("host", "e1", seq, JsonObject.of("cpu", JsonObject.of("busyPercent", percent)));
    }

    @Test
    void alertOfAMachineIsToldByOneHubAndByTheOtherWhenThatIsGone() throws Exception {
        Until.isTrue("both are there", () -> hubs(a) == 2 && hubs(b) == 2);
        LinkSite.Peer web1 = b.link(b.token("publish:web1"));
        web1.hello("host");
        web1.next("watch");
        web1.snapshot("host", "e1", 1, JsonObject.of("cpu", JsonObject.of("busyPercent", 99)));
        Until.isTrue("both see it", () -> knows(a, "busy") && knows(b, "busy"));
        Until.isTrue("what is judged comes to where nobody looks", () -> knows(a, "own") && knows(b, "own"));
        Until.isTrue("told", () -> told.contains("/a firing"));
        busy(web1, 2, 1);
        Until.isTrue("both see that it is over", () -> !knows(a, "busy") && !knows(b, "busy"));
        Until.isTrue("told, too", () -> told.contains("/a resolved"));
        assertEquals(List.of("/a firing", "/a resolved"), told);
        a.close();
        busy(web1, 3, 99);
        Until.isTrue("the other tells now", () -> told.contains("/b firing"));
        assertEquals(List.of("/a firing", "/a resolved", "/b firing"), told);
    }

    private static int hubs(LinkSite hub) throws Exception {
        return hub.state("fleet")
                .getJsonObject("hub", new JsonObject())
                .getJsonObject("nodes", new JsonObject())
                .size();
    }
}
