package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.host.HostConfig;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;

class NetDevTest {

    private static final Pattern IGNORE = Pattern.compile(HostConfig.DEFAULT.ignoreInterfaces());

    @TempDir
    private Path sys;

    @Test
    void interfacesArePeoplesAndNotLoopbackOrContainers() throws IOException {
        assertEquals(Set.of("enp4s0", "eth0:1", "wlp3s0"), read().keySet());
    }

    @Test
    void countersAreTakenFromTheirColumns() throws IOException {
        assertEquals(
                new InterfaceReading(9829805435512L, 8247001133L, 3, 17, 641376001, 5709001, 1, 2),
                read().get("enp4s0"));
    }

    @Test
    void numberMayFollowTheColonAtOnce() throws IOException {
        InterfaceReading wireless = read().get("wlp3s0");
        assertEquals(new InterfaceReading(123456789, 100, 0, 0, 4, 1, 0, 0), wireless);
    }

    @Test
    void linkStateAndSpeedComeFromSys() throws IOException {
        Captured.write(sys, "class/net/enp4s0/operstate", "up");
        Captured.write(sys, "class/net/enp4s0/speed", "2500");
        Captured.write(sys, "class/net/wlp3s0/operstate", "down");
        Captured.write(sys, "class/net/wlp3s0/speed", "-1");
        Captured.write(sys, "class/net/eth0:1/operstate", "unknown");
        Map<String, Link> links = new NetDev(Captured.proc("metal"), sys, IGNORE).readLinks();
        assertEquals(
                Map.of(
                        "enp4s0", new Link(true, 2_500_000_000L),
                        "wlp3s0", new Link(false, 0),
                        "eth0:1", new Link(true, 0)),
                links);
    }

    private Map<String, InterfaceReading> read() throws IOException {
        return new NetDev(Captured.proc("metal"), sys, IGNORE).read();
    }

    @Test
    void counterThatIsNoNumberCostsOnlyItselfAndOddLinesOnlyThemselves() {
        Map<String, InterfaceReading> readings = readings("""
                Inter-|   Receive  |  Transmit
                 face |bytes packets errs
                torn
                eth0: 18446744073709551615 10 -1 x 0 0 0 0 9 8 7
                      : 1 2 3
                \ud83d\ude80: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0
                """);
        assertEquals(
                Map.of(
                        "eth0", new InterfaceReading(-1, 10, -1, -1, 9, 8, 7, -1),
                        "\ud83d\ude80", new InterfaceReading(1, 2, 3, 4, 5, 6, 7, 8)),
                readings);
    }

    @Test
    void speedThatADriverDoesNotKnowIsNone() throws IOException {
        for (String speed : new String[] {"-1", "65535", "4294967295", "Unknown", "18446744073709551615"}) {
            Captured.write(sys, "class/net/enp4s0/speed", speed);
            Map<String, Link> links = new NetDev(Captured.proc("metal"), sys, IGNORE).readLinks();
            assertEquals(new Link(true, 0), links.get("enp4s0"), speed);
        }
    }

    private static Map<String, InterfaceReading> readings(String text) {
        NetDevLines lines = new NetDevLines(new KernelFile(Path.of("/nowhere"))).begin(Words.of(text));
        return NetDev.readings(lines, IGNORE);
    }
}
