package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.feed.Addresses;

@ExtendWith(VertxExtension.class)
class ConnectionLimiterTest {

    private static final int PATIENCE_MILLISECONDS = 60_000;
    private static final String ESTABLISHED = "01";

    @Test
    void connectionBeyondTheLimitIsClosedAndOneThatEndsMakesRoom(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithMostViewers(1));
        List<Socket> open = new ArrayList<>();
        for (int count = 0; count < 257; count++) {
            open.add(connect(site));
        }
        assertEquals(-1, firstByte(connect(site)), "one too many");
        assertEquals('H', firstByte(open.get(256)), "the last that was let in is served");
        for (Socket socket : open) {
            socket.close();
        }
        Wait.Deadline deadline = new Wait.Deadline("room again");
        while (firstByte(connect(site)) != 'H') {
            deadline.check();
        }
    }

    @Test
    void connectionThatSendsThousandsOfRequestsAtOnceIsClosed(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        try (CapturedLog log = new CapturedLog();
                PlainSocket socket = new PlainSocket(site.port)) {
            socket.send("GET /api/boards HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2000));
            socket.skipToEnd();
            assertEquals(
                    List.of("WARN pulseboard.web.Warnings - Refused a connection: more than 16 requests at once"
                            + " (0 more since the last such line)"),
                    log.lines(Level.WARN));
        }
        assertEquals('H', firstByte(connect(site)), "others are served");
    }

    @Test
    void connectionThatSaysNothingIsClosedAndNotWorthALine(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithWriteTimeout(10));
        try (CapturedLog log = new CapturedLog();
                PlainSocket silent = new PlainSocket(site.port);
                PlainSocket half = new PlainSocket(site.port)) {
            half.send("GET /api/boards HTTP/1.1\r\nHost:");
            silent.skipToEnd();
            half.skipToEnd();
            assertEquals(List.of(), log.lines(Level.WARN));
        }
    }

    /** More of them than places, so that one that was not given back would be missed. */
    @Test
    void socketsThatComeAndGoInALoopGiveTheirPlacesBack(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithMostViewers(2));
        for (int count = 0; count < 600; count++) {
            try (PlainSocket socket = PlainSocket.upgraded(site.port, Site.RAW)) {
                if (count % 2 == 0) {
                    socket.reset();
                }
            }
        }
        Wait.Deadline deadline = new Wait.Deadline("room again");
        while (!isServed(site)) {
            deadline.check();
        }
    }

    @Test
    void fewRequestsAtOnceAreAnsweredAll(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String request = "GET /api/none HTTP/1.1\r\nHost: localhost\r\n";
            socket.send((request + "\r\n").repeat(PipeliningLimit.MOST - 1) + request + "Connection: close\r\n\r\n");
            assertEquals(PipeliningLimit.MOST, socket.readToEnd().split("HTTP/1.1 404", -1).length - 1);
        }
    }

    @Test
    void manyRequestsOneAfterAnotherAreAnsweredAll(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        try (PlainSocket socket = new PlainSocket(site.port)) {
            for (int number = 0; number < 3 * PipeliningLimit.MOST; number++) {
                String head = socket.request("HEAD /api/boards HTTP/1.1", "Host: localhost");
                assertEquals("HTTP/1.1 200 OK", head.lines().findFirst().orElse(""));
            }
        }
    }

    /** Left alone, the server would wait for 10 s; it waits for one. */
    @Test
    void viewerThatDoesNotAnswerTheClosingIsForgotten(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithMostViewers(1));
        BridgeClient healthy = site.watcher();
        Replica replica = healthy.watch();
        try (PlainSocket oneTooMany = PlainSocket.upgraded(site.port, Site.RAW)) {
            assertEquals(PlainSocket.CLOSE | PlainSocket.FINAL, oneTooMany.skipToLastFrame());
            Future<?> tooLong = vertx.timer(9, TimeUnit.SECONDS);
            oneTooMany.skipToEnd();
            assertFalse(tooLong.isComplete());
        }
        site.board.count(2);
        healthy.follow(replica, "count", 2);
    }

    /**
     * While the event loop is held up, twenty clients pour requests and then a viewer registers: it is served before much of
     * that has been read. The loop is held up, and looked at, where it tells a board the number of its viewers.
     */
    @Test
    void viewerIsServedBeforeMostOfWhatOthersHavePouredIsRead(Vertx vertx) throws Exception {
        Site site = new Site(vertx);
        String request = "GET /api/none HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(6900) + "\r\n\r\n";
        BlockingQueue<Long> unread = new LinkedBlockingQueue<>();
        CountDownLatch poured = new CountDownLatch(1);
        List<PlainSocket> pourers = new ArrayList<>();
        try (PlainSocket first = PlainSocket.upgraded(site.port, Site.RAW);
                PlainSocket viewer = PlainSocket.upgraded(site.port, Site.RAW)) {
            vertx.eventBus().addOutboundInterceptor(delivery -> {
                if (delivery.message().address().equals(Addresses.viewers(Site.BOARD))) {
                    unread.add(unreadBytes(site.port));
                    awaitUninterrupted(poured);
                }
                delivery.next();
            });
            for (int i = 0; i < 20; i++) {
                pourers.add(new PlainSocket(site.port));
                pourers.get(i).request("HEAD /api/none HTTP/1.1", "Host: localhost");
            }
            String register =
                    JsonObject.of("type", "register", "address", Site.CHANGES).encode();
            first.sendText(register);
            assertEquals(0, Wait.next(unread, "registration"));
            for (PlainSocket pourer : pourers) {
                pourer.send(request.repeat(6)); // So little that the kernel takes all of it.
            }
            long all = unreadBytes(site.port);
            viewer.sendText(register);
            poured.countDown();
            long left = Wait.next(unread, "registration");
            assertTrue(left > all / 2, () -> left + " bytes of " + all + " were left");
        } finally {
            poured.countDown();
            for (PlainSocket pourer : pourers) {
                pourer.close();
            }
        }
    }

    /** What the kernel has for the connections of this port, and the server has not read. */
    private static long unreadBytes(int port) {
        Pattern ours = Pattern.compile(String.format(":%04X \\S+ %s \\p{XDigit}+:(\\p{XDigit}+)", port, ESTABLISHED));
        try {
            String all = Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
            return ours.matcher(all)
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1), 16))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Wait.SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isServed(Site site) {
        BridgeClient viewer = site.rawClient();
        viewer.requestSnapshot();
        boolean isServed = viewer.next().getString("type").equals("rec");
        viewer.close();
        return isServed;
    }

    private static Socket connect(Site site) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port);
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        return socket;
    }

    private static int firstByte(Socket socket) {
        try {
            socket.getOutputStream().write("GET /api/boards HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return -1;
        }
    }
}
