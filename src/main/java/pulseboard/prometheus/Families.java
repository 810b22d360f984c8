package pulseboard.prometheus;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics as one collector finds them: families by name, each with samples. Not thread-safe. */
public final class Families {

    private final Map<String, Family> byName = new LinkedHashMap<>();
    private final List<MetricSnapshot> made = new ArrayList<>();

    /** What only grows; the name ends in {@code _total}. */
    public Family counter(String name, String help) {
        return family(Family.Kind.COUNTER, name, help);
    }

    /** What goes up and down. */
    public Family gauge(String name, String help) {
        return family(Family.Kind.GAUGE, name, help);
    }

    /** What is not known to be either, because the kernel's file holds both. */
    public Family untyped(String name, String help) {
        return family(Family.Kind.UNTYPED, name, help);
    }

    /** Texts, as the labels of a sample that is always 1; the name ends in {@code _info}. */
    public Family info(String name, String help) {
        return family(Family.Kind.INFO, name, help);
    }

    /** A whole family of another kind. */
    public void add(MetricSnapshot family) {
        made.add(family);
    }

    private Family family(Family.Kind kind, String name, String help) {
        return byName.computeIfAbsent(name, key -> new Family(kind, key, help));
    }

    /** All that has any sample, as the library takes it. */
    public List<MetricSnapshot> snapshots() {
        List<MetricSnapshot> all = new ArrayList<>(made);
        byName.values().stream()
                .filter(family -> !family.isEmpty())
                .map(Family::snapshot)
                .forEach(all::add);
        return all;
    }
}
