package pulseboard.board.sync.agent;

/** The words of one agent to another, each followed by what is said there. Numbers are big-endian; a content is named by its 32 bytes. */
final class Ask {

    /** A count and so many contents; for each a status, and if it is there its size and bytes. */
    static final int WHOLE = 1;

    /** A content and one that the other side has the list of, or zeros; a status, a byte (1: a difference), a length and the list. */
    static final int LIST = 2;

    /** A content, a count, and for each a first chunk and how many; a status, then for each chunk its length, or 0 for zeros, and its bytes. */
    static final int CHUNKS = 3;

    /**
     * A content, a count, and for each a first chunk, how many, a seed, and a length of signatures and these; a status, then for each a
     * length and what to copy and what is new.
     */
    static final int BLOCKS = 4;

    /**
     * Only by the coordinator, for a person: a path, the version that is there, empty for nothing, and the size, 0 if it is not known; a word, empty for "go on"; then blocks
     * of bytes, each after its length, and a length of 0; a word, and if it is empty the content and its size.
     */
    static final int PUT = 5;

    /** It comes. */
    static final int OK = 0;

    /** It is not here. */
    static final int ABSENT = 1;

    /** It was here, and has changed. */
    static final int CHANGED = 2;

    /** No list is longer: of 4 million chunks. */
    static final int MOST_LIST_BYTES = 160 << 20;

    /** Together no asked chunks are more. */
    static final int MOST_BYTES = 32 << 20;

    static final int MOST_ITEMS = 4_096;

    /** No block of a file that is put is larger. */
    static final int MOST_BLOCK_BYTES = 1 << 20;

    private Ask() {}
}
