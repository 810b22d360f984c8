package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs and a real NATS server; machines are linked by hand. */
@Tag("system")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HubsTest {

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private NatsServer nats;

    @SuppressWarnings("NullAway.Init")
    private LinkSite a;

    @SuppressWarnings("NullAway.Init")
    private LinkSite b;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsServer(folder.resolve("nats"), "");
        a = hub("a");
        b = hub("b");
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        nats.close();
    }

    private LinkSite hub(String name) throws Exception {
        return new LinkSite(
                Files.createDirectories(folder.resolve(name)), HubSettings.of(folder, name, nats.address()), List.of());
    }

    private static JsonObject row(LinkSite hub, String host) throws IOException, InterruptedException {
        return hub.state("fleet").getJsonObject("hosts", new JsonObject()).getJsonObject(host, new JsonObject());
    }

    private static JsonObject act(LinkSite hub, String action, JsonObject body) throws Exception {
        HttpResponse<String> answer = hub.post("api/boards/fleet/actions/" + action, body.encode());
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    /** A host board with a busy CPU. */
    private static void hello(LinkSite.Peer machine, double busyPercent) throws Exception {
        machine.hello("host");
        machine.next("watch");
        machine.snapshot("host", "e1", 7, JsonObject.of("cpu", JsonObject.of("busyPercent", busyPercent)));
    }

    private static void awaitBusy(LinkSite hub, String host, double percent) throws Exception {
        Until.isTrue(
                host + " is busy to " + percent,
                () -> Double.valueOf(percent).equals(row(hub, host).getDouble("cpuBusyPercent")));
    }

    private LinkSite.Peer linkedToA() throws Exception {
        LinkSite.Peer web1 = a.link(a.token("publish:web1"));
        hello(web1, 42);
        awaitBusy(a, "web1", 42);
        awaitBusy(b, "web1", 42);
        Until.isTrue("its board is at b", () -> !b.info("web1/host").isEmpty());
        return web1;
    }

    @Test
    void machineOfOneHubIsSeenAtTheOtherWithItsNumbersKept() throws Exception {
        LinkSite.Peer web1 = linkedToA();
        assertEquals("live", row(b, "web1").getString("state"));
        assertEquals("a", row(b, "web1").getString("node"));
        BusViewer viewer = new BusViewer(URI.create(b.address()), b.token("read:*"));
        viewer.register("board.web1/host.changes");
        viewer.ask("board.web1/host.snapshot");
        JsonObject first = viewer.heardUntil(heard -> heard.containsKey("state"));
        assertEquals(42, first.getJsonObject("state").getJsonObject("cpu").getDouble("busyPercent"));
        web1.change("host", "e1", 8, JsonObject.of("cpu", JsonObject.of("busyPercent", 43)));
        JsonObject change = viewer.heardUntil(heard -> heard.encode().contains("43"));
        assertEquals("e1", change.getString("epoch"));
        assertEquals(8, change.getLong("seq"));
    }

    @Test
    void machineThatMovesIsThereWithoutAGapAndTheOldLinkCountsNoMore() throws Exception {
        LinkSite.Peer web1 = linkedToA();
        BusViewer viewer = new BusViewer(URI.create(a.address()), a.token("read:*"));
        viewer.register("board.web1/host.changes");
        LinkSite.Peer again = b.link(b.token("publish:web1"));
        hello(again, 55);
        assertEquals(4409, web1.closeCode(), "the newer link counts, wherever it is");
        awaitBusy(a, "web1", 55);
        assertEquals("b", row(a, "web1").getString("node"));
        again.change("host", "e1", 8, JsonObject.of("cpu", JsonObject.of("busyPercent", 56)));
        viewer.heardUntil(heard -> heard.encode().contains("\"seq\":8"));
        assertEquals(56, a.state("web1/host").getJsonObject("cpu").getDouble("busyPercent"), "its board lives on at a");
    }

    @Test
    void codeOfOneHubIsGoodAtTheOtherAndWhoIsShutOutIsShutOutOfBoth() throws Exception {
        String token = b.token("read:*");
        Until.isTrue(
                "a token of b is good at a",
                () -> a.get("api/boards/fleet", "Authorization", "Bearer " + token)
                                .statusCode()
                        == 200);
        LinkSite.Peer web1 = linkedToA();
        act(b, "move", JsonObject.of("machine", "web1", "group", "home"));
        Until.isTrue(
                "the group is known at a", () -> "home".equals(row(a, "web1").getString("group")));
        act(b, "refuse", JsonObject.of("machine", "web1"));
        assertEquals(4403, web1.closeCode());
        Until.isTrue(
                "its boards left",
                () -> b.info("web1/host").isEmpty() && a.info("web1/host").isEmpty());
    }

    @Test
    void withoutTheServerFiguresOfOthersAreUnknownAndAllIsWellAgainByItself() throws Exception {
        LinkSite.Peer web1 = linkedToA();
        nats.kill();
        Until.isTrue(
                "read-only",
                () -> "read-only".equals(a.state("fleet").getJsonObject("hub").getString("store")));
        assertEquals("live", row(a, "web1").getString("state"));
        HttpResponse<String> refused = a.post("api/boards/fleet/actions/invite", "{}");
        assertEquals(503, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("store_unavailable"), refused.body());
        AtomicLong seq = new AtomicLong(7);
        Until.isTrue("unknown at b", () -> {
            web1.change("host", "e1", seq.incrementAndGet(), new JsonObject());
            TimeUnit.MILLISECONDS.sleep(300); // At most 5 a second are taken.
            return "unknown".equals(row(b, "web1").getString("state"));
        });
        assertFalse(row(b, "web1").containsKey("cpuBusyPercent"));
        nats.restart();
        Until.isTrue(
                "writable",
                () -> "ok".equals(a.state("fleet").getJsonObject("hub").getString("store")));
        act(a, "invite", new JsonObject());
        web1.change("host", "e1", seq.incrementAndGet(), JsonObject.of("cpu", JsonObject.of("busyPercent", 44)));
        awaitBusy(b, "web1", 44);
    }

    @Test
    void whatOneHubKnewIsKnownToAllAndItsFileIsReadNoMore() throws Exception {
        String token = a.token("read:*");
        String registry;
        try (LinkSite alone = new LinkSite(
                Files.createDirectories(folder.resolve("alone")),
                Map.of("PULSEBOARD_FLEET_ACCEPT", "true"),
                List.of())) {
            act(alone, "invite", JsonObject.of("group", "home"));
            registry = Files.readString(folder.resolve("alone/fleet.json"));
        }
        try (NatsServer fresh = new NatsServer(folder.resolve("fresh"), "")) {
            LinkSite moved =
                    new LinkSite(folder.resolve("alone"), HubSettings.of(folder, "m", fresh.address()), List.of());
            try (LinkSite other = new LinkSite(
                    Files.createDirectories(folder.resolve("other")),
                    HubSettings.of(folder, "o", fresh.address()),
                    List.of())) {
                act(other, "invite", JsonObject.of("group", "later"));
                moved.close();
                moved = new LinkSite(folder.resolve("alone"), HubSettings.of(folder, "m", fresh.address()), List.of());
                assertEquals(registry, Files.readString(folder.resolve("alone/fleet.json")), "it stays as it was");
                assertEquals(
                        401,
                        other.get("api/boards/fleet", "Authorization", "Bearer " + token)
                                .statusCode());
            } finally {
                moved.close();
            }
        }
    }
}
