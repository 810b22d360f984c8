package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** Objects of another program, whose entity tags do not tell their content: the server is asked for more. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class ComparedByHeadTest {

    private static final int LARGE = 20_000_000;

    /** None of the sizes that are tried. */
    private static final int PART = 7;

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeBucket() throws IOException {
        files = new S3Case(server, folder, "b" + UUID.randomUUID().toString().substring(0, 8));
    }

    private JsonObject run(String address, String unknown) throws InterruptedException {
        return run(address, unknown, "**", RunOptions.NONE);
    }

    private JsonObject run(String address, String unknown, String include, RunOptions options)
            throws InterruptedException {
        S3Config config =
                S3Case.withJob(files.config(address), Map.of("unknown", unknown, "include", List.of(include)));
        JobRun run = new JobRun("photos", config, files.state(), options);
        assertEquals(JobRun.DONE, run.run(state -> {}), () -> run.state().encodePrettily());
        return run.state();
    }

    private static void require(JsonObject state, String key, int files, int heads) {
        assertEquals(files, state.getJsonObject("files").getInteger(key), state::encodePrettily);
        assertEquals(heads, state.getJsonObject("requests").getInteger("head", 0), state::encodePrettily);
    }

    /** Another content of the same size. */
    private byte[] change(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        return Files.readAllBytes(Files.write(file, content));
    }

    @Test
    void objectInPartsOfAnUnusualSizeIsNotSentAgain() throws Exception {
        Path file = files.file("large.bin", LARGE);
        files.sendByRclone("large.bin", PART);
        require(run(server.address(), "upload"), "unchanged", 1, 1);
        require(run(server.address(), "upload"), "unchanged", 1, 0);
        byte[] changed = change(file);
        JsonObject sent = run(server.address(), "trustSize");
        assertEquals(1, sent.getJsonObject("files").getInteger("uploaded"));
        assertArrayEquals(changed, Files.readAllBytes(files.objects().resolve("p/large.bin")));
    }

    @Test
    void md5ThatDiffersIsBelievedWhateverElseIsTold() throws Exception {
        Path file = files.file("small.bin", 100_000);
        files.sendByRclone("small.bin", PART);
        byte[] changed = change(file);
        require(run(server.address(), "trustSize"), "uploaded", 1, 1);
        assertArrayEquals(changed, Files.readAllBytes(files.objects().resolve("p/small.bin")));
    }

    @Test
    void entityTagThatIsNoDigestIsNoReasonToSend() throws Exception {
        files.file("large.bin", LARGE);
        files.file("small.bin", 100_000);
        files.sendByRclone("large.bin", PART);
        files.sendByRclone("small.bin", PART);
        try (Relay line = new Relay(server.port())) {
            line.eachTagIsNone();
            require(run(line.address(), "upload", "large.bin", RunOptions.NONE), "unchanged", 1, 1);
            require(run(line.address(), "trustSize", "small.bin", RunOptions.NONE), "unchanged", 1, 1);
            RunOptions full = new RunOptions(false, true, "", -1, false);
            require(run(line.address(), "upload", "small.bin", full), "uploaded", 1, 1);
        }
    }
}
