package pulseboard.feed;

import java.util.regex.Pattern;

/**
 * The name of a board, written {@code host} or, when it comes from another machine, {@code web1/host}.
 *
 * @param source the machine that it comes from, see {@link #isSource}; empty for a board of this machine
 * @param name the board itself: lower-case letters, digits and hyphens, at most 64 characters
 */
public record BoardId(String source, String name) implements Comparable<BoardId> {

    private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException when one is no name
     */
    public BoardId {
        if (!NAME.matcher(name).matches() || !(source.isEmpty() || isSource(source))) {
            throw new IllegalArgumentException(
                    "a board's name is lower-case letters, digits and hyphens, not " + join(source, name));
        }
    }

    /** Whether a machine can have this name: lower-case letters, digits and hyphens, at most 63 characters. */
    public static boolean isSource(String text) {
        return SOURCE.matcher(text).matches();
    }

    /** A board of this machine. */
    public static BoardId local(String name) {
        return new BoardId("", name);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when the text is no name of a board
     */
    public static BoardId of(String text) {
        int slash = text.indexOf('/');
        if (slash == 0) {
            throw new IllegalArgumentException("a board's name does not begin with a slash: " + text);
        }
        return slash < 0 ? local(text) : new BoardId(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Whether it is a board of this machine. */
    public boolean isLocal() {
        return source.isEmpty();
    }

    @Override
    public int compareTo(BoardId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return join(source, name);
    }

    private static String join(String source, String name) {
        return source.isEmpty() ? name : source + "/" + name;
    }
}
