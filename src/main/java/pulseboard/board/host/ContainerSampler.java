package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import pulseboard.board.host.CounterDeltas.Interval;
import pulseboard.machine.ContainerReading;
import pulseboard.machine.Reader;

/** Use against the limits of this container; empty outside of one and in one without limits. */
final class ContainerSampler implements Sampler {

    private static final double MICROSECONDS_PER_SECOND = 1e6;

    private final Reader<Optional<ContainerReading>> reader;
    private final CounterDeltas<ContainerReading> intervals;

    ContainerSampler(Reader<Optional<ContainerReading>> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public void reset() {
        intervals.reset();
    }

    @Override
    public JsonObject sample() throws IOException {
        JsonObject container = new JsonObject();
        intervals.begin();
        reader.read().ifPresent(now -> {
            Optional<Interval<ContainerReading>> interval = intervals.next(now);
            if (now.cpuLimitCores() > 0) {
                container.put("cpuLimitCores", Rates.twoDecimals(now.cpuLimitCores()));
                interval.filter(ContainerSampler::isKnown)
                        .ifPresent(since -> container.put("cpuUsedPercent", cpuUsedPercent(since)));
            }
            if (now.memoryLimitBytes() > 0) {
                container.put("memoryLimitBytes", now.memoryLimitBytes());
            }
            if (now.memoryLimitBytes() > 0 && now.memoryUsedBytes() >= 0) {
                container
                        .put("memoryUsedBytes", Rates.bytes(now.memoryUsedBytes()))
                        .put("memoryUsedPercent", Rates.percent(now.memoryUsedBytes(), now.memoryLimitBytes()));
            }
        });
        return container;
    }

    private static boolean isKnown(Interval<ContainerReading> interval) {
        return interval.before().cpuMicroseconds() >= 0 && interval.now().cpuMicroseconds() >= 0;
    }

    private static double cpuUsedPercent(Interval<ContainerReading> interval) {
        double used =
                (double) interval.now().cpuMicroseconds() - interval.before().cpuMicroseconds();
        double limit =
                interval.seconds() * MICROSECONDS_PER_SECOND * interval.now().cpuLimitCores();
        return Rates.percent(used, limit);
    }
}
