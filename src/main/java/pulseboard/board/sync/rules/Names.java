package pulseboard.board.sync.rules;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which paths there can be, and what copies are called. Names come from other machines, and are hostile until they are proved. */
public final class Names {

    /** What the agents keep inside a folder; never a path of its own. */
    public static final String PRIVATE = ".pulseboard-sync";

    private static final int MOST_PART_BYTES = 255;
    private static final int MOST_PATH_BYTES = 4_096;
    private static final int MOST_STEM_CHARACTERS = 40;

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{8,}");

    private Names() {}

    /** Whether a path below a folder may have this name: its parts joined by slashes, none of them special. */
    public static boolean isGood(String path) {
        if (path.getBytes(StandardCharsets.UTF_8).length > MOST_PATH_BYTES || !isText(path)) {
            return false;
        }
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || part.getBytes(StandardCharsets.UTF_8).length > MOST_PART_BYTES) {
                return false;
            }
        }
        return !parts[0].equals(PRIVATE);
    }

    /** A lone half of a surrogate pair comes from bytes that are no UTF-8, and a NUL ends a name for the kernel. */
    private static boolean isText(String path) {
        return path.indexOf('\0') < 0
                && path.indexOf('\ufffd') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(path);
    }

    /** Where the content goes that does not keep the name: {@code stem.conflict-<8 digits>-<device>.ext}. */
    public static String conflictCopy(String path, String contentId, String device) {
        int slash = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        boolean hasEnding = dot > slash && path.length() - dot <= 16;
        String stem = hasEnding ? path.substring(slash, dot) : path.substring(slash);
        String ending = hasEnding ? path.substring(dot) : "";
        String digits = DIGITS.matcher(contentId).matches()
                ? contentId.substring(0, 8)
                : String.format("%08x", contentId.hashCode()); // A link's content is where it points to.
        String whole = stem + ".conflict-" + digits + "-" + device + ending;
        if (whole.getBytes(StandardCharsets.UTF_8).length > MOST_PART_BYTES) {
            int end = Math.min(stem.length(), MOST_STEM_CHARACTERS);
            if (Character.isHighSurrogate(stem.charAt(end - 1))) {
                end--;
            }
            whole = stem.substring(0, end) + ".conflict-" + digits + "-" + device + ending;
        }
        return path.substring(0, slash) + whole;
    }
}
