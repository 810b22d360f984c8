package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a board the history keeps: numbers whose path is like one of the patterns. A pattern is the keys of a path, joined by
 * dots; {@code *} stands for one key, and {@code **} at the end for all below. With {@code !} in front it leaves out. The first
 * that fits decides; where none fits, nothing is kept.
 *
 * @param patterns in the order in which they are tried
 * @param mostSeries how many numbers of the board are kept at most; 0 leaves it to the setting of the history
 */
public record KeptNumbers(List<String> patterns, int mostSeries) {

    /** Nothing is kept. */
    public static final KeptNumbers NONE = new KeptNumbers(List.of(), 0);

    private static final String ALL_BELOW = "**";
    private static final String ONE_KEY = "*";

    /** Copies. */
    public KeptNumbers {
        patterns = List.copyOf(patterns);
    }

    /** Keeps what is like one of these patterns, as many numbers as the setting of the history allows. */
    public static KeptNumbers of(String... patterns) {
        return new KeptNumbers(List.of(patterns), 0);
    }

    /** The same, but at most so many numbers. */
    public KeptNumbers atMost(int series) {
        return new KeptNumbers(patterns, series);
    }

    /** Whether there is nothing to keep. */
    public boolean isNothing() {
        return patterns.isEmpty();
    }

    /** Whether the number at this path, given as its keys, is kept. */
    public boolean keeps(List<String> path) {
        for (String pattern : patterns) {
            boolean isLeftOut = pattern.startsWith("!");
            if (fits((isLeftOut ? pattern.substring(1) : pattern).split("\\.", -1), path)) {
                return !isLeftOut;
            }
        }
        return false;
    }

    /** The same for the name of a series, in which a dot or a star of a key is escaped as in an address. */
    public boolean keepsSeries(String name) {
        return keeps(Stream.of(name.split("\\.", -1)).map(KeptNumbers::key).toList());
    }

    private static String key(String escaped) {
        return escaped.replace("%2A", "*")
                .replace("%2E", ".")
                .replace("%2C", ",")
                .replace("%25", "%");
    }

    /** Whether nothing below this path is kept, so that nobody needs to look there. */
    public boolean leavesOutAllBelow(List<String> path) {
        for (String pattern : patterns) {
            boolean isLeftOut = pattern.startsWith("!");
            String[] parts = (isLeftOut ? pattern.substring(1) : pattern).split("\\.", -1);
            if (mayFitBelow(parts, path)) {
                return isLeftOut && parts.length <= path.size() + 1 && parts[parts.length - 1].equals(ALL_BELOW);
            }
        }
        return true;
    }

    private static boolean mayFitBelow(String[] pattern, List<String> path) {
        for (int part = 0; part < path.size(); part++) {
            if (part == pattern.length) {
                return false;
            }
            if (pattern[part].equals(ALL_BELOW)) {
                return true;
            }
            if (!(pattern[part].equals(ONE_KEY) || pattern[part].equals(path.get(part)))) {
                return false;
            }
        }
        return pattern.length > path.size();
    }

    private static boolean fits(String[] pattern, List<String> path) {
        for (int part = 0; part < pattern.length; part++) {
            if (pattern[part].equals(ALL_BELOW)) {
                return true;
            }
            if (part >= path.size() || !(pattern[part].equals(ONE_KEY) || pattern[part].equals(path.get(part)))) {
                return false;
            }
        }
        return pattern.length == path.size();
    }

    JsonObject toJson() {
        return new JsonObject().put("patterns", new JsonArray(patterns)).put("mostSeries", mostSeries);
    }

    static KeptNumbers of(JsonObject json) {
        List<String> patterns = json.getJsonArray("patterns", new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
        return new KeptNumbers(patterns, json.getInteger("mostSeries", 0));
    }
}
