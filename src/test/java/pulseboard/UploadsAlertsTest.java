package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** What the board of uploads is alarmed by, in the whole program. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsAlertsTest {

    private static final int BYTES = 3_000_000;

    @TempDir
    private Path folder;

    private Program program(Path settings) throws Exception {
        JsonObject all = new JsonObject(Files.readString(settings));
        all.getJsonObject("uploads").put("retrySeconds", 0).put("listSeconds", 2);
        Files.writeString(settings, all.encode());
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        return Program.start(environment, "--port", "0", "--config", settings.toString());
    }

    private static void await(UploadsSite site, URI address, String text) throws Exception {
        Until.isTrue(text, () -> site.get(address, "api/boards/alerts").contains(text));
    }

    private static boolean hasFired(UploadsSite site, URI address, String rule) throws Exception {
        JsonArray all = new JsonArray(site.get(address, "api/boards/alerts/transitions?rule=" + rule));
        return !all.isEmpty();
    }

    private static void start(UploadsSite site, URI address) throws Exception {
        Until.isTrue("it can be started", () -> site.act(address, "start", "{\"uploader\":\"media\"}") == 200);
    }

    @Test
    void failedSessionAndAccountsThatRestAreAlertsUntilTheyAreOver() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.writeString(site.source().resolve("one.txt"), "one");
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                Program program = program(site.settings(
                        RcloneTools.NEWEST,
                        server.remote("dav", URI.create(line.address()).getPort())))) {
            URI address = program.awaitAddress();
            Files.writeString(server.folder().resolve("in"), "a file, where a folder should be");
            start(site, address);
            await(site, address, "the last upload session of media has failed: 1 files have not arrived");
            assertEquals(200, site.act(address, "suspend-account", "{\"account\":\"dav\",\"hours\":1}"));
            await(site, address, "the account dav rests: ");
            await(site, address, "no account of media takes more");
            Until.isTrue("it is an event", () -> hasFired(site, address, "upload-session-ended"));
        }
    }

    @Test
    void rcloneThatIsKilledIsAnAlert() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.write(site.source().resolve("film.mkv"), new byte[BYTES]);
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                Program program = program(site.settings(
                        RcloneTools.NEWEST,
                        server.remote("dav", URI.create(line.address()).getPort())))) {
            URI address = program.awaitAddress();
            line.limit(BYTES / 10);
            start(site, address);
            Until.isTrue(
                    "it is under way",
                    () -> !site.uploader(address)
                            .getJsonObject("active", new JsonObject())
                            .isEmpty());
            long pid = site.uploader(address).getJsonObject("rclone").getLong("pid");
            assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
            Until.isTrue("it has fired", () -> hasFired(site, address, "rclone-lost"));
            line.limit(0);
            Until.isTrue(
                    "it is done",
                    () -> site.uploader(address).getString("phase", "").equals("done"));
        }
    }

    @Test
    void folderThatIsGoneIsAboutToBeAnAlertAndIsNoneWhenItIsBack() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        try (DavServer server = new DavServer(folder.resolve("server"));
                Program program = program(site.settings(RcloneTools.NEWEST, server.remote("dav", server.port())))) {
            URI address = program.awaitAddress();
            Files.delete(site.source());
            await(site, address, "media cannot tell what waits: the folder could not be listed");
            Files.createDirectory(site.source());
            Until.isTrue(
                    "it is over",
                    () -> !site.get(address, "api/boards/alerts").contains("media cannot tell what waits"));
        }
    }
}
