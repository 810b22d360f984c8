package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.NotTested;
import pulseboard.prometheus.Peer;

/** Against a real one, Debian's. */
@ExtendWith(VertxExtension.class)
class AlertmanagerTest {

    @TempDir
    Path folder;

    private ChannelMaker maker;

    @BeforeEach
    void start(Vertx vertx) {
        maker = new ChannelMaker(vertx, folder);
    }

    private Peer alertmanager() throws Exception {
        Path config = Files.writeString(
                folder.resolve("config.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        return Peer.start(
                command(),
                line -> line.contains("TLS is disabled"),
                port -> List.of(
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("data"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + port));
    }

    /** Debian's looks for its templates below /usr/share, where nothing is installed; so it sees what was unpacked there. */
    private static List<String> command() throws Exception {
        String program = Path.of(Peer.program("prometheus-alertmanager"))
                .toAbsolutePath()
                .toString();
        Path share = Path.of("target/peers/usr/share").toAbsolutePath();
        List<String> own = List.of(
                "unshare", "-rm", "sh", "-c", "mount --bind \"$0\" /usr/share && exec \"$@\"", share.toString());
        List<String> trial = Stream.concat(own.stream(), Stream.of("true")).toList();
        if (new ProcessBuilder(trial).inheritIO().start().waitFor() != 0) {
            NotTested.because(
                    "the Alertmanager. This machine does not let its users have a view of files of their own");
        }
        return Stream.concat(own.stream(), Stream.of(program)).toList();
    }

    private Minutely channel(String address) {
        return (Minutely) maker.of(JsonObject.of("kind", "alertmanager", "url", address, "allow", "127.0.0.1")
                .put("labels", JsonObject.of("team", "ops")));
    }

    private static JsonArray alerts(Peer peer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(peer.address() + "/api/v2/alerts"))
                .build();
        return new JsonArray(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    private static Message.Item item(String key) {
        return new Message.Item(
                "a1",
                "firing",
                "critical",
                "host",
                "filesystem-full",
                key,
                key + " is full",
                "du",
                System.currentTimeMillis() - 60_000,
                0);
    }

    private static Minutely.Firing firing(String... keys) {
        return new Minutely.Firing(
                "web1",
                Stream.of(keys).map(AlertmanagerTest::item).toList(),
                "https://mon.example/",
                System.currentTimeMillis());
    }

    @Test
    void whatFiresIsThereAndEndsAtOnceWhenItFiresNoMore() throws Exception {
        try (Peer peer = alertmanager()) {
            Minutely channel = channel(peer.address());
            channel.tick(firing("/srv", Messages.HOSTILE)).await();
            JsonArray both = alerts(peer);
            assertEquals(2, both.size());
            JsonObject srv = both.stream()
                    .map(JsonObject.class::cast)
                    .filter(each ->
                            each.getJsonObject("labels").getString("key").equals("/srv"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    JsonObject.of("alertname", "filesystem-full", "instance", "web1", "severity", "critical")
                            .put("board", "host")
                            .put("key", "/srv")
                            .put("team", "ops"),
                    srv.getJsonObject("labels"));
            assertEquals("/srv is full", srv.getJsonObject("annotations").getString("summary"));
            assertEquals("https://mon.example/", srv.getString("generatorURL"));
            Instant ends = Instant.parse(srv.getString("endsAt"));
            assertTrue(ends.isAfter(Instant.now().plusSeconds(240)), ends::toString);
            channel.tick(firing("/srv")).await();
            assertEquals(1, alerts(peer).size());
            channel.tick(firing()).await();
            assertEquals(0, alerts(peer).size());
        }
    }

    @Test
    void messageIsToldAtOnceAndItsEndEndsIt() throws Exception {
        try (Peer peer = alertmanager()) {
            Minutely channel = channel(peer.address());
            long now = System.currentTimeMillis();
            channel.send(new Message("m", "firing", "critical", "web1", "s", List.of(item("/srv")), now, ""))
                    .await();
            assertEquals(1, alerts(peer).size());
            Message.Item before = item("/srv");
            Message.Item over = new Message.Item(
                    "a1",
                    "resolved",
                    "critical",
                    "host",
                    "filesystem-full",
                    "/srv",
                    "t",
                    "",
                    before.firingSince(),
                    now);
            channel.send(new Message("n", "resolved", "ok", "web1", "s", List.of(over), now, ""))
                    .await();
            assertEquals(0, alerts(peer).size());
        }
    }

    /** The end that could not be told is told the next time. */
    @Test
    void endIsToldUntilItIsTaken(Vertx vertx) {
        Receiver receiver = Receiver.start(vertx);
        Minutely channel = channel(receiver.address());
        channel.tick(firing("/srv")).await();
        receiver.answers(503, "not now");
        ChannelMaker.failure(channel.tick(firing()));
        receiver.answers(200, "");
        channel.tick(firing()).await();
        channel.tick(firing()).await();
        assertEquals(
                List.of(1, 1, 1, 0),
                receiver.received.stream()
                        .map(each -> new JsonArray(each.body()).size())
                        .toList());
    }
}
