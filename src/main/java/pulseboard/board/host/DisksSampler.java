package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;
import pulseboard.machine.DiskReading;
import pulseboard.machine.Reader;

/**
 * Block devices: throughput, operations, busy share, mean queue length and mean wait. The arithmetic is that of
 * <a href="https://docs.kernel.org/admin-guide/iostats.html">the kernel's iostats documentation</a>.
 */
final class DisksSampler implements Sampler {

    private static final double MILLISECONDS_PER_SECOND = 1e3;

    private final Reader<Map<String, DiskReading>> reader;
    private final CounterDeltas<Map<String, DiskReading>> intervals;

    DisksSampler(Reader<Map<String, DiskReading>> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public void reset() {
        intervals.reset();
    }

    @Override
    public JsonObject sample() throws IOException {
        intervals.begin();
        Map<String, DiskReading> now = reader.read();
        JsonObject disks = new JsonObject();
        now.keySet().forEach(name -> disks.put(name, new JsonObject()));
        intervals
                .next(now)
                .ifPresent(interval -> interval.before().forEach((name, before) -> {
                    DiskReading disk = now.get(name);
                    if (disk != null) {
                        disks.put(name, rates(before, disk, interval.seconds()));
                    }
                }));
        return disks;
    }

    private static JsonObject rates(DiskReading before, DiskReading now, double seconds) {
        double milliseconds = seconds * MILLISECONDS_PER_SECOND;
        JsonObject disk = new JsonObject();
        Rates.put(disk, "readBytesPerSecond", Rates.rate(before.readBytes(), now.readBytes(), seconds));
        Rates.put(disk, "writtenBytesPerSecond", Rates.rate(before.writtenBytes(), now.writtenBytes(), seconds));
        Rates.put(disk, "readsPerSecond", Rates.rate(before.reads(), now.reads(), seconds));
        Rates.put(disk, "writesPerSecond", Rates.rate(before.writes(), now.writes(), seconds));
        if (areKnown(before.busyMilliseconds(), now.busyMilliseconds())) {
            double busy = (double) now.busyMilliseconds() - before.busyMilliseconds();
            disk.put("busyPercent", Rates.percent(busy, milliseconds));
        }
        if (areKnown(before.queuedMilliseconds(), now.queuedMilliseconds())) {
            double queued = (double) now.queuedMilliseconds() - before.queuedMilliseconds();
            disk.put("queueLength", Rates.oneDecimal(queued / milliseconds));
        }
        if (areKnown(before.waitMilliseconds(), now.waitMilliseconds())
                && areKnown(before.reads(), now.reads())
                && areKnown(before.writes(), now.writes())) {
            long operations = now.reads() + now.writes() - before.reads() - before.writes();
            double waited = (double) now.waitMilliseconds() - before.waitMilliseconds();
            disk.put("averageWaitMilliseconds", operations <= 0 ? 0.0 : Rates.oneDecimal(waited / operations));
        }
        return disk;
    }

    private static boolean areKnown(long before, long now) {
        return before >= 0 && now >= 0;
    }
}
