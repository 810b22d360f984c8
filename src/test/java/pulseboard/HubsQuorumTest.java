package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs and three NATS servers, of which one and then two are killed. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HubsQuorumTest {

    @TempDir
    private Path folder;

    private final List<NatsServer> servers = new ArrayList<>();
    private final AtomicLong seq = new AtomicLong(1);

    @AfterEach
    void close() {
        servers.forEach(NatsServer::close);
    }

    /** Between servers there are ports that have to be known before. */
    private void startThree() throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int server = 0; server < 3; server++) {
            ports.add(FreePort.number());
        }
        String routes =
                ports.stream().map(port -> "\"nats://127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
        for (int server = 0; server < 3; server++) {
            servers.add(new NatsServer(
                    folder.resolve("nats" + server),
                    "cluster { name: hubs, host: 127.0.0.1, port: " + ports.get(server) + ", routes: [" + routes
                            + "] }\n"));
        }
    }

    private LinkSite hub(String name) throws Exception {
        String[] addresses = servers.stream().map(NatsServer::address).toArray(String[]::new);
        return new LinkSite(
                Files.createDirectories(folder.resolve(name)), HubSettings.of(folder, name, addresses), List.of());
    }

    private static JsonObject row(LinkSite hub) throws IOException, InterruptedException {
        return hub.state("fleet").getJsonObject("hosts", new JsonObject()).getJsonObject("web1", new JsonObject());
    }

    private static void awaitStore(LinkSite hub, String state) throws Exception {
        Until.isTrue(
                state,
                () -> state.equals(hub.state("fleet")
                        .getJsonObject("hub", new JsonObject())
                        .getString("store")));
    }

    /** The figure gets to the other hub. */
    private void awaitBusy(LinkSite.Peer machine, LinkSite hub, int percent) throws Exception {
        Until.isTrue("busy to " + percent, () -> {
            machine.change(
                    "host", "e1", seq.incrementAndGet(), JsonObject.of("cpu", JsonObject.of("busyPercent", percent)));
            TimeUnit.MILLISECONDS.sleep(300); // At most 5 a second are taken.
            return Integer.valueOf(percent).equals(row(hub).getInteger("cpuBusyPercent"));
        });
    }

    private static HttpResponse<String> invite(LinkSite hub) throws Exception {
        return hub.post("api/boards/fleet/actions/invite", "{}");
    }

    @Test
    void figuresGoOnWithoutAMajorityAndWritesAreRefusedInWordsUntilThereIsOne() throws Exception {
        startThree();
        try (LinkSite a = hub("a");
                LinkSite b = hub("b")) {
            LinkSite.Peer web1 = a.link(a.token("publish:web1"));
            web1.hello("host");
            web1.next("watch");
            web1.snapshot("host", "e1", 1, JsonObject.of("cpu", JsonObject.of("busyPercent", 40)));
            awaitBusy(web1, b, 41);
            servers.get(0).kill();
            awaitBusy(web1, b, 42);
            Until.isTrue("two of three can be written to", () -> invite(b).statusCode() == 200);
            servers.get(1).kill();
            awaitStore(a, "read-only");
            awaitStore(b, "read-only");
            awaitBusy(web1, b, 43);
            HttpResponse<String> refused = invite(b);
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("store_unavailable"), refused.body());
            servers.get(1).restart();
            awaitStore(a, "ok");
            awaitStore(b, "ok");
            assertEquals(200, invite(a).statusCode());
            awaitBusy(web1, b, 44);
        }
    }
}
