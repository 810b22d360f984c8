package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pulseboard.board.host.HostConfig;
import pulseboard.machine.Mount;

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
                        new Mount("/mnt/twice", "btrfs", "/dev/sdd1"),
                        new Mount("/run", "tmpfs", "tmpfs")),
                List.copyOf(new MountInfo(Captured.proc("metal"), IGNORE).read()));
    }

    @Test
    void containerShowsItsRootAndItsVolumesButNoBoundEtcFiles() throws IOException {
        assertEquals(
                List.of(
                        new Mount("/", "overlay", "overlay"),
                        new Mount("/data", "ext4", "/dev/vda1"),
                        new Mount("/dev/shm", "tmpfs", "shm")),
                List.copyOf(new MountInfo(Captured.proc("docker"), IGNORE).read()));
    }

    @Test
    void ignoredPathIsLeftOut() throws IOException {
        List<String> paths =
                MountInfo.parse(Words.of(Captured.text("metal", "self/mountinfo")), () -> null, Pattern.compile("/m.*"))
                        .stream()
                        .map(Mount::path)
                        .toList();
        // With its root ignored, the disk shows by the part that is mounted elsewhere.
        assertEquals(List.of("/", "/boot/efi", "/run", "/srv/photos"), paths);
    }

    @Test
    void bindMountNeverReplacesTheWholeDevice() {
        String bindFirst = """
                40 1 8:1 /sub /a rw - ext4 /dev/sda1 rw
                41 40 8:1 / /a/longer/path rw - ext4 /dev/sda1 rw
                42 40 8:1 / /a/path rw - ext4 /dev/sda1 rw
                """;
        assertEquals(
                List.of(new Mount("/a/path", "ext4", "/dev/sda1")),
                List.copyOf(MountInfo.parse(Words.of(bindFirst), () -> null, IGNORE)));
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
                MountInfo.parse(Words.of(text), () -> null, IGNORE).stream()
                        .map(Mount::path)
                        .toList());
    }

    @Test
    void mountThatAnotherOneCoversIsLeftOut() {
        // /data is mounted when /data/sub is there already, and /again twice; the third list is out of order, as ids
        // are.
        assertEquals(List.of("/", "/data"), paths("""
                1 0 8:1 / / rw - ext4 /dev/sda1 rw
                2 1 8:2 / /data/sub rw - ext4 /dev/sda2 rw
                3 1 8:3 / /data rw - ext4 /dev/sda3 rw
                """));
        assertEquals(List.of("/", "/data", "/data/sub"), paths("""
                1 0 8:1 / / rw - ext4 /dev/sda1 rw
                3 1 8:3 / /data rw - ext4 /dev/sda3 rw
                2 3 8:2 / /data/sub rw - ext4 /dev/sda2 rw
                """));
        assertEquals(
                List.of("/dev/sda1", "/dev/sda3"),
                mounts("""
                1 0 8:1 / / rw - ext4 /dev/sda1 rw
                2 9 8:3 / /again rw - ext4 /dev/sda3 rw
                9 1 8:2 / /again rw - ext4 /dev/sda2 rw
                """).stream().map(Mount::device).toList());
        assertEquals(List.of("/"), paths("""
                1 0 8:1 / / rw - ext4 /dev/sda1 rw
                2 1 8:2 / /a rw - ext4 /dev/sda2 rw
                3 2 8:3 / /a/b rw - ext4 /dev/sda3 rw
                4 2 0:9 / /a rw - ramfs none rw
                """), "covered by what is not shown itself, and what stands on it too");
    }

    @Test
    void automountTellsAfterHowLongItGoes() {
        List<Mount> mounts = mounts("""
                1 0 8:1 / / rw - ext4 /dev/sda1 rw
                40 1 0:40 / /mnt/nas rw - autofs systemd-1 rw,fd=44,pgrp=1,timeout=60,minproto=5,maxproto=5,direct
                41 40 0:41 / /mnt/nas rw - nfs4 nas:/export rw,vers=4.2
                50 1 0:50 / /misc rw - autofs /etc/auto.misc rw,fd=7,timeout=300,indirect
                51 50 8:17 / /misc/usb rw - ext4 /dev/sdb1 rw
                60 1 0:60 / /mnt/stays rw - autofs systemd-1 rw,fd=45,timeout=0,direct
                61 60 0:61 / /mnt/stays rw - nfs4 nas:/other rw
                """);
        assertEquals(
                List.of("/ 0", "/misc/usb 300", "/mnt/nas 60", "/mnt/stays 0"),
                mounts.stream()
                        .map(mount -> mount.path() + " " + mount.idleSeconds())
                        .toList());
    }

    @Test
    void filesystemThatTheKernelMadeReadOnlyIsToldFromOneThatPeopleMountedSo() {
        String text = """
                1 0 8:1 / / rw - ext4 /dev/sda1 ro,errors=remount-ro
                2 1 8:2 / /new rw - ext4 /dev/sda2 rw,emergency_ro
                3 1 8:3 / /archive ro - ext4 /dev/sda3 ro
                4 1 8:4 / /fine rw - ext4 /dev/sda4 rw
                5 1 8:5 / /service ro - ext4 /dev/sda5 ro
                6 1 8:6 / /protected ro - ext4 /dev/sda6 rw
                """;
        String first = "25 1 8:5 / /service rw - ext4 /dev/sda5 ro\n23 1 8:3 / /archive ro - ext4 /dev/sda3 ro\n";
        assertEquals(
                Map.of(
                        "/", Mount.Access.FORCED_READ_ONLY,
                        "/new", Mount.Access.FORCED_READ_ONLY,
                        "/archive", Mount.Access.READ_ONLY,
                        "/fine", Mount.Access.WRITABLE,
                        "/service", Mount.Access.FORCED_READ_ONLY,
                        "/protected", Mount.Access.WRITABLE),
                MountInfo.parse(Words.of(text), () -> Words.of(first), IGNORE).stream()
                        .collect(Collectors.toMap(Mount::path, Mount::access)));
    }

    @Test
    void linuxOnWindowsShowsItsDiskAndTheDrivesOfWindows() {
        assertEquals(List.of("/", "/mnt/c", "/mnt/d"), paths("""
                60 40 8:32 / / rw,relatime - ext4 /dev/sdc rw,discard,errors=remount-ro,data=ordered
                61 60 0:29 / /mnt/wsl rw,relatime shared:1 - tmpfs none rw
                62 60 0:30 /init /init ro,relatime - 9p tools ro,dirsync,aname=tools;fmode=755,trans=fd,rfd=6,wfd=6
                63 60 0:31 / /usr/lib/wsl/drivers ro,nosuid,nodev,noatime - 9p drivers ro,dirsync,aname=drivers
                64 60 0:46 / /mnt/c rw,noatime - 9p C:\\134 rw,dirsync,aname=drvfs;path=C:\\;uid=1000
                65 60 0:47 / /mnt/d rw,noatime - 9p D:\\134 rw,dirsync,aname=drvfs;path=D:\\;uid=1000
                66 61 7:0 / /mnt/wsl/docker-desktop/cli-tools ro,relatime shared:2 - iso9660 /dev/loop0 ro
                67 61 8:48 / /mnt/wsl/docker-desktop-data/isocache rw,relatime shared:3 - ext4 /dev/sdd rw
                68 61 8:64 / /mnt/wsl/docker-desktop/shared-sockets/guest-services rw - ext4 /dev/sde rw
                """));
    }

    private static List<String> paths(String text) {
        return mounts(text).stream().map(Mount::path).toList();
    }

    private static List<Mount> mounts(String text) {
        return List.copyOf(MountInfo.parse(Words.of(text), () -> null, IGNORE));
    }
}
