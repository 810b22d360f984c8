package pulseboard.board.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Swift with {@code s3api}, each of its servers a process. {@code make test-long} unpacks it, where Debian has it. */
public final class SwiftServer implements AutoCloseable {

    /** The access key of its one user. */
    static final String KEY = "test:tester";

    /** The secret of its one user. */
    static final String SECRET = "testing";

    private static final Path UNPACKED = Path.of("target/peers/swift").toAbsolutePath();
    private static final int START_SECONDS = 120;
    private static final int PAUSE_MILLISECONDS = 50;

    /** Longer than any test; for a Java that was killed and could not end it. */
    private static final String LIFE_SECONDS = "1800";

    private final Path folder;
    private final Process process;
    private final int port;

    /** Starts it, and returns when it answers. Skips the test where there is no Swift. */
    public SwiftServer() throws IOException, InterruptedException {
        assumeUnpacked();
        folder = Files.createTempDirectory("pulseboard-swift");
        ProcessBuilder builder = new ProcessBuilder(
                "timeout",
                LIFE_SECONDS,
                "/usr/bin/python3",
                Path.of("src/test/packaging/swift-server.py").toAbsolutePath().toString(),
                folder.toString());
        builder.environment().putAll(python());
        process = builder.redirectError(folder.resolve("all.out").toFile()).start();
        String said = process.inputReader(StandardCharsets.UTF_8).readLine();
        port = said == null ? 0 : Integer.parseInt(said);
        awaitAnswer();
    }

    /** Skips the test where what {@code make test-long} unpacks is not there. */
    public static void assumeUnpacked() {
        if (!Files.exists(UNPACKED.resolve("version.txt"))) {
            System.err.println("pulseboard: NOT TESTED with Swift: " + UNPACKED + " is missing");
        }
        assumeTrue(
                Files.exists(UNPACKED.resolve("version.txt")), UNPACKED + " is missing; \"make test-long\" unpacks it");
    }

    /** What Python needs to find what is unpacked. */
    public static Map<String, String> python() {
        return Map.of(
                "LD_LIBRARY_PATH", UNPACKED.resolve("libraries").toString(),
                "PYTHONPATH", UNPACKED.resolve("usr/lib/python3/dist-packages").toString(),
                "SWIFT_PROGRAMS", UNPACKED.resolve("usr/bin").toString());
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                String said = said();
                close();
                throw new AssertionError("Swift does not start: " + said);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        }
    }

    /** Only what is for the right user goes through to the servers behind. */
    private boolean answers() {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) URI.create(address() + "/info").toURL().openConnection();
            return asked.getResponseCode() > 0;
        } catch (IOException e) {
            return false; // Not yet.
        }
    }

    /** What its programs have printed. */
    private String said() throws IOException {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".out")).toList()) {
                said.append(file.getFileName()).append(": ").append(Files.readString(file));
            }
        }
        return said.toString();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its address. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        for (ProcessHandle each : Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()) {
            boolean unused = each.destroyForcibly();
            ProcessHandle unusedEither = each.onExit().join();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
