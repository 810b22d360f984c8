package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** A session of a folder that cannot be listed is refused with the reason, and not accepted to do nothing. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsStartTest {

    private static final String MEDIA = "{\"uploader\":\"media\"}";

    @TempDir
    private Path folder;

    @Test
    void folderThatIsNotThereIsToldAndOneThatComesBackIsUploaded() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        String settings =
                site.settings(RcloneTools.STABLE, "[dav]\ntype = memory\n").toString();
        Files.delete(site.source());
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        try (Program program = Program.start(environment, "--port", "0", "--config", settings)) {
            URI address = program.awaitAddress();
            Until.isTrue(
                    "the folder is missed",
                    () -> site.uploader(address).getJsonObject("queue").containsKey("trouble"));
            JsonObject refused = site.answer(address, "start", MEDIA);
            assertEquals("not_listed", refused.getString("error"), refused::encode);
            assertTrue(refused.getString("message").startsWith("there is no folder " + site.source()), refused::encode);
            assertEquals(409, site.act(address, "start", MEDIA));
            Files.createDirectory(site.source());
            Files.writeString(site.source().resolve("a file"), "what is in it");
            Until.isTrue("it can be started", () -> site.act(address, "start", MEDIA) == 200);
            Until.isTrue(
                    "it is done",
                    () -> site.uploader(address).getString("phase", "").equals("done"));
        }
    }

    /** As when the server of a network mount is gone: whoever asks it waits for ever. */
    @Test
    void folderThatNeverAnswersHoldsNothingUp() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        String settings =
                site.settings(RcloneTools.STABLE, "[dav]\ntype = memory\n").toString();
        HungMountTest.requireHungMounts(site.source());
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        try (Program program = Program.startBy(
                HungMountTest.starter(site.source()), environment, "--port", "0", "--config", settings)) {
            URI address = program.awaitAddress();
            Until.isTrue("the board is there", () -> !site.uploader(address).isEmpty());
            for (int again = 0; again < 2; again++) {
                JsonObject refused = site.answer(address, "start", MEDIA);
                assertEquals("not_listed", refused.getString("error"), refused::encode);
                assertTrue(refused.getString("message").contains("does not answer"), refused::encode);
                assertEquals(200, site.act(address, "suspend-account", "{\"account\":\"dav\",\"hours\":1}"));
            }
            program.terminate();
            assertEquals(143, program.awaitEndUnread());
        }
    }
}
