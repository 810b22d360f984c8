package pulseboard.board.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What another program tells of its run is counted as it is said. */
class ReportTest {

    private static final long BEGUN = 1_800_000_000_000L;

    private final Report report = new Report(10);

    private void tell(long at, String... lines) {
        JsonArray calls = ReportCalls.of(String.join("\n", lines));
        for (int index = 0; index < calls.size(); index++) {
            report.call(calls.getJsonObject(index), BEGUN + at);
        }
    }

    @Test
    void summaryIsWhatWasTold() {
        tell(
                0,
                "{\"call\":\"start\"}",
                "{\"call\":\"setTotalFiles\",\"count\":3}",
                "{\"call\":\"updateProgress\",\"filePath\":\"a.jpg\",\"fileSize\":1000000,\"uploadBytesPerSecond\":2000000,\"verificationStatus\":\"passed\"}",
                "{\"call\":\"incrementUploaded\",\"bytes\":1000000}",
                "{\"call\":\"incrementProcessed\"}",
                "{\"call\":\"updateProgress\",\"filePath\":\"b\",\"uploadBytesPerSecond\":1000000}",
                "{\"call\":\"incrementSkipped\"}",
                "{\"call\":\"addError\",\"error\":\"no\",\"fileName\":\"c\"}",
                "{\"call\":\"addWarning\",\"text\":\"hm\"}");
        JsonObject summary = report.summary(BEGUN + 4_000);
        assertEquals(3, summary.getLong("total_files"));
        assertEquals(1_000_000, summary.getLong("bytes_uploaded"));
        assertEquals(8.0, summary.getDouble("upload_speed_mbps"));
        assertEquals(16.0, summary.getDouble("peak_speed_mbps"));
        assertEquals(2.0, summary.getDouble("average_speed_mbps"), "bytes by time, no mean of means");
        assertEquals(2, summary.getLong("bandwidth_measurements"));
        assertEquals(1, summary.getLong("verification_passed"));
        assertEquals("1 1", summary.getLong("errors_count") + " " + summary.getLong("warnings_count"));
        assertEquals("uploading", report.toJson("nas").getString("phase"));
        tell(5_000, "{\"call\":\"stop\"}");
        assertEquals("done", report.toJson("nas").getString("phase"));
    }

    @Test
    void whoIsSilentForAMinuteIsLostUntilItIsHeardAgain() {
        tell(0, "{\"call\":\"start\"}");
        report.look(BEGUN + 60_000);
        assertEquals("uploading", report.toJson("nas").getString("phase"));
        report.look(BEGUN + 60_001);
        assertEquals("lost", report.toJson("nas").getString("phase"));
        tell(70_000, "{\"call\":\"incrementProcessed\"}");
        assertEquals("uploading", report.toJson("nas").getString("phase"));
    }

    @Test
    void batchWithAMistakeIsNone() {
        String good = "{\"call\":\"incrementProcessed\"}\n";
        for (String bad : new String[] {
            "[]",
            "{",
            "{\"call\":\"reboot\"}",
            "{\"call\":\"incrementUploaded\"}",
            "{\"call\":\"incrementUploaded\",\"bytes\":-1}",
            "{\"call\":\"incrementUploaded\",\"bytes\":\"1\"}",
            "{\"call\":\"addError\",\"error\":1}"
        }) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> ReportCalls.of(good + bad), bad);
            assertTrue(String.valueOf(refused.getMessage()).startsWith("line 2"), refused::toString);
        }
    }
}
