package pulseboard.board.lab.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a storage node does with requests that nobody of its cluster would send. */
@Tag("system")
class NodeTest {

    private static final String TOKEN = "token-of-the-cluster";
    private static final int REQUESTS = 10_000;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH");
    private static final List<String> PARTS = List.of(
            "chunks",
            "c-1",
            "1",
            "paxos",
            "chosen",
            "repair",
            "sound",
            "status",
            "records",
            "ping",
            "trouble",
            "..",
            "%2e%2e",
            "",
            "999999999",
            "-1",
            "a b",
            "c".repeat(65),
            "%00");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "{\"disk\":\"x\"}",
            "[1]",
            "{",
            "null",
            "{\"heapPercent\":-1e99}",
            "{\"disk\":-5}",
            "{\"heapPercent\":null}");
    private static final List<String> MESSAGES = List.of(
            "{}",
            "x",
            "{\"kind\":\"PREPARE\",\"from\":\"p\",\"to\":\"n\",\"ballot\":\"1.p\"}",
            "{\"kind\":\"ACCEPT\",\"from\":\"p\",\"to\":\"n\",\"ballot\":\"1.p\",\"accepted\":\"1.p\",\"value\":\"v\"}",
            "{\"kind\":\"ACCEPT\",\"from\":\"p\",\"to\":\"n\",\"ballot\":\"1.p\"}",
            "{\"kind\":\"NACK\",\"from\":\"p\",\"to\":\"n\",\"ballot\":\"no number\"}",
            "{\"kind\":7,\"ballot\":[]}");

    @TempDir
    private Path folder;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private int port;

    @BeforeEach
    void start() throws Exception {
        Node node = new Node(vertx, new Node.Setting("n1", folder, TOKEN, 16 << 20));
        port = get(Future.future(
                promise -> vertx.runOnContext(begun -> node.listen().onComplete(promise))));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    /** The status of the answer. */
    private int status(String method, String path, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            String request = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers
                    + (headers.contains("Content-Length") ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n"
                    + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            byte[] head = answer.readNBytes(12);
            assertTrue(head.length == 12, method + " " + path + " was not answered");
            return Integer.parseInt(new String(head, 9, 3, StandardCharsets.ISO_8859_1));
        }
    }

    private static String authorized() {
        return "Authorization: Bearer " + TOKEN + "\r\n";
    }

    @Test
    void nothingIsToldWithoutTheToken() throws IOException {
        for (String path : List.of("/ping", "/status", "/records", "/trouble", "/chunks/c/1", "/nothing")) {
            assertEquals(401, status("GET", path, "", ""), path);
            assertEquals(401, status("POST", path, "Authorization: Bearer " + TOKEN + "x\r\n", "{}"), path);
        }
        assertEquals(200, status("HEAD", "/ping", authorized(), ""));
    }

    @Test
    void namesThatAreNoneAndChunksThatAreTooLargeAreRefused() throws IOException {
        assertEquals(404, status("GET", "/chunks/../1", authorized(), ""));
        assertEquals(404, status("GET", "/chunks/" + "c".repeat(65) + "/1", authorized(), ""));
        assertEquals(404, status("GET", "/chunks/c/x", authorized(), ""));
        assertEquals(404, status("GET", "/chunks/c/1", authorized(), ""));
        String length = authorized() + "Content-Length: " + (9 << 20) + "\r\n";
        assertEquals(413, status("POST", "/chunks/c/1/paxos", length, ""));
    }

    @Test
    void whateverIsAskedIsNoErrorOfTheNode() throws IOException {
        SplittableRandom random = new SplittableRandom(18);
        for (int n = 0; n < REQUESTS; n++) {
            StringBuilder path = new StringBuilder();
            for (int part = random.nextInt(6); part >= 0; part--) {
                path.append('/').append(one(PARTS, random).replace(" ", "%20"));
            }
            String headers = authorized()
                    + (random.nextBoolean() ? "X-Paxos: " + one(MESSAGES, random) + "\r\n" : "")
                    + (random.nextBoolean() ? "X-Fragment: " + one(PARTS, random) + "\r\n" : "");
            String method = one(METHODS, random);
            String body = one(BODIES, random);
            int status = status(method, path.toString(), headers, body);
            assertTrue(status < 500, () -> status + ": " + method + " " + path + "\n" + headers + "\n" + body);
        }
        assertEquals(200, status("GET", "/status", authorized(), ""));
    }

    private static String one(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
