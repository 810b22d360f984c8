package pulseboard.board.sync.rules;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Answer.Verdict;

/**
 * One folder as a machine of it knows it: what is on the disk, what the coordinator has not been told, and what is to be fetched.
 * Touches no disk: it is told what was found there, and says what to do. Used by one thread.
 */
public final class Replica {

    /** What is kept from one start to the next, and must be durable together. */
    public record Tables(Table<String, Row> rows, Table<String, Head> wanted, Table<String, String> facts) {}

    private final Facts facts;
    private final Wanted wanted;
    private final Rows rows;

    /**
     * Opens it.
     *
     * @param newActor 64 random bits, used if there is none yet
     */
    public Replica(Tables tables, long newActor) {
        facts = new Facts(tables.facts, newActor);
        rows = new Rows(tables.rows);
        wanted = new Wanted(tables.wanted);
    }

    /**
     * Begins anew, as somebody else: what was known may be older than what was told. Every file here is then a new one, and what
     * others have comes; nothing is deleted anywhere.
     */
    public void beginAnew(long newActor) {
        rows.clear();
        wanted.clear();
        facts.beginAnew(newActor);
    }

    /** These are gone here, and come back from the others: they are as if they had never been here. */
    public void restore(Iterable<String> paths) {
        for (String path : paths) {
            rows.remove(path);
        }
        facts.setCursor(0);
    }

    /**
     * What is left out from now on is nobody's business: what was known of it is forgotten, and nothing of it is told. What is not
     * left out any more is learned anew.
     */
    public void leaveOut(BiPredicate<String, Entry> isLeftOut) {
        List<String> gone = new ArrayList<>();
        rows.from(null).forEachRemaining(each -> {
            if (isLeftOut.test(each.getKey(), each.getValue().entry())) {
                gone.add(each.getKey());
            }
        });
        gone.forEach(rows::remove);
        List<Head> unwanted = new ArrayList<>();
        wanted.all().forEach(unwanted::add);
        unwanted.removeIf(head -> !isLeftOut.test(head.path(), head.entry()));
        unwanted.forEach(wanted::remove);
        facts.setCursor(0);
    }

    /** Paths that the coordinator has to be told of, in their order. */
    public Set<String> untold() {
        return rows.allUntold();
    }

    /** Who this machine is in versions. */
    public long actor() {
        return facts.actor();
    }

    /** The number up to which the coordinator's changes are known here. */
    public long cursor() {
        return facts.cursor();
    }

    /** What is known of a path. */
    public Row row(String path) {
        return rows.get(path);
    }

    /** All paths from this one on. */
    public Iterator<Map.Entry<String, Row>> rows(@Nullable String path) {
        return rows.from(path);
    }

    /** What is to be fetched or deleted here. */
    public Wanted wanted() {
        return wanted;
    }

    /**
     * Somebody has looked at the disk. Returns whether there is something new to tell.
     *
     * @param found what is there, whatever its version; {@link Entry#ABSENT} if nothing
     */
    public boolean observe(String path, Entry found) {
        Row row = row(path);
        Entry known = row.entry();
        if (isSame(known, found)) {
            return false;
        }
        if (isPlaced(row.placing(), found)) {
            settle(path, row.placing(), row.placing().version());
            return false;
        }
        Head head = wanted.get(path);
        if (head != null && found.isThere() && head.entry().looksLike(found) && Plan.isAfter(head, row)) {
            settle(path, head.entry(), head.entry().version());
            return false;
        }
        Version version = facts.next(known.version());
        Entry edited = found.isThere() ? found.in(version) : Entry.deleted(version);
        rows.put(path, new Row(edited, 0, Entry.ABSENT));
        return true;
    }

    private static boolean isSame(Entry one, Entry other) {
        return one.looksLike(other) || (!one.isThere() && !other.isThere());
    }

    private static boolean isPlaced(Entry placing, Entry found) {
        return placing.kind() != Entry.Kind.ABSENT && isSame(placing, found);
    }

    /** The disk holds this now, which the coordinator knows. */
    private void settle(String path, Entry entry, Version version) {
        Head head = wanted.get(path);
        long seq = 1;
        if (head != null) {
            seq = head.seq();
            Version.Order order = head.entry().version().compare(version);
            if (order == Version.Order.EQUAL || order == Version.Order.BEFORE) {
                wanted.remove(head);
            }
        }
        rows.put(path, new Row(entry.in(version), seq, Entry.ABSENT));
    }

    /** A directory that is to be deleted has something in it that only this machine knows: it stays, and the others get it back. */
    public void keep(Head deleted) {
        Row row = row(deleted.path());
        wanted.remove(deleted);
        Version version = facts.next(row.entry().version().join(deleted.entry().version()));
        rows.put(deleted.path(), new Row(row.entry().in(version), 0, Entry.ABSENT));
    }

    /** What the coordinator has to be told; directories before what is in them, deletions when there is nothing else. */
    public Map<String, Entry> untold(int most) {
        return rows.untold(most);
    }

    /** Whether all that is here is known to the coordinator. */
    public boolean isTold() {
        return rows.isTold();
    }

    /** The coordinator has answered to this version of a path. */
    public void answered(String path, Version version, Answer answer) {
        Row row = row(path);
        if (!row.isUntold() || !row.entry().version().equals(version)) {
            return;
        }
        if (answer.verdict() == Verdict.FORGOTTEN && row.entry().isThere()) {
            rows.put(path, new Row(row.entry().in(facts.next(version)), 0, row.placing()));
            return;
        }
        if (answer.verdict() == Verdict.FORGOTTEN) {
            rows.remove(path);
        } else {
            long seq = answer.verdict() == Verdict.HELD ? -1 : Math.max(1, answer.seq());
            rows.put(path, new Row(row.entry(), seq, row.placing()));
        }
    }

    /**
     * The coordinator's changes after a number, all of them up to another one. Where some are missing in between nothing happens,
     * and they are asked for again.
     *
     * @param floor up to which number deletions are forgotten
     */
    public boolean heads(long after, List<Head> heads, long upTo, long floor) {
        if (after > facts.cursor()) {
            return false;
        }
        for (Head head : heads) {
            learn(head);
        }
        if (upTo > facts.cursor()) {
            facts.setCursor(upTo);
        }
        forget(floor);
        return true;
    }

    private void learn(Head head) {
        Row row = row(head.path());
        Head before = wanted.get(head.path());
        if (before != null && before.seq() >= head.seq()) {
            return;
        }
        if (before != null) {
            wanted.remove(before);
        }
        Entry known = row.entry();
        switch (head.entry().version().compare(known.version())) {
            case EQUAL -> {
                rows.put(head.path(), new Row(known, head.seq(), row.placing()));
            }
            case BEFORE -> {}
            case AFTER -> {
                if (isSame(known, head.entry())) {
                    rows.put(head.path(), new Row(head.entry(), head.seq(), row.placing()));
                } else {
                    wanted.put(head);
                }
            }
            case CONCURRENT -> wanted.put(head);
        }
    }

    /** Everyone has done these deletions. */
    private void forget(long floor) {
        if (facts.raiseFloor(floor)) {
            rows.forgetDeletions(floor);
        }
    }

    /** The number up to which everything is done here. */
    public long applied() {
        return Math.min(facts.cursor(), wanted.lowest() - 1);
    }

    /** What can be done now for a wanted path; null if nothing. See {@link Plan}. */
    public @Nullable Task task(String path, Predicate<String> isFetched) {
        return Plan.task(this, path, isFetched);
    }

    /** A path whose file only has to be renamed for what is to be fetched, because it is to be deleted; null if there is none. */
    public @Nullable Task move(Task fetch, Iterable<String> holders) {
        return Plan.move(this, fetch, holders);
    }

    /** To be called, and made durable, before the disk is touched. */
    public void begin(Task task) {
        noteBegun(task.head().path(), task.head().entry());
        if (task.kind() == Task.Kind.MOVE) {
            noteBegun(
                    task.from(), Objects.requireNonNull(wanted.get(task.from())).entry());
        }
    }

    private void noteBegun(String path, Entry placing) {
        Row row = row(path);
        rows.put(path, new Row(row.entry(), row.seq(), placing));
    }

    /** It is done: the disk is as the task wanted it. */
    public void done(Task task) {
        finish(task.head().path(), task.head().entry());
        if (task.kind() == Task.Kind.MOVE) {
            finish(task.from(), row(task.from()).placing());
        }
    }

    private void finish(String path, Entry entry) {
        settle(path, entry, entry.version());
    }

    /** It was not done: nothing of it is on the disk. */
    public void failed(Task task) {
        for (String path : task.from().isEmpty()
                ? List.of(task.head().path())
                : List.of(task.head().path(), task.from())) {
            Row row = row(path);
            rows.put(path, new Row(row.entry(), row.seq(), Entry.ABSENT));
        }
    }
}
