package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program goes on whatever becomes of its log: a disk that is full, output that nobody reads. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogTroubleTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private int get(URI address, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void fullDiskIsToldOnceStopsNothingAndIsWrittenAgainWhenThereIsRoom() throws Exception {
        Path access = folder.resolve("access.log");
        Map<String, String> environment =
                Map.of("PULSEBOARD_LOG_FOLDER", folder.toString(), "pulseboard.log.largest", "500KB");
        try (Program program = Program.start(environment, "--port", "0")) {
            URI address = program.awaitAddress();
            Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
            Files.move(full, access, StandardCopyOption.ATOMIC_MOVE); // From now on it has no room for anything.
            Until.isTrue("the full disk is told", () -> {
                assertEquals(200, get(address, "/api/boards"));
                return !program.errorLines().isEmpty();
            });
            for (int i = 0; i < 400; i++) { // More than a file would hold, if it held any.
                assertEquals(200, get(address, "/api/boards?" + "x".repeat(3000)));
            }
            assertFalse(
                    String.join(" ", Objects.requireNonNull(folder.toFile().list()))
                            .contains(".0.log"),
                    "nothing is rolled");
            Files.move(Files.createFile(folder.resolve("room")), access, StandardCopyOption.ATOMIC_MOVE);
            Until.isTrue("the log is written again", () -> {
                assertEquals(200, get(address, "/api/boards"));
                return Files.size(access) > 0;
            });
            program.terminate();
            Program.End end = program.awaitEnd();
            assertEquals(143, end.code());
            assertEquals(1, end.errors().size(), end.errors().toString());
            String told = end.errors().get(0);
            assertTrue(told.contains("cannot write " + access + ": No space left on device"), told);
        }
        assertTrue(Files.readString(access).contains("GET /api/boards"));
    }

    @Test
    void outputThatNobodyReadsStopsNothing() throws Exception {
        int port = FreePort.number();
        // Standard output is a pipe that is full already, so the first line on it never ends.
        try (Program program = Program.startWithFullOutput("--port", Integer.toString(port))) {
            URI address = URI.create("http://127.0.0.1:" + port + "/");
            Until.isTrue("it listens", () -> {
                assertTrue(program.isAlive(), "has ended");
                return isListening(port);
            });
            assertEquals(403, get(address, "/api/boards", "Origin", "http://evil.example"), "which is logged");
            assertEquals(200, get(address, "/api/boards"));
            program.terminate();
            assertEquals(143, program.awaitEndUnread());
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
