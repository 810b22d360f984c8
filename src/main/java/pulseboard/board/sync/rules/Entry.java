package pulseboard.board.sync.rules;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is at a path, in one version.
 *
 * @param kind what it is
 * @param size bytes of a file; else 0
 * @param mtimeNanos when a file was changed, nanoseconds since 1970, as its machine's clock had it; else 0. Nothing is decided by it
 * @param mode the permissions, at most 0777; 0 for what has none
 * @param contentId what is in a file, or where a link points to; else empty
 * @param version which edits it knows of
 */
public record Entry(Kind kind, long size, long mtimeNanos, int mode, String contentId, Version version) {

    private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_LINK = 4_096;

    /** Kinds of entries. */
    public enum Kind {
        /** Nothing has ever been there. */
        ABSENT,
        /** A file with content. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, which is never followed. */
        LINK,
        /** There was something, and somebody deleted it. */
        DELETED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing. */
    public static final Entry ABSENT = new Entry(Kind.ABSENT, 0, 0, 0, "", Version.NONE);

    /** A tombstone. */
    public static Entry deleted(Version version) {
        return new Entry(Kind.DELETED, 0, 0, 0, "", version);
    }

    /** Whether there is something at the path. */
    public boolean isThere() {
        return kind != Kind.DELETED && kind != Kind.ABSENT;
    }

    /** Whether it is a file, whose content can be lost. */
    public boolean hasContent() {
        return kind == Kind.FILE;
    }

    /** The same in another version. */
    public Entry in(Version other) {
        return new Entry(kind, size, mtimeNanos, mode, contentId, other);
    }

    /** Whether both hold the same, whatever their permissions, times and versions. */
    public boolean hasSameContent(Entry other) {
        return kind == other.kind && contentId.equals(other.contentId);
    }

    /** Whether a disk that holds the one holds the other. */
    public boolean looksLike(Entry other) {
        return hasSameContent(other) && mode == other.mode && mtimeNanos == other.mtimeNanos;
    }

    /** For the wire. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("kind", kind.word())
                .put("size", size)
                .put("mtimeNanos", mtimeNanos)
                .put("mode", mode)
                .put("contentId", contentId)
                .put("version", version.toString());
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws RuntimeException when it is no entry
     */
    public static Entry of(JsonObject json) {
        Kind kind = Kind.valueOf(json.getString("kind").toUpperCase(Locale.ROOT));
        int mode = json.getInteger("mode");
        long size = json.getLong("size");
        String contentId = json.getString("contentId");
        if (mode < 0 || mode > 0777 || size < 0 || kind == Kind.ABSENT || !isContent(kind, contentId)) {
            throw new IllegalArgumentException("no entry");
        }
        return new Entry(
                kind, size, json.getLong("mtimeNanos"), mode, contentId, Version.of(json.getString("version")));
    }

    /** A file is named by a hash, since that is what its parts are called on disk; a link leads to a text. */
    private static boolean isContent(Kind kind, String contentId) {
        return switch (kind) {
            case FILE -> CONTENT.matcher(contentId).matches();
            case LINK -> !contentId.isEmpty() && contentId.length() <= MOST_LINK && contentId.indexOf('\0') < 0;
            default -> contentId.isEmpty();
        };
    }
}
