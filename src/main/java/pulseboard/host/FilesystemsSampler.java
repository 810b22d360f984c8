package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.Executor;

/** How full each mounted filesystem is; one that does not answer shows as unavailable. */
final class FilesystemsSampler implements Sampler {

    private final Reader<Collection<Mount>> mounts;
    private final int intervalSeconds;
    private final Fills fills;

    FilesystemsSampler(Reader<Collection<Mount>> mounts, Fills.Usage usage, Executor threads, HostConfig config) {
        this.mounts = mounts;
        this.intervalSeconds = config.filesystemsIntervalSeconds();
        // All mounts together stay within what this sampler itself is given.
        this.fills = new Fills(usage, threads, config.deadlineMilliseconds() / 2);
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
        fills.read(mounts.read()).forEach((mount, answer) -> {
            JsonObject filesystem = new JsonObject().put("type", mount.type()).put("device", mount.device());
            if (answer.reading() == null) {
                filesystem.put("unavailable", answer.reason());
            } else {
                putFill(filesystem, answer.reading());
            }
            filesystems.put(mount.path(), filesystem);
        });
        return filesystems;
    }

    private static void putFill(JsonObject filesystem, FilesystemReading fill) {
        long used = fill.totalBytes() - fill.freeBytes();
        filesystem
                .put("totalBytes", fill.totalBytes())
                .put("usedBytes", Rates.bytes(used))
                .put("freeBytes", Rates.bytes(fill.availableBytes()))
                // As df(1) counts: what is reserved for root is neither used nor to be had.
                .put("usedPercent", Rates.percent(used, used + fill.availableBytes()));
        if (fill.totalInodes() > 0) {
            long usedInodes = fill.totalInodes() - fill.freeInodes();
            filesystem.put("inodesUsedPercent", Rates.percent(usedInodes, fill.totalInodes()));
        }
    }
}
