package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program ends while a crowd watches it, and is there again on the same port: the crowd comes back by itself. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledProgramTest {

    private static final int VIEWERS = Integer.getInteger("pulseboard.crowd", 100);

    /** A Java program has no time for anything when it is killed, and ends with 128 + 9; told to, with 128 + 15. */
    @ParameterizedTest
    @CsvSource({"KILL, 137, RAW", "KILL, 137, STREAM", "TERM, 143, RAW", "TERM, 143, STREAM"})
    void everyViewerIsBackWithTheDocumentOfTheNewProgram(String signal, int code, String transport) throws Exception {
        Process load = null;
        String epoch;
        URI address;
        try (Program first = Program.start(Map.of(), "--port", "0")) {
            address = first.awaitAddress();
            epoch = new StreamViewer(address, "host").epoch();
            load = startLoad(address, transport);
            awaitLine(load, "measuring");
            StreamViewer witness = new StreamViewer(address, "host");
            first.signal(signal);
            Program.End end = first.awaitEnd();
            assertEquals(code, end.code());
            assertTrue(end.errors().isEmpty(), end.errors().toString());
            witness.awaitEnd();
        } catch (Throwable failure) {
            if (load != null) {
                load.destroyForcibly();
            }
            throw failure;
        }
        try (Program second = Program.start(Map.of(), "--port", Integer.toString(address.getPort()))) {
            second.awaitAddress();
            assertNotEquals(epoch, new StreamViewer(address, "host").epoch());
            awaitLine(load, "measured");
            JsonObject report = new JsonObject(awaitLine(load, "{"));
            assertEquals(VIEWERS, report.getInteger("equalDocuments"), report::encode);
            assertEquals(0, load.waitFor(), report::encode);
            System.out.println("pulseboard: " + signal + " with " + VIEWERS + " viewers: " + report.encode());
        } finally {
            load.destroyForcibly();
        }
    }

    private static Process startLoad(URI address, String transport) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "pulseboard.load.Load",
                        address.toString(),
                        "--reconnect",
                        "--transport=" + transport,
                        "--viewers=" + VIEWERS,
                        "--warm-up=0",
                        "--seconds=12")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String awaitLine(Process load, String start) throws IOException {
        BufferedReader out = load.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("the load generator ended without " + start);
    }
}
