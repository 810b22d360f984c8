package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Block devices: throughput, operations, busy share, mean queue length and mean wait. The arithmetic is that of
 * <a href="https://docs.kernel.org/admin-guide/iostats.html">the kernel's iostats documentation</a>.
 */
final class DisksSampler implements Sampler {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLISECONDS_PER_SECOND = 1e3;

    private final Reader<Map<String, DiskReading>> reader;
    private final LongSupplier nanoClock;
    private Map<String, DiskReading> before = Map.of();
    private long beforeNanos;

    DisksSampler(Reader<Map<String, DiskReading>> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public JsonObject sample() throws IOException {
        Map<String, DiskReading> now = reader.read();
        long nowNanos = nanoClock.getAsLong();
        double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
        JsonObject disks = new JsonObject();
        now.forEach((name, disk) -> {
            DiskReading earlier = before.get(name);
            disks.put(name, earlier == null ? new JsonObject() : rates(earlier, disk, seconds));
        });
        before = now;
        beforeNanos = nowNanos;
        return disks;
    }

    private static JsonObject rates(DiskReading before, DiskReading now, double seconds) {
        double milliseconds = seconds * MILLISECONDS_PER_SECOND;
        JsonObject disk = new JsonObject()
                .put("readBytesPerSecond", Rates.perSecond(before.readBytes(), now.readBytes(), seconds))
                .put("writtenBytesPerSecond", Rates.perSecond(before.writtenBytes(), now.writtenBytes(), seconds))
                .put("readsPerSecond", Rates.perSecond(before.reads(), now.reads(), seconds))
                .put("writesPerSecond", Rates.perSecond(before.writes(), now.writes(), seconds))
                .put(
                        "busyPercent",
                        Rates.percent((double) now.busyMilliseconds() - before.busyMilliseconds(), milliseconds));
        if (now.queuedMilliseconds() >= 0) {
            long queued = now.queuedMilliseconds() - before.queuedMilliseconds();
            disk.put("queueLength", Rates.oneDecimal(queued / milliseconds));
        }
        if (now.waitMilliseconds() >= 0) {
            long operations = now.reads() + now.writes() - before.reads() - before.writes();
            double waited = (double) now.waitMilliseconds() - before.waitMilliseconds();
            disk.put("averageWaitMilliseconds", operations <= 0 ? 0.0 : Rates.oneDecimal(waited / operations));
        }
        return disk;
    }
}
