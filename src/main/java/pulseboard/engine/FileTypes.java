package pulseboard.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How many files, and how much, of which type: the text after the last dot of the name in small letters, where it is 1 to 10
 * letters or digits, else {@code none}. Of more types than anybody reads the largest are told, and the rest as {@code other}. Not
 * thread-safe.
 */
public final class FileTypes {

    /** What all that are not among the largest are called. */
    public static final String OTHER = "other";

    private static final String NONE = "none";
    private static final int MOST_LETTERS = 10;
    private static final int MOST_KNOWN = 2_000;
    private static final int MOST_SHOWN = 20;

    private final Map<String, Sum> types = new HashMap<>();

    /** Files and bytes together. */
    public record Sum(long files, long bytes) {

        Sum plus(Sum more) {
            return new Sum(files + more.files, bytes + more.bytes);
        }
    }

    /** The type of a file of this path. */
    public static String of(String path) {
        int dot = path.lastIndexOf('.');
        int length = path.length() - dot - 1;
        if (dot < 0 || length < 1 || length > MOST_LETTERS || path.indexOf('/', dot) >= 0) {
            return NONE;
        }
        for (int index = dot + 1; index < path.length(); index++) {
            char each = path.charAt(index);
            if (each >= 128 || !Character.isLetterOrDigit(each)) {
                return NONE;
            }
        }
        return path.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** One more file. */
    public void add(String path, long bytes) {
        String type = of(path);
        types.merge(types.size() < MOST_KNOWN || types.containsKey(type) ? type : OTHER, new Sum(1, bytes), Sum::plus);
    }

    /** The 20 with the most bytes, and {@code other}. */
    public Map<String, Sum> largest() {
        Map<String, Sum> all = new LinkedHashMap<>();
        types.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Sum> each) -> -each.getValue().bytes)
                        .thenComparing(Map.Entry::getKey))
                .forEach(each -> all.merge(
                        all.size() < (all.containsKey(OTHER) ? MOST_SHOWN + 1 : MOST_SHOWN) ? each.getKey() : OTHER,
                        each.getValue(),
                        Sum::plus));
        return all;
    }
}
