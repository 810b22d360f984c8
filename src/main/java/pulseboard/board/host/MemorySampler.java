package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import pulseboard.board.host.CounterDeltas.Interval;
import pulseboard.machine.MemoryReading;
import pulseboard.machine.Reader;

/** Memory and swap. Used is total minus available: cache that the kernel gives back on demand is not in use. */
final class MemorySampler implements Sampler {

    private final Reader<MemoryReading> reader;
    private final CounterDeltas<MemoryReading> intervals;

    MemorySampler(Reader<MemoryReading> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void reset() {
        intervals.reset();
    }

    @Override
    public JsonObject sample() throws IOException {
        intervals.begin();
        MemoryReading now = reader.read();
        Optional<Interval<MemoryReading>> interval = intervals.next(now);
        JsonObject memory = new JsonObject();
        if (now.total() >= 0) {
            memory.put("totalBytes", now.total());
        }
        putKnownBytes(memory, "availableBytes", now.available());
        if (now.total() >= 0 && now.available() >= 0) {
            long used = now.total() - now.available();
            memory.put("usedBytes", Rates.bytes(used)).put("usedPercent", Rates.percent(used, now.total()));
        }
        putKnownBytes(memory, "cachedBytes", now.cached());
        putKnownBytes(memory, "buffersBytes", now.buffers());
        if (now.swapTotal() > 0) {
            memory.put("swap", swap(now, interval));
        }
        return memory;
    }

    private static JsonObject swap(MemoryReading now, Optional<Interval<MemoryReading>> interval) {
        JsonObject swap = new JsonObject().put("totalBytes", now.swapTotal());
        if (now.swapUsed() >= 0) {
            swap.put("usedBytes", Rates.bytes(now.swapUsed()))
                    .put("usedPercent", Rates.percent(now.swapUsed(), now.swapTotal()));
        }
        interval.ifPresent(since -> {
            MemoryReading before = since.before();
            Rates.put(swap, "inBytesPerSecond", Rates.rate(before.swappedIn(), now.swappedIn(), since.seconds()));
            Rates.put(swap, "outBytesPerSecond", Rates.rate(before.swappedOut(), now.swappedOut(), since.seconds()));
        });
        return swap;
    }

    private static void putKnownBytes(JsonObject memory, String key, long bytes) {
        if (bytes >= 0) {
            memory.put(key, Rates.bytes(bytes));
        }
    }
}
