package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Use against the limits of this container; empty outside of one and in one without limits. */
final class ContainerSampler implements Sampler {

    private static final double NANOS_PER_MICROSECOND = 1e3;

    private final Reader<Optional<ContainerReading>> reader;
    private final LongSupplier nanoClock;
    private @Nullable ContainerReading before;
    private long beforeNanos;

    ContainerSampler(Reader<Optional<ContainerReading>> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public JsonObject sample() throws IOException {
        Optional<ContainerReading> reading = reader.read();
        long nowNanos = nanoClock.getAsLong();
        JsonObject container = new JsonObject();
        reading.ifPresent(now -> {
            if (now.cpuLimitCores() > 0) {
                putCpu(container, now, (nowNanos - beforeNanos) / NANOS_PER_MICROSECOND);
            }
            if (now.memoryLimitBytes() > 0) {
                container
                        .put("memoryLimitBytes", now.memoryLimitBytes())
                        .put("memoryUsedBytes", Rates.bytes(now.memoryUsedBytes()))
                        .put("memoryUsedPercent", Rates.percent(now.memoryUsedBytes(), now.memoryLimitBytes()));
            }
        });
        before = reading.orElse(null);
        beforeNanos = nowNanos;
        return container;
    }

    private void putCpu(JsonObject container, ContainerReading now, double microseconds) {
        container.put("cpuLimitCores", Rates.twoDecimals(now.cpuLimitCores()));
        if (before != null) {
            double used = (double) now.cpuMicroseconds() - before.cpuMicroseconds();
            container.put("cpuUsedPercent", Rates.percent(used, microseconds * now.cpuLimitCores()));
        }
    }
}
