package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How full each mounted filesystem is. Each is asked on a thread of its own, because a network mount whose server is gone
 * may block for ever: that one alone shows as unavailable, and is not asked again before it has answered.
 */
final class FilesystemsSampler implements Sampler {

    /** Asks one filesystem for its fill; may block for as long as it does not answer. */
    interface Usage {
        FilesystemReading read(Mount mount) throws IOException;
    }

    private final Reader<Collection<Mount>> mounts;
    private final Usage usage;
    private final Executor threads;
    private final int intervalSeconds;
    private final long deadlineMilliseconds;
    private final Map<Mount, CompletableFuture<FilesystemReading>> underWay = new HashMap<>();

    FilesystemsSampler(Reader<Collection<Mount>> mounts, Usage usage, Executor threads, HostConfig config) {
        this.mounts = mounts;
        this.usage = usage;
        this.threads = threads;
        this.intervalSeconds = config.filesystemsIntervalSeconds();
        // All mounts together stay within what this sampler itself is given.
        this.deadlineMilliseconds = config.deadlineMilliseconds() / 2;
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
        Collection<Mount> mounted = mounts.read();
        underWay.keySet().retainAll(mounted);
        mounted.forEach(mount -> underWay.computeIfAbsent(mount, this::ask));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMilliseconds);
        JsonObject filesystems = new JsonObject();
        for (Mount mount : mounted) {
            JsonObject filesystem = new JsonObject().put("type", mount.type()).put("device", mount.device());
            putAnswer(filesystem, mount, deadline);
            filesystems.put(mount.path(), filesystem);
        }
        return filesystems;
    }

    private CompletableFuture<FilesystemReading> ask(Mount mount) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return usage.read(mount);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                threads);
    }

    private void putAnswer(JsonObject filesystem, Mount mount, long deadlineNanos) {
        CompletableFuture<FilesystemReading> answer = underWay.get(mount);
        if (answer == null) {
            return;
        }
        try {
            putFill(filesystem, answer.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS));
            underWay.remove(mount);
        } catch (TimeoutException e) {
            filesystem.put("unavailable", "no answer within " + deadlineMilliseconds + " ms");
        } catch (ExecutionException e) {
            underWay.remove(mount);
            filesystem.put("unavailable", reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getCause() == null
                ? String.valueOf(cause)
                : String.valueOf(cause.getCause().getMessage());
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
