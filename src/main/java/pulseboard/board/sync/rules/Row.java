package pulseboard.board.sync.rules;

/**
 * What a machine knows of a path of its own.
 *
 * @param entry what is on its disk, as far as it has looked
 * @param seq the coordinator's number of that; 0 while the coordinator does not know it, -1 where it does not take it
 * @param placing what is about to be put there; {@link Entry#ABSENT} if nothing. It is noted before the disk is touched, so that after a crash
 *     nobody takes it for an edit
 */
public record Row(Entry entry, long seq, Entry placing) {

    /** A path of which nothing is known. */
    public static final Row NONE = new Row(Entry.ABSENT, 0, Entry.ABSENT);

    /** Whether the coordinator has to be told. */
    public boolean isUntold() {
        return seq == 0 && entry.kind() != Entry.Kind.ABSENT;
    }
}
