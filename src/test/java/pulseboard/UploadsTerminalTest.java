package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** {@code pulseboard top --board uploads} before a real session, in a real terminal and without one. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsTerminalTest {

    private static final String NASTY = "a\u001b[2Jb";

    @TempDir
    private Path folder;

    private Program server(UploadsSite site, DavServer dav) throws Exception {
        Files.write(site.source().resolve("film.mkv"), new byte[3_000_000]);
        Files.write(site.source().resolve(NASTY), new byte[1_000]);
        Path settings = site.settings(RcloneTools.NEWEST, dav.remote("dav", dav.port()));
        return Program.start(Map.of("LC_ALL", "C.UTF-8"), "--port", "0", "--config", settings.toString());
    }

    private static void limit(UploadsSite site, URI address, int rate) throws Exception {
        assertEquals(200, site.act(address, "limit", "{\"uploader\":\"media\",\"bytesPerSecond\":" + rate + "}"));
    }

    @Test
    void terminalShowsWhenTheNextSessionBeginsAndHowFarOneIs() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        try (DavServer dav = new DavServer(folder.resolve("server"));
                Program server = server(site, dav)) {
            URI address = server.awaitAddress();
            try (PseudoTerminal terminal =
                    PseudoTerminal.start(Map.of(), "top", "--board", "uploads", address.toString())) {
                requireShown(site, address, terminal);
            }
        }
    }

    private static void requireShown(UploadsSite site, URI address, PseudoTerminal terminal) throws Exception {
        terminal.awaitFrame("\n live.*No active upload session.*the next begins when 186 GiB wait \\(2.9 MiB do\\)"
                + ".*queue +2 files, 2.9 MiB.*accounts.*dav .* 0 B/698 GiB");
        limit(site, address, 200_000);
        assertEquals(200, site.act(address, "start", "{\"uploader\":\"media\"}"));
        terminal.awaitFrame("media +uploading.*bytes .* %.*speed +\\d.*at most 195 KiB/s \\(operator\\)"
                + ".*stage +1 by dav \\(1 of 1\\): 2 files.*under way.*film.mkv .* %.*accounts.*dav .*active");
        terminal.resize(10, 50);
        terminal.awaitFrame(10, "media: uploading \\d");
        terminal.resize(30, 100);
        terminal.awaitFrame("n next uploader");
        limit(site, address, 0);
        terminal.awaitFrame("No active upload session.*last +done .*2 of 2 files, 2.9 MiB.*last files");
        terminal.type("q");
        assertEquals("0", terminal.ended());
        assertEquals(terminal.modes().get(0), terminal.modes().get(1));
        assertFalse(terminal.all().contains(NASTY), "a name is obeyed");
        assertTrue(terminal.all().contains("a\u241b[2Jb"), "as rclone writes it");
    }

    @Test
    void withoutATerminalItIsALineOrJson() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        try (DavServer dav = new DavServer(folder.resolve("server"));
                Program server = server(site, dav)) {
            String address = server.awaitAddress().toString();
            try (Program top = Program.start(Map.of(), "top", "--board", "uploads", address)) {
                String line = top.awaitLine("MiB do");
                assertTrue(line.contains("  media: no active upload session (idle), the next begins when "), line);
                assertEquals(200, site.act(URI.create(address), "start", "{\"uploader\":\"media\"}"));
                top.awaitLine("media: no active upload session (done)");
            }
            Program.End json = Program.run("top", "--board", "uploads", "--once", "--json", address);
            JsonObject uploads = new JsonObject(json.out().get(0)).getJsonObject("uploads");
            assertEquals(
                    "done",
                    uploads.getJsonObject("uploaders").getJsonObject("media").getString("phase"));
            Program.End other = Program.run("top", "--board", "uploads", "--job", "x", "--once", address);
            assertTrue(other.out().get(0).endsWith("there is no uploader x; those there are: media"), other::toString);
        }
    }

    @Test
    void boardThatIsNotThereIsTold() throws Exception {
        try (Program server = Program.start(Map.of(), "--port", "0")) {
            String address = server.awaitAddress().toString();
            Program.End end = Program.run("top", "--board", "uploads", "--once", address);
            assertEquals(1, end.code());
            assertTrue(
                    Pattern.matches(
                            ".*: there is no board uploads, or this token is not for it",
                            end.errors().get(0)),
                    end::toString);
            Program.End wrong = Program.run("top", "--board", "host", address);
            assertEquals(2, wrong.code());
            assertEquals(
                    "pulseboard: --board must be uploads, not host",
                    wrong.errors().get(0));
        }
    }
}
