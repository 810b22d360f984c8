package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.SelfSigned;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** A run to a server that speaks HTTPS. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class EncryptedTest {

    @TempDir
    private Path folder;

    @Test
    void filesOfAllSizesArriveAndAnotherCertificateIsRefused() throws Exception {
        SelfSigned own = SelfSigned.in(Files.createDirectory(folder.resolve("own")), "127.0.0.1");
        SelfSigned other = SelfSigned.in(Files.createDirectory(folder.resolve("other")), "127.0.0.1");
        try (S3Server server =
                S3Server.encrypted(Files.createDirectory(folder.resolve("server")), folder.resolve("own/own.p12"))) {
            S3Case files = new S3Case(server, folder, "safe");
            files.file("empty", 0);
            files.file("small", 10_000);
            files.file("some chunks", 3_000_000);
            files.file("parts", 21_000_000);
            S3Config config = S3Case.withJob(
                    files.config(server.address()),
                    Map.of("caFile", own.certificate().toString(), "verify", "read"));
            JsonObject done = run(config, files);
            assertEquals("done", done.getString("phase"), done::encodePrettily);
            assertEquals(4, done.getJsonObject("files").getInteger("uploaded"));
            JsonObject refused = run(
                    S3Case.withJob(config, Map.of("caFile", other.certificate().toString())), files);
            assertEquals("failed", refused.getString("phase"));
            assertTrue(refused.getJsonObject("errors").getJsonObject("byCode").containsKey("tls"), refused::encode);
        }
    }

    private static JsonObject run(S3Config config, S3Case files) throws InterruptedException {
        JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
        run.run(state -> {});
        return run.state();
    }
}
