package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is in the state of a board: keys joined by dots, one of which may be {@code *} for any; a key with dots or spaces
 * stands in quotation marks: {@code filesystems."/mnt/a.b".usedPercent}.
 *
 * @param keys from the outside to the inside
 */
record ValuePath(List<String> keys) {

    static final String ANY = "*";

    /** Copies. */
    ValuePath {
        keys = List.copyOf(keys);
    }

    /**
     * Reads one.
     *
     * @throws WrongRule when it is none; the column is counted from its beginning
     */
    static ValuePath of(String text) {
        List<String> keys = new ArrayList<>();
        int at = 0;
        do {
            boolean isQuoted = at < text.length() && text.charAt(at) == '"';
            int end = isQuoted ? text.indexOf('"', at + 1) : text.indexOf('.', at);
            if (isQuoted && end < 0) {
                throw new WrongRule("a key begins with a quotation mark and does not end", at + 1, "add one more \"");
            }
            end = end < 0 ? text.length() : end;
            String key = text.substring(isQuoted ? at + 1 : at, end);
            if (key.isEmpty()) {
                throw new WrongRule("a key of the path is empty", at + 1, "write it as in memory.usedPercent");
            }
            keys.add(key);
            at = end + (isQuoted ? 1 : 0);
            if (at < text.length() && text.charAt(at) != '.') {
                throw new WrongRule("something follows a key in quotation marks", at + 1, "go on with a dot");
            }
            at++;
        } while (at <= text.length());
        if (keys.indexOf(ANY) != keys.lastIndexOf(ANY)) {
            throw new WrongRule("a path has more than one *", text.lastIndexOf('*') + 1, "name one of the keys");
        }
        return new ValuePath(keys);
    }

    /** Whether there is but one such value. */
    boolean isOne() {
        return !keys.contains(ANY);
    }

    /** The part of the board that it is in. */
    String section() {
        return keys.get(0);
    }

    /** The last key, which says the unit. */
    String last() {
        return keys.get(keys.size() - 1);
    }

    /** The value in a state; the key is what stands for {@code *}. */
    @Nullable
    Object get(JsonObject state, String key) {
        JsonObject parent = parent(state, key);
        return parent == null ? null : parent.getValue(named(last(), key));
    }

    /** What holds the value, if that is there. */
    @Nullable
    JsonObject parent(JsonObject state, String key) {
        JsonObject at = state;
        for (int depth = 0; depth < keys.size() - 1; depth++) {
            if (!(at.getValue(named(keys.get(depth), key)) instanceof JsonObject child)) {
                return null;
            }
            at = child;
        }
        return at;
    }

    private static String named(String part, String key) {
        return part.equals(ANY) ? key : part;
    }

    /** What stands for {@code *} in a state; one empty text where there is but one value. */
    List<String> keysIn(JsonObject state) {
        int depth = keys.indexOf(ANY);
        if (depth < 0) {
            return List.of("");
        }
        JsonObject at = state;
        for (String part : keys.subList(0, depth)) {
            if (!(at.getValue(part) instanceof JsonObject child)) {
                return List.of();
            }
            at = child;
        }
        JsonObject all = at;
        boolean isLeaf = depth == keys.size() - 1;
        return all.fieldNames().stream()
                .filter(name -> isLeaf || all.getValue(name) instanceof JsonObject)
                .toList();
    }

    /** The name of its series in the history, in which {@code *} stands for any key. */
    String series() {
        return names(keys);
    }

    private static String names(List<String> some) {
        return String.join(
                ".",
                some.stream().map(key -> key.equals(ANY) ? key : escaped(key)).toList());
    }

    /** As the history writes a key in the name of a series. */
    private static String escaped(String key) {
        return key.replace("%", "%25").replace(",", "%2C").replace(".", "%2E").replace("*", "%2A");
    }

    /** Whether a series of this name is one of its values. */
    boolean isLike(String series) {
        String[] parts = series.split("\\.", -1);
        if (parts.length != keys.size()) {
            return false;
        }
        for (int depth = 0; depth < parts.length; depth++) {
            if (!keys.get(depth).equals(ANY) && !escaped(keys.get(depth)).equals(parts[depth])) {
                return false;
            }
        }
        return true;
    }

    /** Puts a value into a state; null takes it away. */
    void put(JsonObject state, String key, @Nullable Object value) {
        JsonObject at = state;
        for (int depth = 0; depth < keys.size() - 1; depth++) {
            String name = named(keys.get(depth), key);
            JsonObject child = at.getValue(name) instanceof JsonObject there ? there : new JsonObject();
            at.put(name, child);
            at = child;
        }
        if (value == null) {
            at.remove(named(last(), key));
        } else {
            at.put(named(last(), key), value);
        }
    }

    /** What stands for {@code *} in the name of such a series. */
    String keyOf(String series) {
        int any = keys.indexOf(ANY);
        if (any < 0) {
            return "";
        }
        int begin = names(keys.subList(0, any)).length() + (any > 0 ? 1 : 0);
        int end = names(keys.subList(any + 1, keys.size())).length() + (any < keys.size() - 1 ? 1 : 0);
        return series.substring(begin, series.length() - end)
                .replace("%2A", "*")
                .replace("%2E", ".")
                .replace("%2C", ",")
                .replace("%25", "%");
    }

    /** As it is written. */
    String text() {
        return String.join(
                ".",
                keys.stream()
                        .map(key -> key.matches("[^. \"]+") ? key : '"' + key + '"')
                        .toList());
    }
}
