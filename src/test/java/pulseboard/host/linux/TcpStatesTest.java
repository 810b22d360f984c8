package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpStatesTest {

    @Test
    void socketsOfBothProtocolsAreCountedByState() throws IOException {
        assertEquals(
                Map.of("listen", 3, "established", 2, "timeWait", 1, "synSent", 1, "closeWait", 1, "synReceived", 2),
                new TcpStates(Captured.proc("metal")).read());
    }

    @Test
    void systemWithoutIpv6IsFine() throws IOException {
        assertEquals(2, new TcpStates(Captured.proc("old")).read().get("listen"));
    }

    @Test
    void mostLookedAtStatesAreThereEvenAtZero(@TempDir Path empty) throws IOException {
        assertEquals(Map.of("established", 0, "listen", 0, "timeWait", 0), new TcpStates(empty).read());
    }
}
