package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** The board of uploads in the whole program: by its actions, its sessions, and as Cloudplow's programs see it. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsProgramTest {

    @TempDir
    private Path folder;

    private UploadsSite site() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.writeString(site.source().resolve("=formula.txt"), "one");
        Files.writeString(site.source().resolve("two.txt"), "two");
        return site;
    }

    @Test
    void boardUploadsKeepsItsSessionsAndAnswersAsCloudplowDid() throws Exception {
        UploadsSite site = site();
        String port = FreePort.any();
        try (DavServer server = new DavServer(folder.resolve("server"));
                Program program = Program.start(
                        Map.of("LC_ALL", "C.UTF-8", "PULSEBOARD_UPLOADS_CLOUDPLOW_PORT", port),
                        "--port",
                        "0",
                        "--config",
                        site.settings(RcloneTools.NEWEST, server.remote("dav", server.port()))
                                .toString())) {
            URI address = program.awaitAddress();
            Until.isTrue(
                    "it is listed",
                    () -> site.uploader(address)
                                    .getJsonObject("queue", new JsonObject())
                                    .getInteger("files", 0)
                            == 2);
            assertEquals(404, site.act(address, "start", "{\"uploader\":\"nobody\"}"));
            assertEquals(409, site.act(address, "pause", "{\"uploader\":\"media\"}"));
            assertEquals(404, site.act(address, "resume-account", "{\"account\":\"nobody\"}"));
            assertEquals(400, site.act(address, "suspend-account", "{\"account\":\"dav\",\"hours\":0}"));
            assertEquals(200, site.act(address, "start", "{\"uploader\":\"media\"}"));
            Until.isTrue(
                    "it is done",
                    () -> site.uploader(address).getString("phase", "").equals("done"));
            assertEquals("one", Files.readString(server.folder().resolve("in").resolve("=formula.txt")));
            String sessions = site.get(address, "api/boards/uploads/sessions.csv");
            assertTrue(sessions.contains("\"media\""), sessions);
            requireAsCloudplow(site, address, URI.create("http://127.0.0.1:" + port + "/"));
            requireFiles(site, address);
            assertEquals(200, site.act(address, "suspend-account", "{\"account\":\"dav\",\"hours\":1}"));
            Until.isTrue(
                    "it rests", () -> site.get(address, "api/boards/uploads").contains("suspendedUntil"));
        }
    }

    /** Below this program's own API and at the port that it had. */
    private static void requireAsCloudplow(UploadsSite site, URI address, URI old) throws Exception {
        JsonObject status = new JsonObject(site.get(address, "api/cloudplow/status"));
        assertFalse(status.getBoolean("active"), status::encode);
        JsonArray accounts = new JsonArray(site.get(address, "api/cloudplow/service_accounts"));
        assertEquals(6, accounts.getJsonObject(0).getInteger("used_bytes"));
        JsonObject history = new JsonObject(site.get(old, "api/transfer_history?uploader=media"));
        assertEquals(
                2, history.getJsonObject("data").getJsonObject("statistics").getInteger("total_files"));
        assertFalse(new JsonObject(site.get(old, "api/transfer_history?uploader=x")).getBoolean("available"));
        assertEquals("healthy", new JsonObject(site.get(old, "api/health")).getString("status"));
        assertTrue(site.get(old, "").contains("<title>"), "the page is there, too");
    }

    private static void requireFiles(UploadsSite site, URI address) throws Exception {
        Until.isTrue(
                "they are counted",
                () -> site.get(address, "metrics")
                        .matches("(?s).*\\npulseboard_uploads_files_total\\{[^}]*account=\"dav\"[^}]*} 2\\n.*"));
        JsonArray files = new JsonObject(site.get(address, "api/boards/uploads/files?path=TWO")).getJsonArray("files");
        assertEquals("uploaded", files.getJsonObject(0).getString("result"));
        assertTrue(site.get(address, "api/boards/uploads/files.csv").contains("\"'=formula.txt\""));
    }
}
