package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From Cloudplow's files to a program that starts with them. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsImportTest {

    private static final JsonObject REMOTE = new JsonObject("""
            {"upload_folder":"/mnt/local/Media","upload_remote":"google:/Media","rclone_command":"move",
             "rclone_excludes":["**partial~",".unionfs/**"],
             "rclone_extras":{"--checkers":16,"--transfers":8,"--drive-chunk-size":"64M","--stats":"60s","--update":null},
             "rclone_sleeps":{" 0/s,":{"count":15,"sleep":25,"timeout":140},
               "Failed to copy: googleapi: Error 403: User rate limit exceeded":{"count":5,"sleep":25,"timeout":3600}}}
            """);
    private static final JsonObject PLEX = new JsonObject("""
            {"enabled":true,"url":"http://localhost:32400/","token":"very-secret","max_streams_before_throttle":1,
             "rclone":{"throttle_speeds":{"0":"100M","1":"50M","10":"5M"}}}
            """);
    private static final String UPLOADER = """
            {"check_interval":30,"max_size_gb":400,"size_excludes":["downloads/*"],
             "schedule":{"allowed_from":"04:00","allowed_until":"08:00","enabled":true}}
            """;

    @TempDir
    private Path folder;

    private Path cloudplow() throws Exception {
        Files.createDirectories(folder.resolve("accounts"));
        Files.writeString(folder.resolve("accounts/1.json"), "{\"client_email\":\"one@example.org\"}");
        JsonObject uploader = new JsonObject(UPLOADER)
                .put("service_account_path", folder.resolve("accounts").toString());
        JsonObject config = new JsonObject()
                .put("core", new JsonObject().put("rclone_binary_path", "/usr/bin/rclone"))
                .put("dashboard", new JsonObject().put("enabled", true).put("port", 47_949))
                .put("plex", PLEX)
                .put("remotes", new JsonObject().put("Google", REMOTE))
                .put("uploader", new JsonObject().put("Google", uploader))
                .put("something", new JsonObject());
        return Files.writeString(folder.resolve("config.json"), config.encode());
    }

    private static boolean tells(Program.End end, String text) {
        return end.errors().stream().anyMatch(line -> line.startsWith("not taken over: ") && line.contains(text));
    }

    @Test
    void settingsThatItPrintsAreTaken() throws Exception {
        Program.End end = Program.run("uploads", "import", cloudplow().toString());
        assertEquals(0, end.code(), end::toString);
        Path settings = Files.write(folder.resolve("pulseboard.yaml"), end.out());
        assertTrue(tells(end, "plex.token"), end::toString);
        assertTrue(tells(end, "--drive-chunk-size: an option of the remote; put \"chunk_size = 64M\""), end::toString);
        assertTrue(tells(end, "size_excludes"), end::toString);
        assertTrue(tells(end, "something: is not known"), end::toString);
        assertFalse(tells(end, "--stats"), end::toString);
        assertFalse(end.toString().contains("very-secret"), end::toString);
        Program.End printed = Program.run("--config", settings.toString(), "--print-config");
        assertEquals(0, printed.code(), printed::toString);
        String all = String.join("\n", printed.out());
        for (String part : List.of(
                "source: '/mnt/local/Media'",
                "target: 'google:/Media'",
                "kind: 'move'",
                "startBytes: '400 GiB'",
                "transfers: 8",
                "Checkers=16",
                "UpdateOlder",
                "04:00-08:00",
                "listSeconds: 1800",
                "cloudplowPort: 47949",
                "1 50 MiB",
                "10 5 MiB",
                "suspendHours: 25")) {
            assertTrue(all.contains(part), part + " is missing: " + all);
        }
        assertFalse(all.contains("100 MiB"), "fewer streams than throttle anything");
    }

    @Test
    void whatAccountsHaveUsedCountsUntilCloudplowWouldHaveResetIt() throws Exception {
        Path config = cloudplow();
        Program.End made = Program.run("uploads", "import", config.toString());
        Path settings = Files.write(folder.resolve("pulseboard.yaml"), made.out());
        long reset = System.currentTimeMillis() / 1_000 + 7_200;
        JsonObject used = new JsonObject().put("bytes", 5_000_000_000L).put("reset_time", reset + 0.5);
        Path quotas = Files.writeString(
                folder.resolve("sa_quota_cache.json"),
                new JsonObject()
                        .put("Google", new JsonObject().put("/elsewhere/1.json", used))
                        .encode());
        Map<String, String> environment =
                Map.of("PULSEBOARD_UPLOADS_FOLDER", folder.resolve("state").toString());
        String[] arguments = {
            "uploads", "import", config.toString(), "--quotas", quotas.toString(), "--config", settings.toString()
        };
        try (Program program = Program.start(environment, arguments)) {
            Program.End end = program.awaitEnd();
            assertEquals(0, end.code(), end::toString);
            assertTrue(end.errors().contains("noted what 1 accounts have used"), end::toString);
        }
        String line = Files.readString(folder.resolve("state/ledger"));
        JsonObject record = new JsonObject(line.substring(line.indexOf('{')));
        assertEquals(5_000_000_000L, record.getLong("bytes"));
        assertEquals((reset - 86_400) * 1_000 + 500, record.getLong("at"));
        try (Program again = Program.start(environment, arguments)) {
            Program.End end = again.awaitEnd();
            assertEquals(2, end.code(), end::toString);
            assertTrue(end.errors().toString().contains("adjust-account"), end::toString);
        }
    }
}
