package pulseboard.fleet;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.MetricsDoc;

class FleetMetricsTest {

    @Test
    void pageListsThem() throws IOException {
        MetricsDoc.assertListed("docs/fleet.md", FleetInfo.METRICS);
    }
}
