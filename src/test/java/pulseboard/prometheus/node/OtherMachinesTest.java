package pulseboard.prometheus.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.FilesystemProbe;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Samples;

/** Files of other people's machines, each made small from a public report. */
class OtherMachinesTest {

    private static final long BLOCKS = 4503599627370495L;

    @TempDir
    private Path root;

    private void write(String file, String text) throws Exception {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private Samples collect(String name) throws Exception {
        return Samples.collect(NodeCollectors.of(new Kernel(root), Runnable::run, 1000).stream()
                .filter(collector -> collector.name().equals(name))
                .toList());
    }

    private Samples filesystems(FilesystemReading fill) throws Exception {
        return Samples.collect(
                List.<Collector>of(new FilesystemCollector(new Kernel(root), mount -> fill, Runnable::run, 500)));
    }

    @Test
    void swapFreeBelowZeroCostsOnlySwapFree() throws Exception { // lxcfs
        write(
                "proc/meminfo",
                "MemTotal: 4194304 kB\nSwapTotal: 0 kB\nSwapFree: 18446744073709346016 kB\nCached: 1 kB\n");
        Samples samples = collect("meminfo");
        assertEquals(4194304 * 1024.0, samples.value("node_memory_MemTotal_bytes[]"));
        assertEquals(1024, samples.value("node_memory_Cached_bytes[]"));
        assertFalse(samples.values().containsKey("node_memory_SwapFree_bytes[]"));
    }

    @Test
    void counterThatIsBelowZeroForAMomentDoesNotStayThere() throws Exception {
        CpuCollector cpus = new CpuCollector(new Kernel(root));
        write("proc/stat", "cpu0 100 0 100 5000 18446744073709551615 0 0 0 0 0\n");
        Samples first = Samples.collect(List.of(cpus));
        assertFalse(first.values().containsKey("node_cpu_seconds_total[cpu=\"0\", mode=\"iowait\"]"));
        assertEquals(50, first.value("node_cpu_seconds_total[cpu=\"0\", mode=\"idle\"]"));
        write("proc/stat", "cpu0 100 0 100 5000 300 0 0 0 0 0\n");
        assertEquals(3, Samples.collect(List.of(cpus)).value("node_cpu_seconds_total[cpu=\"0\", mode=\"iowait\"]"));
    }

    @Test
    void severalChipsOfOneDeviceAreToldApartByTheirNames() throws Exception { // mt7996
        Path device = Files.createDirectories(root.resolve("sys/devices/pci0000:00/ieee80211/phy0"));
        for (int radio = 0; radio < 3; radio++) {
            String chip = "sys/class/hwmon/hwmon" + (8 + radio);
            write(chip + "/name", "mt7996_phy0_" + radio + "\n");
            write(chip + "/temp1_input", (55 + radio) + "000\n");
            Files.createSymbolicLink(root.resolve(chip + "/device"), device);
        }
        Samples samples = collect("hwmon");
        for (int radio = 0; radio < 3; radio++) {
            String chip = "ieee80211_phy0_mt7996_phy0_" + radio;
            assertEquals(55 + radio, samples.value("node_hwmon_temp_celsius[chip=\"" + chip + "\", sensor=\"temp1\"]"));
            assertEquals(
                    1,
                    samples.value(
                            "node_hwmon_chip_names[chip=\"" + chip + "\", chip_name=\"mt7996_phy0_" + radio + "\"]"));
        }
    }

    @Test
    void chipsWithOneNameOfOneDeviceAreToldApartByTheirFolders() throws Exception {
        Path device = Files.createDirectories(root.resolve("sys/devices/platform/asus-nb-wmi"));
        for (String chip : List.of("hwmon3", "hwmon4")) {
            write("sys/class/hwmon/" + chip + "/name", "asus\n");
            write("sys/class/hwmon/" + chip + "/pwm1_enable", "2\n");
            Files.createSymbolicLink(root.resolve("sys/class/hwmon/" + chip + "/device"), device);
        }
        assertEquals(
                Set.of(
                        "node_hwmon_pwm_enable[chip=\"platform_asus_nb_wmi_hwmon3\", sensor=\"pwm1\"]",
                        "node_hwmon_pwm_enable[chip=\"platform_asus_nb_wmi_hwmon4\", sensor=\"pwm1\"]"),
                collect("hwmon").named("node_hwmon_pwm").values().keySet());
    }

    @Test
    void sizesAboveTwoToThe63AreNotBelowZero() throws Exception {
        write("proc/1/mounts", "tmpfs /huge tmpfs rw 0 0\n");
        Samples samples = filesystems(new FilesystemReading(BLOCKS * 4096.0, BLOCKS * 4096.0, BLOCKS * 4096.0, -1, -1));
        for (String name : List.of("size", "free", "avail")) {
            assertEquals(
                    1.8446744073709548e19,
                    samples.value("node_filesystem_" + name
                            + "_bytes[device=\"tmpfs\", fstype=\"tmpfs\", mountpoint=\"/huge\"]"));
        }
    }

    @Test
    void filesystemThatAnErrorMadeReadOnlyIsReadOnly() throws Exception { // Linux 6.15
        write("proc/1/mounts", "/dev/sda1 / ext4 rw,relatime,emergency_ro 0 0\n");
        assertEquals(
                1.0,
                filesystems(new FilesystemReading(10, 5, 5, 1, 1))
                        .value("node_filesystem_readonly[device=\"/dev/sda1\", fstype=\"ext4\", mountpoint=\"/\"]"));
    }

    @Test
    void deviceOfAMountIsAsTheKernelWritesItAndItsPathHasItsBlanks() throws Exception {
        write("proc/1/mounts", "//nas/sp\\040ace /mnt/sp\\040ace\\134x cifs rw 0 0\n");
        List<String> asked = new ArrayList<>();
        Samples samples = Samples.collect(List.<Collector>of(new FilesystemCollector(
                new Kernel(root),
                mount -> {
                    asked.add(mount.path());
                    return new FilesystemReading(10, 5, 5, 1, 1);
                },
                Runnable::run,
                500)));
        assertTrue(
                samples.values().keySet().stream()
                        .anyMatch(series -> series.contains("device=\"//nas/sp\\\\040ace\"")
                                && series.contains("mountpoint=\"/mnt/sp ace\\\\134x\"")),
                samples.values().toString());
        assertEquals(List.of("/mnt/sp ace\\x"), asked);
    }

    @Test
    void carriageReturnIsPartOfTheNameOfAMount() throws Exception {
        write("proc/1/mounts", "/dev/sdb1 /mnt/a\rb ext4 ro 0 0\n");
        List<String> asked = new ArrayList<>();
        FilesystemProbe.Usage usage = mount -> {
            asked.add(mount.path() + " " + mount.type());
            return new FilesystemReading(10, 5, 5, 1, 1);
        };
        new FilesystemCollector(new Kernel(root), usage, Runnable::run, 500).collect(new Families());
        assertEquals(List.of("/mnt/a\rb ext4"), asked);
    }

    @Test
    void counterBelowZeroIsLeftOut() throws Exception {
        write("proc/net/dev", "eth0: 18446744073709551615 10 0 0 0 0 0 0 7 0 0 0 0 0 0 0\n");
        Samples samples = collect("netdev");
        assertFalse(samples.values().containsKey("node_network_receive_bytes_total[device=\"eth0\"]"));
        assertEquals(10, samples.value("node_network_receive_packets_total[device=\"eth0\"]"));
    }

    @Test
    void isolatedProcessorsAreKnown() throws Exception {
        write("proc/stat", "cpu0 1 1 1 1 1 1 1 1 1 1\n");
        write("sys/devices/system/cpu/isolated", "1,3-5,9\n");
        Set<String> isolated = new TreeSet<>();
        collect("cpu")
                .named("node_cpu_isolated")
                .values()
                .keySet()
                .forEach(series -> isolated.add(series.replaceAll("\\D", "")));
        assertEquals(Set.of("1", "3", "4", "5", "9"), isolated);
    }

    @Test
    void ataDisksSayHowTheyTurnAndAnEmptyFilesystemIsNone() throws Exception {
        write("proc/diskstats", "8 0 sda 1 0 8 0 1 0 8 0 0 0 0\n");
        write("run/udev/data/b8:0", """
                E:ID_ATA=1
                E:ID_ATA_ROTATION_RATE_RPM=7200
                E:ID_ATA_WRITE_CACHE=1
                E:ID_ATA_WRITE_CACHE_ENABLED=0
                E:ID_FS_TYPE=
                E:ID_SERIAL=disk1
                """);
        write("sys/block/sda/queue/rotational", "1\n");
        Samples samples = collect("diskstats");
        assertEquals(7200, samples.value("node_disk_ata_rotation_rate_rpm[device=\"sda\"]"));
        assertEquals(1, samples.value("node_disk_ata_write_cache[device=\"sda\"]"));
        assertEquals(0, samples.value("node_disk_ata_write_cache_enabled[device=\"sda\"]"));
        assertTrue(samples.named("node_disk_filesystem").values().isEmpty());
        String info = samples.named("node_disk_info").values().keySet().toString();
        assertTrue(info.contains("rotational=\"1\"") && info.contains("serial=\"disk1\""), info);
    }

    @Test
    void pathsOfAMultipathDiskAreCountedByTheirStates() throws Exception { // node_exporter 1.12's dmmultipath
        write("sys/block/dm-0/dm/uuid", "LVM-abc\n");
        write("sys/block/dm-5/dm/uuid", "mpath-3600508b400105e210000900000490000\n");
        write("sys/block/dm-5/dm/name", "mpatha\n");
        write("sys/block/dm-5/dm/suspended", "0\n");
        write("sys/block/dm-5/size", "104857600\n");
        for (String path : List.of("nvme1n1 live", "sda running", "sdb offline", "sdc ")) {
            String disk = path.substring(0, path.indexOf(' '));
            write("sys/block/dm-5/slaves/" + disk, "");
            write("sys/block/" + disk + "/device/state", path.substring(disk.length() + 1) + "\n");
        }
        String disk = "[device=\"mpatha\", sysfs_name=\"dm-5\"]";
        Samples samples = collect("dmmultipath");
        assertEquals(
                Map.of(
                        "node_dmmultipath_device_active" + disk, 1.0,
                        "node_dmmultipath_device_size_bytes" + disk, 53687091200.0,
                        "node_dmmultipath_device_paths" + disk, 4.0,
                        "node_dmmultipath_device_paths_active" + disk, 2.0,
                        "node_dmmultipath_device_paths_failed" + disk, 1.0),
                samples.named("node_dmmultipath_device_")
                        .without("node_dmmultipath_device_info.*")
                        .values());
        assertEquals(
                Set.of(
                        "node_dmmultipath_path_state[device=\"mpatha\", path=\"nvme1n1\", state=\"live\"]",
                        "node_dmmultipath_path_state[device=\"mpatha\", path=\"sda\", state=\"running\"]",
                        "node_dmmultipath_path_state[device=\"mpatha\", path=\"sdb\", state=\"offline\"]"),
                samples.named("node_dmmultipath_path").values().keySet());
        assertEquals(
                1,
                samples.value("node_dmmultipath_device_info[device=\"mpatha\", sysfs_name=\"dm-5\","
                        + " uuid=\"mpath-3600508b400105e210000900000490000\"]"));
    }

    @Test
    void namesAreAnyBytes() throws Exception {
        write(
                "proc/net/dev",
                "Inter-|\n face |\nbüro0: 1000 10 0 0 0 0 0 0 7 0 0 0 0 0 0 0\neth0: 1 2 0 0 0 0 0 0 3 0 0 0 0 0 0 0\n");
        Samples samples = collect("netdev");
        assertEquals(1000, samples.value("node_network_receive_bytes_total[device=\"büro0\"]"));
        assertEquals(3, samples.value("node_network_transmit_bytes_total[device=\"eth0\"]"));
    }
}
