package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pulseboard.host.HostConfig;
import pulseboard.host.Mount;

class MountInfoTest {

    private static final Pattern IGNORE = Pattern.compile(HostConfig.DEFAULT.ignoreFilesystems());

    @Test
    void filesystemsOfPeopleAreShownAndEachDeviceOnce() throws IOException {
        assertEquals(
                List.of(
                        new Mount("/", "ext4", "/dev/mapper/vg0-root"),
                        new Mount("/media/anna/Backup Disk 1", "ext4", "/dev/sda1"),
                        new Mount("/mnt/back\\slash\ttab", "xfs", "/dev/sdb1"),
                        new Mount("/mnt/team", "nfs4", "files.example.org:/export/team a"),
                        new Mount("/mnt/twice", "btrfs", "/dev/sdd1")),
                List.copyOf(new MountInfo(Captured.proc("metal"), IGNORE).read()));
    }

    @Test
    void containerShowsItsRootAndItsVolumesButNoBoundEtcFiles() throws IOException {
        assertEquals(
                List.of(new Mount("/", "overlay", "overlay"), new Mount("/data", "ext4", "/dev/vda1")),
                List.copyOf(new MountInfo(Captured.proc("docker"), IGNORE).read()));
    }

    @Test
    void ignoredPathIsLeftOut() throws IOException {
        List<String> paths = MountInfo.parse(Captured.text("metal", "self/mountinfo"), Pattern.compile("/m.*")).stream()
                .map(Mount::path)
                .toList();
        // With its root ignored, the disk shows by the part that is mounted elsewhere.
        assertEquals(List.of("/", "/boot/efi", "/srv/photos"), paths);
    }

    @Test
    void bindMountNeverReplacesTheWholeDevice() {
        String bindFirst = """
                40 1 8:1 /sub /a rw - ext4 /dev/sda1 rw
                41 1 8:1 / /a/longer/path rw - ext4 /dev/sda1 rw
                42 1 8:1 / /a/path rw - ext4 /dev/sda1 rw
                """;
        assertEquals(
                List.of(new Mount("/a/path", "ext4", "/dev/sda1")), List.copyOf(MountInfo.parse(bindFirst, IGNORE)));
    }

    @Test
    void oddNamesAndTornLinesTakeNothingElseAway() {
        String text = """
                27 1 254:0 / / rw - ext4 /dev/vda rw
                28 27 7:1 / /mnt/a\rb rw - ext4 /dev/loop1 rw
                7:2 / /mnt/torn rw
                29 27 7:3 / /mnt/c rw - ext4""";
        assertEquals(
                List.of("/", "/mnt/a\rb"),
                MountInfo.parse(text, IGNORE).stream().map(Mount::path).toList());
    }
}
