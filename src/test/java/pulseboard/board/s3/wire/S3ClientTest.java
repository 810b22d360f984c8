package pulseboard.board.s3.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What servers may do with a connection, and must not. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3ClientTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: \"e\"\r\n\r\n";
    private static final int LARGE = 30_000_000;

    /** A number for each connection, and the first line of each request on it. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // Set before each.
    private ServerSocket server;

    private volatile String answer = OK;

    /** How many bytes of a body it reads before it answers and, if there are more, hangs up. */
    private volatile int patience = Integer.MAX_VALUE;

    private volatile boolean isHangingUp;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void accept() {
        for (int number = 1; ; number++) {
            try (Socket socket = server.accept()) {
                serve(socket, number);
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    /** One connection after the other is enough here. */
    private void serve(Socket socket, int connection) throws IOException {
        InputStream in = socket.getInputStream();
        do {
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            asked.add(connection + " " + head.lines().findFirst().orElse(""));
            int left = head.lines()
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring(16)))
                    .findFirst()
                    .orElse(0);
            in.readNBytes(Math.min(left, patience));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            if (left > patience) {
                return;
            }
        } while (!isHangingUp);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int each = in.read(); each >= 0; each = in.read()) {
            head.append((char) each);
            if (head.indexOf("\r\n\r\n") >= 0) {
                return head.toString();
            }
        }
        return "";
    }

    private Bucket bucket(long silenceMilliseconds) throws IOException {
        Target target = Target.of("http://127.0.0.1:" + server.getLocalPort(), "bucket", "us-east-1");
        Signer signer = new Signer(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")), target);
        return new Bucket(new S3Client(target, signer, silenceMilliseconds, ""));
    }

    private static Body body(long bytes) {
        return new Body() {
            private long left = bytes;

            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public int read(ByteBuffer chunk) {
                int count = (int) Math.min(left, chunk.remaining());
                chunk.position(chunk.position() + count);
                left -= count;
                return count;
            }

            @Override
            public void sent(int count) {}
        };
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        Bucket bucket = bucket(10_000);
        bucket.put("a", Map.of(), body(100_000));
        bucket.put("b c", Map.of(), body(0));
        assertEquals("e", bucket.head("d").orElseThrow().etag());
        assertEquals(
                List.of("1 PUT /bucket/a HTTP/1.1", "1 PUT /bucket/b%20c HTTP/1.1", "1 HEAD /bucket/d HTTP/1.1"),
                asked);
    }

    @Test
    void connectionThatTheServerEndsIsNotUsedAgain() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nconnection: Close\r\ncontent-length: 0\r\n\r\n";
        isHangingUp = true;
        Bucket bucket = bucket(10_000);
        bucket.put("a", Map.of(), body(1));
        bucket.put("b", Map.of(), body(1));
        assertEquals(List.of("1 PUT /bucket/a HTTP/1.1", "2 PUT /bucket/b HTTP/1.1"), asked);
    }

    @Test
    void answerMayComeInChunksAndAfterAnotherThatSaysSo() throws Exception {
        answer = """
                HTTP/1.1 100 Continue

                HTTP/1.1 200 OK
                Transfer-Encoding: chunked

                5;why=not
                <a><U
                1E
                ploadId>some-id</UploadId></a>
                0
                Trailer: x

                """.replace("\n", "\r\n");
        Bucket bucket = bucket(10_000);
        assertEquals("some-id", bucket.begin("a", Map.of()));
        assertEquals("some-id", bucket.begin("a", Map.of()));
        assertTrue(asked.stream().allMatch(line -> line.startsWith("1 ")), asked::toString);
    }

    @Test
    void answerWithoutALengthEndsWithTheConnection() throws Exception {
        answer = "HTTP/1.0 200 OK\r\n\r\n<a><UploadId>some-id</UploadId></a>";
        isHangingUp = true;
        assertEquals("some-id", bucket(10_000).begin("a", Map.of()));
    }

    @Test
    void refusalIsReadEvenIfTheRestOfTheBodyIsNotWanted() throws Exception {
        answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 45\r\n\r\n<Error><Code>AccessDenied</Code></Error>     ";
        patience = 1;
        S3Failure failure = assertThrows(S3Failure.class, () -> bucket(10_000).put("a", Map.of(), body(LARGE)));
        assertEquals("accessDenied", failure.code());
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws Exception {
        answer = "";
        S3Failure failure = assertThrows(S3Failure.class, () -> bucket(200).put("a", Map.of(), body(1)));
        assertEquals("timedOut", failure.code());
    }

    @Test
    void answerThatIsCutOffIsALostConnection() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
        isHangingUp = true;
        S3Failure failure = assertThrows(S3Failure.class, () -> bucket(10_000).begin("a", Map.of()));
        assertEquals("connectionLost", failure.code());
    }

    @Test
    void whatIsNoHttpIsABadAnswer() throws Exception {
        for (String bad : List.of("SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")) {
            answer = bad;
            isHangingUp = true;
            S3Failure failure =
                    assertThrows(S3Failure.class, () -> bucket(10_000).begin("a", Map.of()));
            assertEquals("badAnswer", failure.code(), bad);
        }
    }
}
