package pulseboard.prometheus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pulseboard.prometheus.MetricFamily.Kind;

/**
 * Samples of one name, apart by their labels, as a collector finds them. It stays from one collection to the next, so that a
 * series which is found again costs no more than its value. Not thread-safe.
 */
public final class Family {

    private static final int USUAL_SERIES = 2;

    private final Kind kind;
    private final String name;
    private final String help;
    private final Map<List<String>, Series> known = new HashMap<>();
    private Series[] series = new Series[USUAL_SERIES];
    private double[] values = new double[USUAL_SERIES];
    private int size;
    private int round;
    private boolean isOfBoard;

    Family(Kind kind, String name, String help) {
        if (!name.endsWith(kind.ending())) {
            throw new IllegalArgumentException(name + " must end in " + kind.ending());
        }
        this.kind = kind;
        this.name = name;
        this.help = help;
    }

    /** The same, with figures of a board other than this machine's, which not everybody may see. */
    Family ofBoard() {
        isOfBoard = true;
        return this;
    }

    boolean isOfBoard() {
        return isOfBoard;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    String help() {
        return help;
    }

    /**
     * Adds a sample. Of two with the same labels the first stays. What is no number (NaN) could not be read and is left out.
     *
     * @param labels names and values in turn
     */
    public Family add(double value, String... labels) {
        return add("", value, labels);
    }

    /** The same of a whole number, which above 2 to the power of 53 is not exact in Prometheus either. */
    public Family add(long value, String... labels) {
        return add("", (double) value, labels);
    }

    /** The same of a part of a histogram or summary, such as {@code _count}. */
    Family add(String suffix, double value, String... labels) {
        if (Double.isNaN(value)) {
            return this;
        }
        Series found = find(suffix, labels);
        if (found.round != round) {
            found.round = round;
            if (size == series.length) {
                series = Arrays.copyOf(series, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            series[size] = found;
            values[size++] = value;
        }
        return this;
    }

    /** What the last collection had at this place is, as a rule, what this one has there. */
    private Series find(String suffix, String[] labels) {
        Series last = size < series.length ? series[size] : null;
        if (last != null
                && last.name().length() == name.length() + suffix.length()
                && last.name().endsWith(suffix)
                && last.hasLabels(labels)) {
            return last;
        }
        List<String> key = key(suffix, labels);
        Series found = known.get(key);
        if (found == null) {
            found = new Series(suffix.isEmpty() ? name : name + suffix, labels);
            found.round = round - 1;
            known.put(key, found);
        }
        return found;
    }

    private static List<String> key(String suffix, String[] labels) {
        if (suffix.isEmpty()) {
            return Arrays.asList(labels);
        }
        List<String> key = new ArrayList<>(Arrays.asList(labels));
        key.add(suffix); // An odd number, so no other series has it.
        return key;
    }

    /** Begins a collection. */
    void begin() {
        size = 0;
        round++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What this collection found; forgets series that it did not find. */
    MetricFamily snapshot() {
        if (known.size() > size) {
            known.values().removeIf(each -> each.round != round);
            Arrays.fill(series, size, series.length, null);
        }
        return new MetricFamily(this, Arrays.copyOf(series, size), Arrays.copyOf(values, size));
    }
}
