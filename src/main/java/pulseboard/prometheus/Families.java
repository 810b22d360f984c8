package pulseboard.prometheus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pulseboard.prometheus.MetricFamily.Kind;

/**
 * Metrics as one collector finds them: families by name, each with samples. One collector has the same object for each
 * collection. Not thread-safe.
 */
public final class Families {

    private final Map<String, Family> byName = new LinkedHashMap<>();

    /** What only grows; the name ends in {@code _total}. */
    public Family counter(String name, String help) {
        return family(Kind.COUNTER, name, help);
    }

    /** What goes up and down. */
    public Family gauge(String name, String help) {
        return family(Kind.GAUGE, name, help);
    }

    /** What is not known to be either, because the kernel's file holds both. */
    public Family untyped(String name, String help) {
        return family(Kind.UNTYPED, name, help);
    }

    /** Texts, as the labels of a sample that is always 1; the name ends in {@code _info}. */
    public Family info(String name, String help) {
        return family(Kind.INFO, name, help);
    }

    /** Counts by upper bound. */
    Family histogram(String name, String help) {
        return family(Kind.HISTOGRAM, name, help);
    }

    /** A sum and a number. */
    Family summary(String name, String help) {
        return family(Kind.SUMMARY, name, help);
    }

    private Family family(Kind kind, String name, String help) {
        Family known = byName.get(name);
        if (known == null) {
            known = new Family(kind, name, help);
            known.begin();
            byName.put(name, known);
        }
        return known;
    }

    /** Begins a collection: nothing is found yet. */
    void begin() {
        for (Family family : byName.values()) {
            family.begin();
        }
    }

    /** All that has any sample in this collection. */
    List<MetricFamily> snapshot() {
        List<MetricFamily> found = new ArrayList<>(byName.size());
        for (Family family : byName.values()) {
            if (!family.isEmpty()) {
                found.add(family.snapshot());
            }
        }
        return found;
    }
}
