package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
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
 * @param is the text of which the metric is 1 where it stands and 0 where another does; null where the figures are numbers
 */
public record MetricInfo(
        String name,
        String help,
        String path,
        List<String> keyLabels,
        Map<String, String> labels,
        double scale,
        @Nullable String is) {

    private static final Pattern NAME = Pattern.compile("pulseboard_[a-z][a-z0-9_]*");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");
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
        return new MetricInfo(name, help, path, List.of(keyLabels), Map.of(), 1, null);
    }

    /** The same, with one more label whose value is beside the figure. */
    public MetricInfo labelled(String label, String key) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(label, key);
        return new MetricInfo(name, help, path, keyLabels, more, scale, is);
    }

    /** The same, each number multiplied. */
    public MetricInfo times(double factor) {
        return new MetricInfo(name, help, path, keyLabels, labels, factor, is);
    }

    /** 1 where this text stands, 0 where another does. */
    public MetricInfo whenIs(String text) {
        return new MetricInfo(name, help, path, keyLabels, labels, scale, text);
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

    /** Tells all that there are in this state of the board; what is no number, or no text where one is wanted, is left out. */
    public void read(JsonObject state, Samples into) {
        read(state, keys(path), new ArrayList<>(), into);
    }

    private void read(JsonObject at, List<String> keys, List<String> found, Samples into) {
        boolean isAny = keys.get(0).equals(ANY);
        List<String> rest = keys.subList(1, keys.size());
        for (String key : isAny ? at.fieldNames() : List.of(keys.get(0))) {
            List<String> more = new ArrayList<>(found);
            if (isAny) {
                more.add(keyLabels.get(found.size() / 2));
                more.add(key);
            }
            if (rest.isEmpty()) {
                tell(at, key, more, into);
            } else if (at.getValue(key) instanceof JsonObject object) {
                read(object, rest, more, into);
            }
        }
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
                json.getString("is"));
    }
}
