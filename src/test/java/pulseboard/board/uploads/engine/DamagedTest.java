package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Server;
import pulseboard.board.uploads.RcloneTools;

/** A line on which one byte of a file is damaged, to a real S3 server. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedTest {

    private static final int BYTES = 200_000;
    private static final String MARK = "this is what will be damaged";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void damagedFileIsNeverDoneAndArrivesOnceTheLineIsMended(RcloneTools rclone) throws Exception {
        try (S3Server server = new S3Server(folder.resolve("server"));
                Relay line = new Relay(Integer.parseInt(server.address().replaceFirst(".*:", "")))) {
            Path there = server.bucket("photos").resolve("in");
            String remotes = "[s3]\ntype = s3\nprovider = Other\nendpoint = " + line.address() + "\naccess_key_id = "
                    + S3Server.KEY + "\nsecret_access_key = " + S3Server.SECRET
                    + "\n[dav]\ntype = alias\nremote = s3:photos\n";
            try (UploadsCase files = new UploadsCase(folder, rclone, remotes)) {
                files.file("sound", BYTES);
                Path marked = files.file("marked", BYTES);
                byte[] content = Files.readAllBytes(marked);
                byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(mark, 0, content, BYTES / 2, mark.length);
                Files.write(marked, content);
                UploadsCase.makeOld(marked);
                line.damage(MARK);
                files.open();
                files.upload("failed");
                assertEquals(1, files.count("uploaded"));
                assertEquals(1, files.count("failed"));
                assertEquals(BYTES, files.shown().getJsonObject("bytes").getLong("done"));
                assertTrue(files.shown().getJsonObject("bytes").getDouble("percent") < 100);
                assertTrue(files.errors().toString().contains("marked"), files.errors()::toString);
                line.damage("");
                files.upload("done");
                assertEquals(1, files.count("uploaded"));
                assertEquals(-1, Files.mismatch(marked, there.resolve("marked")));
            }
        }
    }
}
