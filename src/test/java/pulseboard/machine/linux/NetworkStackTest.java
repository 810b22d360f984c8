package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which interfaces make the total, on machines as people have them. */
class NetworkStackTest {

    @TempDir
    private Path sys;

    private int index = 1;

    /** With these entries in its folder: {@code lower_eno1}, {@code master}, {@code device}. */
    private void face(String name, String... entries) throws IOException {
        Path folder = Files.createDirectories(sys.resolve("class/net").resolve(name));
        index++;
        Files.writeString(folder.resolve("ifindex"), index + "\n");
        Files.writeString(folder.resolve("iflink"), index + "\n");
        Files.writeString(folder.resolve("type"), name.equals("lo") ? "772\n" : "1\n");
        for (String entry : entries) {
            Files.createDirectories(folder.resolve(entry));
        }
    }

    /** The end of a pair whose other end is elsewhere. */
    private void veth(String name, String... entries) throws IOException {
        face(name, entries);
        Files.writeString(sys.resolve("class/net").resolve(name).resolve("iflink"), (index + 1000) + "\n");
    }

    private Set<String> bottom(String... shown) {
        return new NetworkStack(sys).bottom(Set.of(shown));
    }

    @Test
    void bondVlanBridgeAndTapCountTheirCardsOnly() throws IOException {
        face("eno1", "device", "upper_bond0", "master");
        face("eno2", "device", "upper_bond0", "master");
        face("bond0", "lower_eno1", "lower_eno2", "upper_vmbr0", "upper_bond0.20");
        face("bond0.20", "lower_bond0");
        face("vmbr0", "lower_bond0", "lower_tap100i0");
        face("tap100i0", "upper_vmbr0", "master");
        assertEquals(Set.of("eno1", "eno2"), bottom("eno1", "eno2", "bond0", "bond0.20", "vmbr0", "tap100i0"));
    }

    @Test
    void containersAndTunnelsOfAMachineWithACardDoNotCount() throws IOException {
        face("ens3", "device");
        face("docker0", "lower_veth1");
        veth("veth1", "upper_docker0", "master");
        face("wg0");
        face("tun0");
        face("ppp0");
        face("lo");
        assertEquals(Set.of("ens3"), bottom("ens3", "docker0", "veth1", "wg0", "tun0", "ppp0", "lo"));
    }

    @Test
    void containerHasNoCardAndCountsWhatLeadsOut() throws IOException {
        face("lo");
        veth("eth0");
        face("wg0");
        veth("vethin", "upper_docker0", "master");
        face("docker0", "lower_vethin");
        assertEquals(Set.of("eth0"), bottom("lo", "eth0", "wg0", "vethin", "docker0"));
    }

    @Test
    void containerWhoseOnlyWayOutIsInABridgeCountsThat() throws IOException {
        veth("eth0", "upper_br0", "master");
        face("br0", "lower_eth0");
        assertEquals(Set.of("eth0"), bottom("eth0", "br0"));
    }

    @Test
    void machineWithATunnelOnlyCountsIt() throws IOException {
        face("lo");
        face("tun0");
        assertEquals(Set.of("tun0"), bottom("lo", "tun0"));
    }

    @Test
    void bondCountsWhereItsMembersAreNotShown() throws IOException {
        face("eno1", "device", "upper_bond0", "master");
        face("bond0", "lower_eno1", "upper_bond0.20");
        face("bond0.20", "lower_bond0");
        face("wg0");
        assertEquals(Set.of("bond0"), bottom("bond0", "bond0.20", "wg0"));
    }

    @Test
    void virtualFunctionBehindACardOfHyperVIsInThatCardsCounters() throws IOException {
        face("eth0", "device", "lower_eth1");
        face("eth1", "device", "upper_eth0", "master");
        assertEquals(Set.of("eth0"), bottom("eth0", "eth1"));
    }

    @Test
    void portsOfASwitchCountAndNotTheCardThatTheyAreBehind() throws IOException {
        face("eth0", "device", "upper_lan1", "upper_lan2");
        face("lan1", "device", "lower_eth0", "upper_br-lan", "master");
        face("lan2", "device", "lower_eth0", "upper_br-lan", "master");
        face("br-lan", "lower_lan1", "lower_lan2");
        assertEquals(Set.of("lan1", "lan2"), bottom("eth0", "lan1", "lan2", "br-lan"));
    }

    /** A /sys of another network namespace, or none at all, as on WSL 1. */
    @Test
    void interfacesOfWhichNothingIsKnownStandForThemselves() {
        assertEquals(Set.of("eth0", "wifi0"), bottom("eth0", "wifi0"));
        assertEquals(Set.of(), bottom());
    }

    @Test
    void interfacesThatStandOnEachOtherDoNotHang() throws IOException {
        face("a", "lower_b");
        face("b", "lower_a");
        assertEquals(Set.of(), bottom("a", "b"));
    }
}
