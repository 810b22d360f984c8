package pulseboard.prometheus;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** Samples of one name, apart by their labels. */
public final class Family {

    /** The kinds of Prometheus's text format, and what the library takes off the name because it adds it again. */
    enum Kind {
        COUNTER("_total"),
        GAUGE(""),
        UNTYPED(""),
        INFO("_info");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }
    }

    private final Kind kind;
    private final String name;
    private final String help;
    private final Map<Labels, Double> samples = new LinkedHashMap<>();

    Family(Kind kind, String name, String help) {
        if (!name.endsWith(kind.ending)) {
            throw new IllegalArgumentException(name + " must end in " + kind.ending);
        }
        this.kind = kind;
        this.name = name;
        this.help = help;
    }

    /**
     * Adds a sample. Of two with the same labels the first stays.
     *
     * @param labels names and values in turn
     */
    public Family add(double value, String... labels) {
        samples.putIfAbsent(Labels.of(labels), value);
        return this;
    }

    /** The same of a whole number, which above 2 to the power of 53 is not exact in Prometheus either. */
    public Family add(long value, String... labels) {
        return add((double) value, labels);
    }

    /** Adds a sample if there is a value. */
    public Family add(OptionalLong value, double factor, String... labels) {
        return value.isPresent() ? add(value.getAsLong() * factor, labels) : this;
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    MetricSnapshot snapshot() {
        MetricMetadata metadata = new MetricMetadata(name.substring(0, name.length() - kind.ending.length()), help);
        return switch (kind) {
            case COUNTER ->
                new CounterSnapshot(
                        metadata, points((labels, value) -> new CounterDataPointSnapshot(value, labels, null, 0)));
            case GAUGE ->
                new GaugeSnapshot(metadata, points((labels, value) -> new GaugeDataPointSnapshot(value, labels, null)));
            case UNTYPED ->
                new UnknownSnapshot(
                        metadata, points((labels, value) -> new UnknownDataPointSnapshot(value, labels, null)));
            case INFO -> new InfoSnapshot(metadata, points((labels, value) -> new InfoDataPointSnapshot(labels)));
        };
    }

    private <T> List<T> points(BiFunction<Labels, Double, T> point) {
        return samples.entrySet().stream()
                .map(sample -> point.apply(sample.getKey(), sample.getValue()))
                .toList();
    }
}
