package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Memory and swap. Used is total minus available: cache that the kernel gives back on demand is not in use. */
final class MemorySampler implements Sampler {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Reader<MemoryReading> reader;
    private final LongSupplier nanoClock;
    private @Nullable MemoryReading before;
    private long beforeNanos;

    MemorySampler(Reader<MemoryReading> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public JsonObject sample() throws IOException {
        MemoryReading now = reader.read();
        long nowNanos = nanoClock.getAsLong();
        long used = now.total() - now.available();
        JsonObject memory = new JsonObject()
                .put("totalBytes", now.total())
                .put("usedBytes", Rates.bytes(used))
                .put("availableBytes", Rates.bytes(now.available()))
                .put("usedPercent", Rates.percent(used, now.total()));
        putKnownBytes(memory, "cachedBytes", now.cached());
        putKnownBytes(memory, "buffersBytes", now.buffers());
        if (now.swapTotal() > 0) {
            memory.put("swap", swap(now, (nowNanos - beforeNanos) / NANOS_PER_SECOND));
        }
        before = now;
        beforeNanos = nowNanos;
        return memory;
    }

    private JsonObject swap(MemoryReading now, double seconds) {
        JsonObject swap = new JsonObject()
                .put("totalBytes", now.swapTotal())
                .put("usedBytes", Rates.bytes(now.swapUsed()))
                .put("usedPercent", Rates.percent(now.swapUsed(), now.swapTotal()));
        if (before != null && now.swappedIn() >= 0) {
            swap.put("inBytesPerSecond", Rates.perSecond(before.swappedIn(), now.swappedIn(), seconds));
            swap.put("outBytesPerSecond", Rates.perSecond(before.swappedOut(), now.swappedOut(), seconds));
        }
        return swap;
    }

    private static void putKnownBytes(JsonObject memory, String key, long bytes) {
        if (bytes >= 0) {
            memory.put(key, Rates.bytes(bytes));
        }
    }
}
