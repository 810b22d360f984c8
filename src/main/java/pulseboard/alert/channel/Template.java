package pulseboard.alert.channel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON with places for values: <code>{{name}}</code>, <code>{{name html}}</code> or <code>{{name html 250}}</code>, the second
 * word being an {@link Escape} and the third a length. It is filled as JSON and each value once, so that no value becomes anything
 * but text. A place alone in its text keeps the type of its value. What comes out empty is left out; an object in a list that lost
 * a text in that way, such as a link without an address, is left out as a whole.
 */
final class Template {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final Object json;

    /**
     * Reads it.
     *
     * @param known the names of the values that there will be
     * @throws IllegalArgumentException when there is a place that cannot be filled
     */
    Template(Object json, Set<String> known) {
        this.json = json;
        visit(
                json,
                text -> Place.parts(text).forEach(part -> {
                    if (part instanceof Place place && !known.contains(place.name)) {
                        throw new IllegalArgumentException("has a place for " + place.name + ", which is none of "
                                + String.join(", ", known.stream().sorted().toList()));
                    }
                }));
    }

    private static void visit(Object json, Consumer<String> onText) {
        if (json instanceof String text) {
            onText.accept(text);
        } else if (json instanceof JsonObject object) {
            object.forEach(entry -> visit(entry.getValue(), onText));
        } else if (json instanceof JsonArray array) {
            array.forEach(each -> visit(each, onText));
        }
    }

    /** Filled with texts, lists of lines, numbers and booleans; null when nothing is left. */
    @Nullable
    Object fill(Map<String, Object> values) {
        return filled(json, values);
    }

    private static @Nullable Object filled(@Nullable Object json, Map<String, Object> values) {
        if (json instanceof String text) {
            return text(text, values);
        }
        if (json instanceof JsonObject object) {
            return object(object, values);
        }
        return json instanceof JsonArray array ? array(array, values) : json;
    }

    private static @Nullable Object object(JsonObject object, Map<String, Object> values) {
        JsonObject filled = new JsonObject();
        for (Map.Entry<String, Object> entry : object) {
            Object value = filled(entry.getValue(), values);
            if (value != null) {
                filled.put(entry.getKey(), value);
            }
        }
        return filled.isEmpty() && !object.isEmpty() ? null : filled;
    }

    private static @Nullable JsonArray array(JsonArray array, Map<String, Object> values) {
        JsonArray filled = new JsonArray();
        for (Object each : array) {
            Object value = filled(each, values);
            if (value != null && !(each instanceof JsonObject before && hasLostText(before, (JsonObject) value))) {
                filled.add(value);
            }
        }
        return filled.isEmpty() && !array.isEmpty() ? null : filled;
    }

    private static boolean hasLostText(JsonObject before, JsonObject after) {
        return before.stream()
                .anyMatch(entry -> entry.getValue() instanceof String && !after.containsKey(entry.getKey()));
    }

    private static @Nullable Object text(String text, Map<String, Object> values) {
        List<Object> parts = Place.parts(text);
        if (parts.size() == 1 && parts.get(0) instanceof Place place) {
            Object value = values.get(place.name);
            if (value instanceof Number || value instanceof Boolean) {
                return value;
            }
        }
        StringBuilder filled = new StringBuilder();
        boolean isAllEmpty = true;
        for (Object part : parts) {
            String piece = part instanceof Place place ? place.fill(values.get(place.name)) : part.toString();
            isAllEmpty &= piece.isBlank();
            filled.append(piece);
        }
        return isAllEmpty && !parts.isEmpty() ? null : filled.toString().strip();
    }

    /** A place for a value. */
    private record Place(String name, Escape escape, Escape.Limit limit) {

        /** Texts and places of a text, in their order. */
        static List<Object> parts(String text) {
            List<Object> parts = new ArrayList<>();
            int from = 0;
            for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
                int close = text.indexOf(CLOSE, open);
                if (close < 0) {
                    throw new IllegalArgumentException("has {{ without }}");
                }
                if (open > from) {
                    parts.add(text.substring(from, open));
                }
                parts.add(of(text.substring(open + OPEN.length(), close).strip()));
                from = close + CLOSE.length();
            }
            if (from < text.length()) {
                parts.add(text.substring(from));
            }
            return parts;
        }

        private static Place of(String text) {
            String[] words = text.split(" ", -1);
            try {
                return new Place(
                        words[0],
                        words.length > 1 ? Escape.named(words[1]) : Escape.PLAIN,
                        words.length > 2 ? Escape.Limit.of(words[2]) : Escape.Limit.NONE);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "has a place {{" + text + "}}, which is not as {{subject}} or {{subject html 250}}", e);
            }
        }

        String fill(@Nullable Object value) {
            if (value == null) {
                return "";
            }
            List<?> lines = value instanceof List<?> list ? list : List.of(value);
            return escape.lines(lines.stream().map(Object::toString).toList(), limit);
        }
    }
}
