package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;
import pulseboard.board.s3.SwiftServer;

/** What the clients of others write, ours knows by its content; what ours writes, they read, and find the checksums right. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class OtherClientsTest {

    private static final int LARGE = 20_000_000;
    private static final List<String> NAMES = List.of("a", "a b/ü +&%.txt", "d/z\uD83D\uDE00", "empty", "large.bin");

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static void makeFiles(S3Case files) throws IOException {
        for (String name : NAMES) {
            files.file(name, name.equals("empty") ? 0 : name.equals("large.bin") ? LARGE : 1_000);
        }
    }

    /** Runs a program that writes a folder into a bucket, or reads and compares it; what it found, line by line. */
    private static List<String> peer(List<String> program, Map<String, String> environment, String verb, S3Case files)
            throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(verb, server.address(), S3Server.KEY, S3Server.SECRET));
        command.addAll(List.of(files.source().toString(), files.bucket(), "p/"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("AWS_CA_BUNDLE");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines()
                .filter(line -> line.startsWith("equal ") || line.startsWith("DIFFERS "))
                .sorted()
                .toList();
    }

    private static JsonObject run(S3Case files) throws InterruptedException {
        JobRun run = new JobRun("photos", files.config(server.address()), files.state(), RunOptions.NONE);
        assertEquals(JobRun.DONE, run.run(state -> {}), () -> run.state().encodePrettily());
        return run.state();
    }

    private void requireUnderstood(String who, List<String> program, Map<String, String> environment) throws Exception {
        S3Case theirs = new S3Case(server, folder.resolve("theirs"), who + "-theirs");
        makeFiles(theirs);
        List<String> unused = peer(program, environment, "write", theirs);
        JsonObject known = run(theirs);
        assertEquals(NAMES.size(), known.getJsonObject("files").getInteger("unchanged"), known::encodePrettily);
        assertEquals(0L, known.getJsonObject("bytes").getLong("sent"));
        S3Case ours = new S3Case(server, folder.resolve("ours"), who + "-ours");
        makeFiles(ours);
        assertEquals(NAMES.size(), run(ours).getJsonObject("files").getInteger("uploaded"));
        assertEquals(
                NAMES.stream().map(name -> "equal p/" + name).sorted().toList(),
                peer(program, environment, "read", ours));
    }

    @Test
    void sdkReadsWhatIsOursAndWeKnowWhatIsOfTheSdk() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String libraries = Path.of("target/peers/s3proxy").toAbsolutePath() + "/*";
        // At its own level it would write all bytes that go over the line.
        Path log = Files.writeString(folder.resolve("logback.xml"), "<configuration/>");
        requireUnderstood(
                "sdk",
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + log,
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        libraries,
                        "src/test/s3proxy/SdkPeer.java"),
                Map.of());
    }

    /** It is unpacked with Swift. */
    @Test
    @Tag("soak")
    void botoReadsWhatIsOursAndWeKnowWhatIsOfBoto() throws Exception {
        SwiftServer.assumeUnpacked();
        requireUnderstood("boto", List.of("/usr/bin/python3", "src/test/packaging/boto-peer.py"), SwiftServer.python());
    }
}
