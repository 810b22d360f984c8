package pulseboard.board.sync.agent;

import pulseboard.board.sync.rules.Entry.Kind;

/**
 * What the file system says of a path.
 *
 * @param kind what it is; {@link Kind#ABSENT} for nothing, and for what cannot be synced
 * @param size in bytes
 * @param mtimeNanos when its content changed
 * @param ctimeNanos when anything of it changed, which no program can set; 0 where it is not known
 * @param key the inode
 * @param mode permissions
 */
record Stat(Kind kind, long size, long mtimeNanos, long ctimeNanos, String key, int mode) {

    static final Stat NOTHING = new Stat(Kind.ABSENT, 0, 0, 0, "", 0);

    /** A file that was touched so shortly before it was looked at may have been touched again since, at the same time. */
    private static final long FRESH_NANOS = 2_000_000_000L;

    private static final long QUIET_NANOS = 300_000_000L;

    boolean isThere() {
        return kind != Kind.ABSENT;
    }

    /** Whether it is the same file, unchanged by all that the file system says. */
    boolean isSame(Stat other) {
        return kind == other.kind
                && size == other.size
                && mode == other.mode
                && (kind != Kind.FILE
                        || (mtimeNanos == other.mtimeNanos
                                && Math.abs(ctimeNanos) == Math.abs(other.ctimeNanos)
                                && key.equals(other.key)));
    }

    /** The same, to be read again when it is looked at the next time. */
    Stat toReadAgain() {
        return new Stat(kind, size, mtimeNanos, -Math.abs(ctimeNanos), key, mode);
    }

    boolean isToReadAgain() {
        return ctimeNanos < 0;
    }

    /** Whoever has written to it a moment ago is likely to go on. */
    boolean isBeingWritten(long nowNanos) {
        return kind == Kind.FILE && mtimeNanos > nowNanos - QUIET_NANOS && mtimeNanos <= nowNanos;
    }

    boolean isFresh(long nowNanos) {
        long touched = ctimeNanos == 0 ? mtimeNanos : Math.abs(ctimeNanos);
        // A time that is to come says nothing, and would say so for as long as that.
        return kind == Kind.FILE && touched > nowNanos - FRESH_NANOS && touched <= nowNanos + FRESH_NANOS;
    }

    /** As it is told to others: file systems and Java agree on microseconds. */
    long toldMtimeNanos() {
        return kind == Kind.FILE ? Math.floorDiv(mtimeNanos, 1_000) * 1_000 : 0;
    }

    String text() {
        return String.join(
                "\t",
                kind.name(),
                Long.toString(size),
                Long.toString(mtimeNanos),
                Long.toString(ctimeNanos),
                Integer.toString(mode),
                key);
    }

    static Stat of(String text) {
        String[] parts = text.split("\t", 6);
        return new Stat(
                Kind.valueOf(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                parts[5],
                Integer.parseInt(parts[4]));
    }
}
