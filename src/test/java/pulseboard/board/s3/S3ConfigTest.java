package pulseboard.board.s3;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that cannot be are refused with the name of the setting. */
class S3ConfigTest {

    private static JobConfig job(String bucket, String endpoint, boolean allowPlainHttp) {
        return With.values(
                JobConfig.DEFAULT,
                Map.of(
                        "source", "/srv",
                        "bucket", bucket,
                        "endpoint", endpoint,
                        "region", "eu-1",
                        "allowPlainHttp", allowPlainHttp));
    }

    private static S3Config with(String name, JobConfig job) {
        return With.values(S3Config.DEFAULT, Map.of("jobs", Map.of(name, job)));
    }

    private static String mistake(String name, JobConfig job) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> with(name, job))
                .getMessage());
    }

    @Test
    void messageBeginsWithTheSetting() {
        assertTrue(mistake("a", JobConfig.DEFAULT).startsWith("s3.jobs.a.source must"));
        assertTrue(mistake("a", job("B", "", false)).startsWith("s3.jobs.a.bucket must"));
        assertTrue(mistake("A b", job("bucket", "", false)).startsWith("s3.jobs must have names"));
        assertTrue(mistake("a", job("bucket", "ftp://x", false)).startsWith("s3.jobs.a.endpoint must be an address"));
        assertTrue(mistake("a", job("bucket", "https://x/path", false)).contains("without a path"));
        assertTrue(mistake("a", job("bucket", "https://key:secret@x", false)).startsWith("s3.jobs.a.endpoint must"));
    }

    private static String mistake(String key, Object value) {
        return mistake("a", With.values(job("bucket", "", false), Map.of(key, value)));
    }

    @Test
    void everySettingOfAJobIsChecked() {
        Map<String, Object> mistakes = Map.ofEntries(
                Map.entry("verify", "sample:0"),
                Map.entry("symlinks", "keep"),
                Map.entry("delete", "yes"),
                Map.entry("maxDeletePercent", 101),
                Map.entry("maxDeleteFiles", -1),
                Map.entry("requireFile", "/etc/passwd"),
                Map.entry("trashPrefix", ""),
                Map.entry("storageClass", "cold"),
                Map.entry("encryption", "rot13"),
                Map.entry("metadata", List.of("a b=c")),
                Map.entry("schedule", "daily"),
                Map.entry("limitBytesPerSecond", -1));
        mistakes.forEach((key, value) ->
                assertTrue(mistake(key, value).startsWith("s3.jobs.a." + key + " must"), () -> mistake(key, value)));
    }

    @Test
    void keysThatPathsWouldChangeAreRefused() {
        for (String key : List.of("prefix", "trashPrefix")) {
            for (String value : List.of("/a", "a//b", "a/../b", "../b", "./", "a/./")) {
                assertTrue(mistake(key, value).startsWith("s3.jobs.a." + key + " must"), value);
            }
            for (String value : List.of("a/", ".a/..b/c..", ".../")) {
                assertDoesNotThrow(() -> with("a", With.values(job("bucket", "", false), Map.of(key, value))));
            }
        }
    }

    @Test
    void strictestOfTwoLimitsHolds() {
        S3Config both = With.values(
                S3Config.DEFAULT,
                Map.of("limitBytesPerSecond", 5_000_000, "limits", List.of("08:00 2M", "18:00 off"), "zone", "UTC"));
        assertEquals(2_000_000, both.limitAt(Instant.parse("2026-01-10T08:00:00Z")));
        assertEquals(5_000_000, both.limitAt(Instant.parse("2026-01-10T18:00:00Z")));
        assertEquals(0, S3Config.DEFAULT.limitAt(Instant.parse("2026-01-10T18:00:00Z")));
    }

    @Test
    void filesDoNotTravelUnencryptedUnlessThatIsSaid() {
        assertTrue(mistake("a", job("bucket", "http://s3.example", false)).contains("https://"));
        assertDoesNotThrow(() -> with("a", job("bucket", "http://s3.example", true)));
        assertDoesNotThrow(() -> with("a", job("bucket", "http://127.0.0.1:9000", false)));
    }

    @Test
    void bucketIsInTheNameOfAmazonsServerAndInThePathOfOthers() {
        assertEquals(
                "https://bucket.s3.eu-1.amazonaws.com",
                job("bucket", "", false).target().address());
        assertEquals(
                "https://s3.eu-1.amazonaws.com",
                job("my.bucket", "", false).target().address());
        assertEquals(
                "https://s3.example:9000",
                job("bucket", "https://s3.example:9000/", false).target().address());
    }
}
