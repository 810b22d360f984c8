package pulseboard.board.sync.rules;

import java.util.Objects;

/** Who a machine is in a folder, how many edits it has told, and up to where it knows the others'. Used by one thread. */
final class Facts {

    private static final String ACTOR = "actor";
    private static final String COUNTER = "counter";
    private static final String CURSOR = "cursor";
    private static final String FLOOR = "floor";

    private final Table<String, String> table;
    private long actor;

    Facts(Table<String, String> table, long newActor) {
        this.table = table;
        String known = table.get(ACTOR);
        setActor(known == null ? newActor : Long.parseUnsignedLong(known, 16));
    }

    private void setActor(long now) {
        actor = now;
        table.put(ACTOR, Long.toHexString(now));
    }

    private long number(String name) {
        return Long.parseLong(Objects.requireNonNullElse(table.get(name), "0"));
    }

    void beginAnew(long newActor) {
        table.clear();
        setActor(newActor);
    }

    long actor() {
        return actor;
    }

    long cursor() {
        return number(CURSOR);
    }

    void setCursor(long number) {
        table.put(CURSOR, Long.toString(number));
    }

    /** After this version, one more edit of this machine. */
    Version next(Version version) {
        long counter = number(COUNTER) + 1;
        table.put(COUNTER, Long.toString(counter));
        return version.with(actor, counter);
    }

    /** Everyone has done deletions up to this number. Returns whether that is new. */
    boolean raiseFloor(long floor) {
        boolean isNew = floor > number(FLOOR);
        if (isNew) {
            table.put(FLOOR, Long.toString(floor));
        }
        return isNew;
    }
}
