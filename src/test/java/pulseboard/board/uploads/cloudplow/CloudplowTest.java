package pulseboard.board.uploads.cloudplow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudplowTest {

    private static final JsonObject STATE = new JsonObject("""
            {"uploaders":{"media":{"source":"/srv","phase":"uploading",
              "session":{"id":"x","startedAt":1000},
              "stage":{"number":2,"strategy":"fit","accountName":"b.json","files":3,"bytes":3072,"largestBytes":1024,"transfers":4},
              "files":{"found":4,"planned":3,"uploaded":1,"processed":2,"percent":50.0},
              "bytes":{"planned":3072,"done":1024,"inFlight":10,"percent":33.3},
              "rates":{"bytesPerSecond":100},
              "active":{"0":{"path":"a/b","bytes":512,"size":1024,"bytesPerSecond":50}}}},
             "accounts":{"1":{"name":"a.json","status":"ready","usedBytes":0,"quotaBytes":750000000000,"usedPercent":0.0},
              "2":{"name":"b.json","status":"active","usedBytes":1500000000,"quotaBytes":750000000000,"usedPercent":0.2,"resetsAt":61000}}}
            """);

    private final Cloudplow cloudplow = new Cloudplow(STATE, 1_000);

    @Test
    void statusNamesUploaderAndAccountByItsPlace() {
        JsonObject status = cloudplow.answer("status", "");
        assertTrue(status.getBoolean("active"));
        assertEquals("media", status.getString("uploader"));
        assertEquals("b.json", status.getString("current_sa"));
        assertEquals(1, status.getInteger("sa_index"));
        assertEquals(2, status.getInteger("total_sas"));
    }

    @Test
    void aSessionThatHasEndedIsNotActive() {
        JsonObject over = STATE.copy();
        over.getJsonObject("uploaders").getJsonObject("media").put("phase", "done");
        JsonObject status = new Cloudplow(over, 1_000).answer("status", "media");
        assertFalse(status.getBoolean("active"));
        assertEquals("No Active Upload Session", status.getString("message"));
        assertFalse(new Cloudplow(over, 1_000).answer("rclone_stats", "").getBoolean("available"));
    }

    @Test
    void statisticsAreOfTheQueueAndHaveTextsBesideThem() {
        JsonObject data = cloudplow.answer("session_stats", "").getJsonObject("data");
        assertEquals(3, data.getInteger("total_files"));
        assertEquals(2, data.getInteger("remaining_files"));
        assertEquals("2.0 KB", data.getString("remaining_bytes_human"));
        JsonObject stats = cloudplow.answer("rclone_stats", "").getJsonObject("data");
        assertEquals(50, stats.getJsonArray("transferring").getJsonObject(0).getInteger("percentage"));
        assertFalse(stats.containsKey("eta"), "nobody knows yet");
        assertEquals("100.0 B/s", stats.getString("speed_human"));
        assertEquals("-", data.getString("duration_human"));
    }

    @Test
    void accountsAreAnArrayWithTheTimeOfTheirReset() {
        JsonObject account = new JsonArray(cloudplow.body("service_accounts", "")).getJsonObject(1);
        assertEquals(1.5, account.getDouble("used_gb"));
        assertEquals(61, account.getLong("reset_time"));
        assertEquals("0h 1m", account.getString("reset_in"));
        assertEquals(
                "Ready",
                new JsonArray(cloudplow.body("service_accounts", ""))
                        .getJsonObject(0)
                        .getString("reset_in"));
    }

    @Test
    void historyIsOfWhatWasUploadedBesideWhatWasQueued() {
        JsonObject spread = new JsonObject()
                .put("files", 2)
                .put("bytes", 2_048)
                .put("p50Bytes", 1_024)
                .put("buckets", new JsonObject());
        JsonObject data =
                cloudplow.transferHistory(Map.of("media", spread), "media").getJsonObject("data");
        assertEquals("1.0 KB", data.getJsonObject("percentiles_human").getString("p50"));
        assertEquals("transfers", data.getJsonObject("metadata").getString("source"));
        assertEquals(66.7, data.getJsonObject("comparison").getDouble("variance_percentage"));
        assertFalse(cloudplow.transferHistory(Map.of(), "").getBoolean("available"));
        assertFalse(cloudplow.transferHistory(Map.of("media", spread), "other").getBoolean("available"));
        assertTrue(cloudplow
                .transferHistory(Map.of("media", spread), "")
                .getJsonObject("data")
                .containsKey("media"));
    }

    @Test
    void whatIsNotThereSaysSo() {
        assertFalse(cloudplow.answer("queue_distribution", "").getBoolean("available"));
        assertFalse(new Cloudplow(new JsonObject(), 0).answer("status", "").getBoolean("active"));
        assertEquals(
                "healthy",
                new Cloudplow(new JsonObject(), 0).answer("health", "").getString("status"));
    }
}
