package pulseboard.board.sync;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.MetricsDoc;

class SyncMetricsTest {

    @Test
    void pageListsThem() throws IOException {
        MetricsDoc.assertListed("docs/boards/sync.md", SyncMetrics.ALL);
    }
}
