package pulseboard.board.s3;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.MetricsDoc;

class S3MetricsTest {

    @Test
    void pageListsThem() throws IOException {
        MetricsDoc.assertListed("docs/boards/s3.md", S3Info.METRICS);
    }
}
