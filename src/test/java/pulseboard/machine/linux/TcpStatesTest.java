package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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

    @Test
    void socketsAreCountedAgainWhenTheirNumberHasChanged(@TempDir Path proc) throws IOException {
        sockets(proc, 1, "0A", "01");
        TcpStates states = new TcpStates(proc, () -> 0);
        assertEquals(Map.of("established", 1, "listen", 1, "timeWait", 0), states.read());
        sockets(proc, 2, "0A", "01", "01");
        assertEquals(2, states.read().get("established"));
    }

    @Test
    void whileTheirNumberStaysTheyAreLeftAloneButNotForEver(@TempDir Path proc) throws IOException {
        sockets(proc, 1, "0A", "01");
        TcpStates states = new TcpStates(proc, () -> 0);
        states.read();
        sockets(proc, 1, "0A", "08");
        for (int read = 2; read <= TcpStates.READS_AT_MOST; read++) {
            assertEquals(1, states.read().get("established"), "read " + read);
        }
        assertEquals(Map.of("established", 0, "listen", 1, "timeWait", 0, "closeWait", 1), states.read());
    }

    @Test
    void withoutNumbersTheyAreCountedEachTime(@TempDir Path proc) throws IOException {
        sockets(proc, 1, "01");
        Files.delete(proc.resolve("net/sockstat"));
        TcpStates states = new TcpStates(proc, () -> 0);
        states.read();
        sockets(proc, 1, "08");
        Files.delete(proc.resolve("net/sockstat"));
        assertEquals(1, states.read().get("closeWait"));
    }

    @Test
    void readingThemNeverTakesMoreThanATwoThousandthOfTheTime(@TempDir Path proc) throws IOException {
        sockets(proc, 1, "01");
        AtomicLong now = new AtomicLong();
        TcpStates states = new TcpStates(proc, () -> now.getAndAdd(5)); // Reading takes 5.
        assertEquals(1, states.read().get("established"));
        sockets(proc, 2, "01", "01");
        assertEquals(1, states.read().get("established"));
        now.set(10_004);
        assertEquals(1, states.read().get("established"));
        now.set(10_005);
        assertEquals(2, states.read().get("established"));
    }

    @Test
    void onABusyMachineTheyAreTenSecondsOldAtMost(@TempDir Path proc) throws IOException {
        sockets(proc, 1, "01");
        AtomicLong now = new AtomicLong();
        long second = 1_000_000_000L;
        TcpStates states = new TcpStates(proc, () -> now.getAndAdd(second)); // Reading takes a second, by the clock.
        states.read();
        sockets(proc, 2, "01", "01");
        now.set(11 * second);
        assertEquals(2, states.read().get("established"));
    }

    /** As the kernel shows them, and a figure that changes by itself. */
    private static void sockets(Path proc, int inUse, String... states) throws IOException {
        StringBuilder lines = new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue");
        for (String state : states) {
            lines.append("\n   0: 0100007F:1F90 00000000:0000 ")
                    .append(state)
                    .append(" 00000000:00000000 00:00000000 00000000");
        }
        Captured.write(proc, "net/tcp", lines.toString());
        Captured.write(
                proc,
                "net/sockstat",
                "sockets: used " + states[states.length - 1] + "\nTCP: inuse " + inUse + " orphan 0 tw 0 alloc 2 mem "
                        + states[states.length - 1]);
    }
}
