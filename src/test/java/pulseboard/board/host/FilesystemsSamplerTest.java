package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulseboard.machine.DaemonThreads;
import pulseboard.machine.FilesystemProbe;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.Made;
import pulseboard.machine.Mount;

class FilesystemsSamplerTest {

    private static final Mount ROOT = new Mount("/", "ext4", "/dev/sda1");
    private static final Mount SHARE = new Mount("/mnt/a share", "nfs4", "server:/share");
    private static final FilesystemReading FILL =
            new FilesystemReading(1_000_000_000, 400_000_000, 300_000_000, 1_000, 250);
    private static final HostConfig CONFIG =
            new HostConfig(HostConfig.AUTO, 1000, 10, 1000, 15, "lo", "loop", "/boot", "");

    private final ExecutorService threads = DaemonThreads.create();
    private final Made<Collection<Mount>> mounts = new Made<>(List.of(ROOT));

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void fillIsCountedAsDfCounts() throws IOException {
        JsonObject filesystems = sampler(mount -> FILL).sample();
        assertEquals(
                new JsonObject()
                        .put("type", "ext4")
                        .put("device", "/dev/sda1")
                        .put("totalBytes", 1_000_000_000L)
                        .put("usedBytes", 600_000_000L)
                        .put("freeBytes", 300_000_000L)
                        .put("usedPercent", 66.7)
                        .put("inodesUsedPercent", 75.0),
                filesystems.getJsonObject("/"));
    }

    @Test
    void filesystemWithoutInodesShowsNone() throws IOException {
        FilesystemsSampler sampler = sampler(mount -> new FilesystemReading(10, 5, 5, 0, 0));
        assertFalse(sampler.sample().getJsonObject("/").containsKey("inodesUsedPercent"));
    }

    @Test
    void failingFilesystemIsUnavailableAlone() throws IOException {
        mounts.set(List.of(ROOT, SHARE));
        JsonObject filesystems = sampler(mount -> {
                    if (mount.equals(SHARE)) {
                        throw new IOException("stale file handle");
                    }
                    return FILL;
                })
                .sample();
        assertEquals(
                "stale file handle", filesystems.getJsonObject(SHARE.path()).getString("unavailable"));
        assertEquals(66.7, filesystems.getJsonObject("/").getDouble("usedPercent"));
    }

    @Test
    void unexpectedFailureOfOneLeavesTheOthers() throws IOException {
        mounts.set(List.of(SHARE, ROOT));
        JsonObject filesystems = sampler(mount -> {
                    if (mount.equals(SHARE)) {
                        throw new IllegalStateException("odd");
                    }
                    return FILL;
                })
                .sample();
        assertTrue(
                filesystems.getJsonObject(SHARE.path()).getString("unavailable").contains("odd"));
        assertFalse(filesystems.getJsonObject("/").containsKey("unavailable"));
    }

    @Test
    void hangingMountIsUnavailableAloneNotAskedAgainAndRecovers() throws IOException {
        CountDownLatch serverIsBack = new CountDownLatch(1);
        Map<Mount, AtomicInteger> asked = new ConcurrentHashMap<>();
        // The hanging one comes first, so that it could hold up the other.
        mounts.set(List.of(SHARE, ROOT));
        FilesystemsSampler sampler = sampler(mount -> {
            asked.computeIfAbsent(mount, key -> new AtomicInteger()).incrementAndGet();
            if (mount.equals(SHARE)) {
                awaitUnchecked(serverIsBack);
            }
            return FILL;
        });
        for (int sample = 1; sample <= 2; sample++) {
            JsonObject filesystems = sampler.sample();
            JsonObject share = filesystems.getJsonObject(SHARE.path());
            assertEquals("no answer within 500 ms", share.getString("unavailable"));
            assertFalse(share.containsKey("usedPercent"));
            assertEquals("nfs4", share.getString("type"));
            assertEquals(66.7, filesystems.getJsonObject("/").getDouble("usedPercent"));
            assertEquals(1, count(asked, SHARE), "a hanging mount was asked again");
            assertEquals(sample, count(asked, ROOT));
        }
        serverIsBack.countDown();
        assertEquals(66.7, sampler.sample().getJsonObject(SHARE.path()).getDouble("usedPercent"));
        assertFalse(sampler.sample().getJsonObject(SHARE.path()).containsKey("unavailable"));
        assertEquals(2, count(asked, SHARE), "a mount that answered is asked each time again");
    }

    @Test
    void unmountedFilesystemIsGone() throws IOException {
        FilesystemsSampler sampler = sampler(mount -> FILL);
        mounts.set(List.of(ROOT, SHARE));
        assertEquals(2, sampler.sample().size());
        mounts.set(List.of(ROOT));
        assertEquals(Set.of("/"), sampler.sample().fieldNames());
    }

    @Test
    void imagesAndWhatHasNoSizeAreNotFilesystemsToFill() throws IOException {
        Mount image = new Mount("/", "overlay", "composefs", Mount.Access.READ_ONLY, 0);
        Mount disk = new Mount("/sysroot", "xfs", "/dev/vda4");
        Mount full = new Mount("/full", "ext4", "/dev/vdb", Mount.Access.WRITABLE, 0);
        Mount broken = new Mount("/broken", "ext4", "/dev/vdc", Mount.Access.FORCED_READ_ONLY, 0);
        Mount archive = new Mount("/archive", "ext4", "/dev/vdd", Mount.Access.READ_ONLY, 0);
        Mount nothing = new Mount("/proc/fs/nfsd", "nfsd", "nfsd");
        mounts.set(List.of(image, disk, full, broken, archive, nothing));
        FilesystemReading noRoom = new FilesystemReading(6_081_740, 0, 0, 0, 0);
        JsonObject filesystems = sampler(mount -> mount.equals(nothing)
                        ? new FilesystemReading(0, 0, 0, 0, 0)
                        : mount.equals(disk) || mount.equals(archive) ? FILL : noRoom)
                .sample();
        assertEquals(Set.of("/sysroot", "/full", "/broken", "/archive"), filesystems.fieldNames());
        assertEquals(100.0, filesystems.getJsonObject("/full").getDouble("usedPercent"));
        assertEquals(true, filesystems.getJsonObject("/broken").getBoolean("forcedReadOnly"));
        assertFalse(filesystems.getJsonObject("/archive").containsKey("forcedReadOnly"));
    }

    @Test
    void memoryOfTheSystemIsShownOnlyWhenItRunsOut() throws IOException {
        mounts.set(List.of(
                new Mount("/tmp", "tmpfs", "tmpfs"),
                new Mount("/run", "tmpfs", "tmpfs"),
                new Mount("/dev/shm", "tmpfs", "tmpfs")));
        FilesystemsSampler sampler = sampler(mount -> mount.path().equals("/dev/shm")
                ? new FilesystemReading(100, 10, 10, 0, 0)
                : new FilesystemReading(100, 70, 70, 0, 0));
        assertEquals(Set.of("/tmp", "/dev/shm"), sampler.sample().fieldNames());
    }

    @Test
    void sizeMayBeMoreThanALongHolds() throws IOException {
        JsonObject filesystem = sampler(mount -> new FilesystemReading(0x1p64, 0x1p63, 0x1p63, 0, 0))
                .sample()
                .getJsonObject("/");
        assertEquals(0x1p64, filesystem.getDouble("totalBytes"));
        assertEquals(0x1p63, filesystem.getDouble("usedBytes"));
        assertEquals(50.0, filesystem.getDouble("usedPercent"));
    }

    @Test
    void intervalIsTheOneThatIsSet() {
        assertEquals(10, sampler(mount -> FILL).intervalSeconds());
    }

    private FilesystemsSampler sampler(FilesystemProbe.Usage usage) {
        return new FilesystemsSampler(mounts, usage, threads, CONFIG);
    }

    private static int count(Map<Mount, AtomicInteger> asked, Mount mount) {
        return asked.getOrDefault(mount, new AtomicInteger()).get();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
