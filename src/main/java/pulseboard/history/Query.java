package pulseboard.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * What is asked of the history.
 *
 * @param series names, in which {@code *} stands for any text
 * @param from Unix milliseconds, a multiple of the step
 * @param to Unix milliseconds, a multiple of the step, after {@code from}
 * @param stepMilliseconds the length of one bucket
 */
record Query(List<String> series, long from, long to, long stepMilliseconds) {

    static final List<String> ALL_SERIES = List.of("*");

    private static final int MOST_POINTS = 10_000;
    private static final int MOST_PATTERNS = 200;

    /** Of these, the result's step is a multiple of the largest that is not larger. */
    private static final long[] GRAINS_MILLISECONDS = {1_000, 10_000, 60_000, 900_000};

    /**
     * Reads a request: {@code series} (a text with commas, or a list of such; all if
     * there is none), {@code from}, {@code to} and {@code points}.
     *
     * @throws QueryRefusal when it makes no sense
     */
    static Query of(JsonObject request, long now) {
        long from = TimeExpression.parse("from", text(request, "from", "-1h"), now);
        long to = TimeExpression.parse("to", text(request, "to", "now"), now);
        if (to <= from) {
            throw new QueryRefusal(400, "to must be after from");
        }
        int points = points(text(request, "points", "600"));
        long step = step(from, to, points);
        return new Query(series(request), Math.floorDiv(from, step) * step, -Math.floorDiv(-to, step) * step, step);
    }

    /** One parameter of a request, or what it is otherwise. */
    static String text(JsonObject request, String key, String otherwise) {
        Object value = request.getValue(key);
        return value == null ? otherwise : value.toString().strip();
    }

    private static int points(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_POINTS) {
            throw new QueryRefusal(400, "points must be a whole number from 1 to " + MOST_POINTS);
        }
        return Integer.parseInt(text);
    }

    /** The names that a request wants; {@link #ALL_SERIES} when it names none. */
    static List<String> series(JsonObject request) {
        List<Object> given = request.getValue("series") instanceof JsonArray list
                ? list.stream().toList()
                : List.of(text(request, "series", ""));
        List<String> names = given.stream()
                .flatMap(item -> Arrays.stream(String.valueOf(item).split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.size() > MOST_PATTERNS) {
            throw new QueryRefusal(
                    400,
                    "series must be at most " + MOST_PATTERNS + " names with commas between; * stands for any text");
        }
        return names.isEmpty() ? ALL_SERIES : names;
    }

    private static long step(long from, long to, int points) {
        long wanted = Math.max(1, (to - from) / points);
        long grain = GRAINS_MILLISECONDS[0];
        for (long candidate : GRAINS_MILLISECONDS) {
            grain = candidate <= wanted ? candidate : grain;
        }
        long step = -Math.floorDiv(-wanted, grain) * grain;
        while (-Math.floorDiv(-to, step) - Math.floorDiv(from, step) > points) {
            step += Math.max(grain, step / grain / 16 * grain); // By a share, or it might take for ever.
        }
        return step;
    }

    /** How many buckets the result has. */
    int count() {
        return (int) ((to - from) / stepMilliseconds);
    }
}
