package pulseboard.board.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import pulseboard.MetricsDoc;

class UploadsMetricsTest {

    private static final int PREFIX = "pulseboard_uploads_".length();

    @Test
    void pageListsThem() throws IOException {
        MetricsDoc.assertListed("docs/boards/uploads.md", UploadsInfo.METRICS);
    }

    @Test
    void areOfEachAccountAndEachUploaderAndAbsentWhereNothingIsKnown() {
        JsonObject state = new JsonObject("""
                {"accounts": {"1": {"name": "a", "totalBytes": 5, "resetsAt": 61500, "status": "suspended"}},
                 "uploaders": {"media": {"phase": "uploading", "queue": {"files": 4}, "files": {"failed": 2}}, "new": {"queue": {}}}}""");
        Set<String> samples = new TreeSet<>();
        UploadsInfo.METRICS.forEach(metric -> metric.read(
                state,
                (value, labels) -> samples.add(metric.name().substring(PREFIX) + " " + List.of(labels) + " " + value)));
        assertEquals(
                new TreeSet<>(Set.of(
                        "account_suspended [id, 1, account, a] 1.0",
                        "bytes_total [id, 1, account, a] 5.0",
                        "lost [uploader, media] 0.0",
                        "queue_files [uploader, media] 4.0",
                        "quota_reset_timestamp_seconds [id, 1, account, a] 61.5",
                        "session_files_failed [uploader, media] 2.0",
                        "uploading [uploader, media] 1.0")),
                samples);
    }
}
