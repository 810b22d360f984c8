package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.Addresses;

/** A viewer that does not read costs a bounded amount of memory and nobody else anything. */
@ExtendWith(VertxExtension.class)
class StalledReaderTest {

    private static final int CHANGES = 20_000;
    private static final int TEXT_LENGTH = 2048;

    /** What the server and the kernel keep for one reader: some 300 KiB, of 40 MB that are published. */
    private static final long MOST_KEPT_BYTES = 1 << 20;

    private static JsonObject request(String type, String address) {
        return JsonObject.of("type", type, "address", address, "replyAddress", "mine", "body", new JsonObject());
    }

    /** Publishes them all at the pace of a viewer that reads; it must get each. */
    private static void publishAll(Site site, BridgeClient healthy, Replica replica) {
        int batch = 10; // Few enough at once that none may be dropped.
        for (int number = 1; number <= CHANGES; number += batch) {
            List<Future<Void>> published = new ArrayList<>();
            for (int i = number; i < number + batch; i++) {
                String text = Integer.toString(i % 10).repeat(TEXT_LENGTH);
                published.add(site.board.publishing(JsonObject.of("count", i, "text", text)));
            }
            Wait.on(Future.all(published));
            healthy.follow(replica, "count", number + batch - 1);
        }
        assertEquals(site.state(), replica.state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readerThatStallsLosesChangesInsteadOfHavingThemKept(boolean framed, Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        String path = framed ? Site.newSession() + "/websocket" : Site.RAW;
        try (PlainSocket stalled = PlainSocket.upgradedWithSmallBuffer(site.port, path)) {
            send(stalled, framed, request("register", Site.CHANGES));
            assertEquals(1, site.board.nextViewers());
            BridgeClient healthy = site.rawClient();
            publishAll(site, healthy, healthy.watch());

            long kept = bytesUntilSnapshot(stalled, framed);
            assertTrue(kept < MOST_KEPT_BYTES, () -> "kept " + kept + " bytes");
            JsonObject board = figures(vertx).getJsonObject("boards").getJsonObject(Site.BOARD);
            // To two of them, and perhaps a heartbeat.
            assertTrue(board.getLong("delivered") + board.getLong("dropped") >= 2 * CHANGES, board::encode);
            assertTrue(board.getLong("dropped") > CHANGES / 2, board::encode);
            healthy.snapshot();
        }
    }

    /** What the web side has counted. */
    private static JsonObject figures(Vertx vertx) {
        return Wait.on(vertx.eventBus().<JsonObject>request(Addresses.WEB_FIGURES, new JsonObject()))
                .body();
    }

    private static void send(PlainSocket socket, boolean framed, JsonObject message) throws IOException {
        socket.sendText(framed ? JsonArray.of(message.encode()).encode() : message.encode());
    }

    /** Reads what was kept for this reader, up to the reply to a request; refused requests are made again. */
    private static long bytesUntilSnapshot(PlainSocket socket, boolean framed) throws IOException {
        send(socket, framed, request("send", Site.SNAPSHOT));
        long bytes = 0;
        for (Wait.Deadline deadline = new Wait.Deadline("reply"); ; deadline.check()) {
            String frame = socket.readFrame();
            bytes += frame.length();
            if (framed && !frame.startsWith("a")) {
                continue; // Opened, or a heartbeat.
            }
            JsonObject message = new JsonObject(framed ? new JsonArray(frame.substring(1)).getString(0) : frame);
            if ("mine".equals(message.getString("address"))) {
                return bytes;
            }
            if ("rejected".equals(message.getString("body"))) {
                send(socket, framed, request("send", Site.SNAPSHOT));
            }
        }
    }

    /** One of them reads a byte a second, the others nothing. */
    @Test
    void readersThatStallAreClosedOnEveryTransportAndOneLineSaysSo(Vertx vertx) throws Exception {
        Site site = new Site(vertx, Site.configWithWriteTimeout(10));
        String register = request("register", Site.CHANGES).encode();
        String framedRegister = JsonArray.of(register).encode();
        String session = Site.newSession();
        try (CapturedLog log = new CapturedLog();
                PlainSocket raw = PlainSocket.upgradedWithSmallBuffer(site.port, Site.RAW);
                PlainSocket framed = PlainSocket.upgradedWithSmallBuffer(site.port, Site.newSession() + "/websocket");
                PlainSocket xhr = PlainSocket.withSmallBuffer(site.port);
                PlainSocket stream = PlainSocket.withSmallBuffer(site.port)) {
            raw.sendText(register);
            framed.sendText(framedRegister);
            stream.request("GET /api/boards/test/stream HTTP/1.1", "Host: localhost");
            xhr.request("POST " + session + "/xhr_streaming HTTP/1.1", "Host: localhost", "Content-Length: 0");
            Wait.on(site.request(HttpMethod.POST, session + "/xhr_send").sendBuffer(Buffer.buffer(framedRegister)));
            BridgeClient healthy = site.rawClient();
            Replica replica = healthy.watch();
            assertViewers(site, 1, 2, 3, 4, 5);
            Thread reader = new Thread(() -> readSlowly(raw));
            reader.setDaemon(true);
            reader.start();
            publishAll(site, healthy, replica);

            assertViewers(site, 4, 3, 2, 1);
            assertEquals(4, figures(vertx).getLong("stalled"));
            healthy.snapshot();
            assertEquals(
                    List.of("WARN pulseboard.web.Warnings - Closed a connection: its reader took nothing for"
                            + " web.writeTimeoutSeconds (0 more since the last such line)"),
                    log.lines(Level.WARN));
        }
    }

    private static void assertViewers(Site site, int... numbers) {
        for (int number : numbers) {
            assertEquals(number, site.board.nextViewers());
        }
    }

    /** A byte a second, until the test closes it. */
    private static void readSlowly(PlainSocket socket) {
        try {
            while (socket.readUnbuffered() >= 0) {
                Thread.sleep(1000);
            }
        } catch (IOException | InterruptedException closed) {
            // It has seen enough.
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void senderThatNeverReadsIsNotListenedTo(boolean framed, Vertx vertx) throws Exception {
        Site site = new Site(vertx);
        BridgeClient healthy = site.watcher();
        String path = framed ? Site.newSession() + "/websocket" : Site.RAW;
        AtomicInteger sent = new AtomicInteger();
        try (PlainSocket deaf = PlainSocket.upgradedWithSmallBuffer(site.port, path)) {
            Thread sender = new Thread(() -> sendNonsense(deaf, framed ? "[\"x\"]" : "x", sent));
            long before = usedBytes();
            sender.start();
            for (int quiet = 0, last = 0; quiet < 5 && sender.isAlive(); last = sent.get()) {
                long grown = usedBytes() - before;
                assertTrue(grown < 32 << 20, () -> "grown by " + grown + " after " + sent.get() + " frames");
                healthy.snapshot();
                quiet = sent.get() == last ? quiet + 1 : 0;
            }
            deaf.reset();
            sender.join();
        }
        healthy.snapshot();
    }

    private static void sendNonsense(PlainSocket socket, String frame, AtomicInteger sent) {
        try {
            while (sent.get() < 2_000_000) {
                socket.sendTextTimes(500, frame);
                sent.addAndGet(500);
            }
        } catch (IOException closed) {
            // By the test, which has seen enough.
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
