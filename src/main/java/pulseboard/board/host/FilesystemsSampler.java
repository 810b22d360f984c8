package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executor;
import pulseboard.machine.FilesystemProbe;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.Mount;
import pulseboard.machine.Reader;

/** How full each mounted filesystem is; one that does not answer shows as unavailable. */
final class FilesystemsSampler implements Sampler {

    private static final Set<String> SYSTEM_MEMORY = Set.of("/dev/shm", "/run");
    private static final double SYSTEM_MEMORY_LEAST_PERCENT = 80;

    private final Reader<Collection<Mount>> mounts;
    private final int intervalSeconds;
    private final FilesystemProbe probe;

    FilesystemsSampler(
            Reader<Collection<Mount>> mounts, FilesystemProbe.Usage usage, Executor threads, HostConfig config) {
        this.mounts = mounts;
        this.intervalSeconds = config.filesystemsIntervalSeconds();
        // All mounts together stay within what this sampler itself is given.
        this.probe = new FilesystemProbe(usage, threads, config.deadlineMilliseconds() / 2);
    }

    @Override
    public String name() {
        return "filesystems";
    }

    @Override
    public int intervalSeconds() {
        return intervalSeconds;
    }

    @Override
    public JsonObject sample() throws IOException {
        JsonObject filesystems = new JsonObject();
        probe.read(mounts.read()).forEach((mount, answer) -> {
            FilesystemReading fill = answer.reading();
            if (fill != null && !isShown(mount, fill)) {
                return;
            }
            JsonObject filesystem = new JsonObject().put("type", mount.type()).put("device", mount.device());
            if (mount.access() == Mount.Access.FORCED_READ_ONLY) {
                filesystem.put("forcedReadOnly", true);
            }
            if (fill == null) {
                filesystem.put("unavailable", answer.reason());
            } else {
                putFill(filesystem, fill);
            }
            filesystems.put(mount.path(), filesystem);
        });
        return filesystems;
    }

    /**
     * One of no size holds nothing. One that was mounted read-only and has no room is an image (a disc, an AppImage, the root of
     * an image-based system), which is full by nature. Memory that is the system's own is worth a word only when it runs out.
     */
    private static boolean isShown(Mount mount, FilesystemReading fill) {
        boolean image = mount.access() == Mount.Access.READ_ONLY && fill.freeBytes() <= 0;
        boolean roomyMemory = SYSTEM_MEMORY.contains(mount.path())
                && mount.type().equals("tmpfs")
                && usedPercent(fill) < SYSTEM_MEMORY_LEAST_PERCENT;
        return fill.totalBytes() > 0 && !image && !roomyMemory;
    }

    /** As df(1) counts: what is reserved for root is neither used nor to be had. */
    private static double usedPercent(FilesystemReading fill) {
        double used = fill.totalBytes() - fill.freeBytes();
        return Rates.percent(used, used + fill.availableBytes());
    }

    private static void putFill(JsonObject filesystem, FilesystemReading fill) {
        filesystem
                .put("totalBytes", Rates.exactBytes(fill.totalBytes()))
                .put("usedBytes", Rates.bytes(fill.totalBytes() - fill.freeBytes()))
                .put("freeBytes", Rates.bytes(fill.availableBytes()))
                .put("usedPercent", usedPercent(fill));
        if (fill.totalInodes() > 0) {
            long usedInodes = fill.totalInodes() - fill.freeInodes();
            filesystem.put("inodesUsedPercent", Rates.percent(usedInodes, fill.totalInodes()));
        }
    }
}
