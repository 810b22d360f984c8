package pulseboard.board.sync.rules;

/**
 * What a machine has to do on its disk.
 *
 * @param kind what
 * @param head what is to be at its path then
 * @param expected what is there now; if it is not, somebody has edited it, and nothing may be done
 * @param from for a move, where the content is taken from; else empty
 */
public record Task(Kind kind, Head head, Entry expected, String from) {

    /** Kinds of tasks. */
    public enum Kind {
        /** Get the content and keep it aside, where nobody sees it. */
        FETCH,
        /** Put what was fetched, or what has no content, in its place. */
        PLACE,
        /** Rename a file here to where it is to be. */
        MOVE,
        /** Delete. */
        REMOVE
    }

    /** Whether it takes a content that was fetched; else what is there already is what it wants. */
    public boolean usesPart() {
        return kind == Kind.PLACE && head.entry().hasContent() && !head.entry().hasSameContent(expected);
    }
}
