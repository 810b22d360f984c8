package pulseboard.prometheus.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.FilesystemProbe;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Samples;

@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilesystemCollectorTest {

    private static final FilesystemReading FILL = new FilesystemReading(1000, 400, 300, 50, 20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);

    @TempDir
    private Path root;

    @AfterEach
    void end() {
        open.countDown();
        threads.shutdownNow();
    }

    private Samples collect(String mounts, FilesystemProbe.Usage usage) throws Exception {
        Files.createDirectories(root.resolve("proc/1"));
        Files.writeString(root.resolve("proc/1/mounts"), mounts);
        return Samples.collect(List.of(new FilesystemCollector(new Kernel(root), usage, threads, 200)));
    }

    @Test
    void filesystemThatHangsOnlySaysSo() throws Exception {
        Samples samples = collect("""
                /dev/vda1 / ext4 rw,relatime 0 0
                server:/share /mnt/a\\040share nfs4 rw 0 0
                """, mount -> {
            if (mount.type().equals("nfs4")) {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return FILL;
        });
        String hung = "[device=\"server:/share\", fstype=\"nfs4\", mountpoint=\"/mnt/a share\"]";
        String root = "[device=\"/dev/vda1\", fstype=\"ext4\", mountpoint=\"/\"]";
        assertEquals(1.0, samples.values().get("node_filesystem_device_error" + hung));
        assertEquals(0.0, samples.values().get("node_filesystem_device_error" + root));
        assertEquals(300.0, samples.values().get("node_filesystem_avail_bytes" + root));
        assertEquals(20.0, samples.values().get("node_filesystem_files_free" + root));
        assertEquals(
                1,
                samples.values().keySet().stream()
                        .filter(series -> series.endsWith(hung))
                        .count());
    }

    /** Asking counts as use: what is asked at each scrape is never unmounted, and its disks never sleep. */
    @Test
    void automountIsNotAskedAtEachScrape() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Files.createDirectories(root.resolve("proc/1"));
        Files.writeString(root.resolve("proc/1/mounts"), """
                /dev/vda1 / ext4 rw,relatime 0 0
                systemd-1 /mnt/a\\040nas autofs rw,relatime,fd=44,pgrp=1,timeout=60,minproto=5,maxproto=5,direct 0 0
                nas:/a /mnt/a\\040nas nfs4 rw 0 0
                nas:/a /mnt/a\\040nas nfs4 rw 0 0
                /dev/vdc1 /mnt/a\\040nas/inner ext4 rw 0 0
                /etc/auto.misc /misc autofs rw,fd=7,pgrp=9,timeout=300,indirect 0 0
                /dev/sdb1 /misc/usb ext4 rw 0 0
                systemd-1 /mnt/stays autofs rw,fd=45,timeout=0,direct 0 0
                nas:/b /mnt/stays nfs4 rw 0 0
                /dev/vdd1 /miscellany ext4 rw 0 0
                """);
        List<Collector> filesystems = List.of(new FilesystemCollector(
                new Kernel(root),
                mount -> {
                    asked.add(mount.path());
                    return FILL;
                },
                threads,
                10_000));
        Samples first = Samples.collect(filesystems);
        assertEquals(
                List.of("/", "/misc/usb", "/miscellany", "/mnt/a nas", "/mnt/a nas/inner", "/mnt/stays"),
                asked.stream().sorted().toList());
        asked.clear();
        assertEquals(first.values(), Samples.collect(filesystems).values());
        assertEquals(
                List.of("/", "/miscellany", "/mnt/a nas/inner", "/mnt/stays"),
                asked.stream().sorted().toList());
    }

    @Test
    void mountsThatAreNoDisksAreLeftOutAndReadOnlyOnesAreKnown() throws Exception {
        Samples samples = collect("""
                /dev/vda1 / ext4 rw,relatime 0 0
                /dev/vda1 / ext4 rw,relatime 0 0
                proc /proc proc rw 0 0
                tmpfs /run tmpfs rw 0 0
                tmpfs /tmp tmpfs rw 0 0
                overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0
                /dev/vdb1 /media/disk vfat ro,errors=remount-ro 0 0
                """, mount -> FILL);
        Set<String> readOnly = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        samples.named("node_filesystem_readonly").values().forEach((series, value) -> {
            String path = series.replaceAll(".*mountpoint=\"(.*)\"]", "$1");
            all.add(path);
            if (value == 1) {
                readOnly.add(path);
            }
        });
        assertEquals(Set.of("/", "/tmp", "/media/disk"), all);
        assertEquals(Set.of("/media/disk"), readOnly);
    }
}
