package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.machine.ProcessCounts;

class ProcessCountSamplerTest {

    @Test
    void countsAreShownAsTheyAre() throws IOException {
        assertEquals(
                new JsonObject().put("count", 120).put("threadCount", 391).put("runningCount", 2),
                new ProcessCountSampler(() -> new ProcessCounts(120, 391, 2)).sample());
    }

    @Test
    void unknownRunningCountIsAbsent() throws IOException {
        assertEquals(
                new JsonObject().put("count", 120).put("threadCount", 391),
                new ProcessCountSampler(() -> new ProcessCounts(120, 391, -1)).sample());
    }
}
