package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** An rclone that somebody else has started is shown by the whole program, and hears nothing but questions. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsAttachedTest {

    private static final int BYTES = 3_000_000;
    private static final Pattern ASKED = Pattern.compile("rc: \\\\?\"([a-z-]+/[a-z-]+)");

    @TempDir
    private Path folder;

    /** It moves files with a remote control, slowly, and ends then. */
    private Process rclone(RcloneTools rclone, DavServer dav, Path source, String port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                rclone.program(),
                "copy",
                source.toString(),
                "dav:in",
                "--config",
                Files.writeString(folder.resolve("rclone.conf"), dav.remote("dav", dav.port()))
                        .toString(),
                "--rc",
                "--rc-addr",
                "127.0.0.1:" + port,
                "--rc-user",
                "me",
                "--rc-pass",
                "open sesame",
                "--bwlimit",
                "500k",
                "-vv",
                "--log-file",
                log().toString());
        return builder.start();
    }

    private Path log() {
        return folder.resolve("rclone.log");
    }

    private Program program(String port, Path password) throws IOException {
        JsonObject other = new JsonObject()
                .put("url", "http://127.0.0.1:" + port + "/")
                .put("user", "me")
                .put("passwordFile", password.toString());
        JsonObject uploads = new JsonObject()
                .put("folder", folder.resolve("state").toString())
                .put("pollMilliseconds", 100)
                .put("attached", new JsonObject().put("media", other));
        Path settings = Files.writeString(
                folder.resolve("settings.json"),
                new JsonObject().put("uploads", uploads).encode());
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        return Program.start(environment, "--port", "0", "--config", settings.toString());
    }

    private static void until(UploadsSite site, URI address, String phase) throws Exception {
        Until.isTrue(phase, phase(site, address, phase));
    }

    private static Callable<Boolean> phase(UploadsSite site, URI address, String phase) {
        return () -> site.uploader(address).getString("phase", "").equals(phase);
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void rcloneOfSomebodyElseIsShownAndNeverCommanded(RcloneTools tool) throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.write(site.source().resolve("film.mkv"), new byte[BYTES]);
        Files.write(site.source().resolve("small.txt"), new byte[5]);
        Path password = Files.writeString(folder.resolve("password"), "wrong\n");
        String port = FreePort.any();
        try (DavServer dav = new DavServer(folder.resolve("server"));
                Program program = program(port, password)) {
            URI address = program.awaitAddress();
            until(site, address, "away");
            Process rclone = rclone(tool, dav, site.source(), port);
            until(site, address, "lost");
            assertTrue(site.uploader(address).getString("trouble").contains("401"), "it says why");
            Files.writeString(password, "open sesame\n");
            requireShown(site, address);
            assertEquals(409, site.act(address, "stop", "{\"uploader\":\"media\"}"));
            JsonObject status = new JsonObject(site.get(address, "api/cloudplow/status"));
            assertFalse(status.getBoolean("active"), "it is none of ours");
            assertEquals(0, rclone.waitFor(), "it was left alone");
            until(site, address, "away");
            assertEquals(BYTES, Files.size(dav.folder().resolve("in/film.mkv")));
        }
        assertEquals(new TreeSet<>(Set.of("core/stats", "core/transferred", "core/version")), asked());
    }

    private static void requireShown(UploadsSite site, URI address) throws Exception {
        Until.isTrue("the file is under way", () -> {
            JsonObject first = site.uploader(address)
                    .getJsonObject("active", new JsonObject())
                    .getJsonObject("0", new JsonObject());
            return first.getString("path", "").equals("film.mkv") && first.getLong("bytes") > 0;
        });
        JsonObject shown = site.uploader(address);
        assertEquals("uploading", shown.getString("phase"), shown::encode);
        assertEquals("attached", shown.getString("kind"));
        assertEquals(BYTES, shown.getJsonObject("active").getJsonObject("0").getInteger("size"));
        assertTrue(shown.getJsonObject("rclone").getString("version").startsWith("v1."), shown::encode);
        assertFalse(shown.encode().contains("open sesame"));
        Until.isTrue("its speed is known", () -> {
            long rate = site.uploader(address).getJsonObject("rates").getLong("bytesPerSecond", 0L);
            return rate > 100_000 && rate < 1_500_000;
        });
        Until.isTrue("the small one has arrived", () -> {
            JsonObject recent = site.uploader(address).getJsonObject("recent");
            return recent.encode().contains("\"path\":\"small.txt\",\"bytes\":5,\"result\":\"uploaded\"");
        });
    }

    /** What it has heard, by its own log. */
    private Set<String> asked() throws IOException {
        return ASKED.matcher(Files.readString(log()))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
