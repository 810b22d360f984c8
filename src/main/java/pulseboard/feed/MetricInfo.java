package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a board that {@code /metrics} and the remote write have, too.
 *
 * @param name as Prometheus has it, base units in it: {@code pulseboard_BOARD_…}; of what only grows it ends in {@code _total}
 * @param help one line for people
 * @param path where the figures are, keys joined by dots; {@code *} stands for every key
 * @param keyLabels what the keys that a {@code *} stands for are called, in their order
 * @param labels further labels, each with the key beside the figure that holds its value
 * @param scale what numbers are multiplied by, such as 0.01 for percent
 * @param isHistogram whether there are histograms at the path: {@code buckets}, an object of how many by upper bound and {@code more}
 *     of those above, and their sum, {@code seconds}
 * @param is the text of which the metric is 1 where it stands and 0 where another does; null where the figures are numbers
 */
public record MetricInfo(
        String name,
        String help,
        String path,
        List<String> keyLabels,
        Map<String, String> labels,
        double scale,
        boolean isHistogram,
        @Nullable String is) {

    private static final Pattern NAME = Pattern.compile("pulseboard_[a-z][a-z0-9_]*");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern BOUND = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final String ANY = "*";
    private static final String COUNTER = "_total";

    /**
     * Copies.
     *
     * @throws IllegalArgumentException when a name is none in Prometheus, or not every {@code *} has a label
     */
    public MetricInfo {
        keyLabels = List.copyOf(keyLabels);
        labels = Map.copyOf(labels);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a metric of a board: " + name);
        }
        for (String label : keyLabels) {
            require(label);
        }
        labels.keySet().forEach(MetricInfo::require);
        if (keys(path).stream().filter(ANY::equals).count() != keyLabels.size()) {
            throw new IllegalArgumentException(name + " needs a label for each * of " + path);
        }
    }

    private static void require(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("no name of a label: " + label);
        }
    }

    /** The numbers at one path. */
    public static MetricInfo of(String name, String help, String path, String... keyLabels) {
        return new MetricInfo(name, help, path, List.of(keyLabels), Map.of(), 1, false, null);
    }

    /** The same, with one more label whose value is beside the figure. */
    public MetricInfo labelled(String label, String key) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(label, key);
        return new MetricInfo(name, help, path, keyLabels, more, scale, isHistogram, is);
    }

    /** The same, each number multiplied. */
    public MetricInfo times(double factor) {
        return new MetricInfo(name, help, path, keyLabels, labels, factor, isHistogram, is);
    }

    /** 1 where this text stands, 0 where another does. */
    public MetricInfo whenIs(String text) {
        return new MetricInfo(name, help, path, keyLabels, labels, scale, isHistogram, text);
    }

    /** The same, where the figures are histograms. */
    public MetricInfo histogram() {
        return new MetricInfo(name, help, path, keyLabels, labels, scale, true, is);
    }

    /** Whether it only grows. */
    public boolean isCounter() {
        return name.endsWith(COUNTER);
    }

    /** Whether it is named as those of this board are. */
    boolean isOf(BoardId board) {
        return name.startsWith("pulseboard_" + board.name().replace('-', '_') + "_");
    }

    /** What takes in the samples. */
    @FunctionalInterface
    public interface Samples {
        /**
         * Takes in one.
         *
         * @param labels names and values in turn; values are any text
         */
        void add(double value, String... labels);
    }

    /** What takes in the samples of histograms. */
    @FunctionalInterface
    public interface Parts {
        /**
         * Takes in one.
         *
         * @param suffix {@code _bucket}, of so many up to the label {@code le}; {@code _count}; {@code _sum}
         * @param labels names and values in turn; values are any text
         */
        void add(String suffix, double value, String... labels);
    }

    private interface Figure {
        void found(JsonObject in, String key, List<String> labels);
    }

    /** Tells all that there are in this state of the board; what is no number, or no text where one is wanted, is left out. */
    public void read(JsonObject state, Samples into) {
        find(state, keys(path), new ArrayList<>(), (in, key, found) -> tell(in, key, found, into));
    }

    /** The same of histograms. */
    public void readParts(JsonObject state, Parts into) {
        find(state, keys(path), new ArrayList<>(), (in, key, found) -> {
            if (in.getValue(key) instanceof JsonObject histogram) {
                tellParts(histogram, found, into);
            }
        });
    }

    private void find(JsonObject at, List<String> keys, List<String> found, Figure into) {
        boolean isAny = keys.get(0).equals(ANY);
        List<String> rest = keys.subList(1, keys.size());
        for (String key : isAny ? at.fieldNames() : List.of(keys.get(0))) {
            List<String> more = new ArrayList<>(found);
            if (isAny) {
                more.add(keyLabels.get(found.size() / 2));
                more.add(key);
            }
            if (rest.isEmpty()) {
                into.found(at, key, more);
            } else if (at.getValue(key) instanceof JsonObject object) {
                find(object, rest, more, into);
            }
        }
    }

    private static void tellParts(JsonObject histogram, List<String> found, Parts into) {
        if (!(histogram.getValue("buckets") instanceof JsonObject buckets)) {
            return;
        }
        List<String> bounds = buckets.fieldNames().stream()
                .filter(bound -> BOUND.matcher(bound).matches())
                .sorted(Comparator.comparingDouble(Double::parseDouble))
                .toList();
        List<String> labels = new ArrayList<>(found);
        labels.addAll(List.of("le", ""));
        double below = 0;
        for (String bound : bounds) {
            below += count(buckets, bound);
            labels.set(labels.size() - 1, bound);
            into.add("_bucket", below, labels.toArray(String[]::new));
        }
        below += count(buckets, "more");
        labels.set(labels.size() - 1, "+Inf");
        into.add("_bucket", below, labels.toArray(String[]::new));
        into.add("_count", below, found.toArray(String[]::new));
        into.add("_sum", count(histogram, "seconds"), found.toArray(String[]::new));
    }

    private static double count(JsonObject in, String key) {
        return in.getValue(key) instanceof Number number ? number.doubleValue() : 0;
    }

    private void tell(JsonObject in, String key, List<String> found, Samples into) {
        double number = number(in.getValue(key));
        if (!Double.isNaN(number)) {
            labels.forEach((label, beside) -> {
                if (in.getValue(beside) instanceof String text) {
                    found.add(label);
                    found.add(text);
                }
            });
            into.add(number, found.toArray(String[]::new));
        }
    }

    private double number(@Nullable Object value) {
        if (is != null) {
            return value instanceof String text ? truth(text.equals(is)) : Double.NaN;
        }
        if (value instanceof Boolean truth) {
            return truth(truth);
        }
        return value instanceof Number number ? number.doubleValue() * scale : Double.NaN;
    }

    private static double truth(boolean is) {
        return is ? 1 : 0;
    }

    private static List<String> keys(String path) {
        return List.of(path.split("\\.", -1));
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("name", name, "help", help, "path", path)
                .put("keyLabels", new JsonArray(keyLabels))
                .put("labels", new JsonObject(new TreeMap<>(labels)))
                .put("scale", scale);
        if (isHistogram) {
            json.put("histogram", true);
        }
        return is == null ? json : json.put("is", is);
    }

    static MetricInfo of(JsonObject json) {
        Map<String, String> labels = new TreeMap<>();
        json.getJsonObject("labels", new JsonObject())
                .forEach(each -> labels.put(each.getKey(), (String) each.getValue()));
        return new MetricInfo(
                Objects.requireNonNull(json.getString("name"), "name"),
                json.getString("help", ""),
                Objects.requireNonNull(json.getString("path"), "path"),
                json.getJsonArray("keyLabels", new JsonArray()).stream()
                        .map(String.class::cast)
                        .toList(),
                labels,
                json.getDouble("scale", 1.0),
                json.getBoolean("histogram", false),
                json.getString("is"));
    }
}
