package pulseboard.board.sync.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Answer.Verdict;

/**
 * One folder as the coordinator knows it: the last version of each path, in the order in which they came. Decides what becomes of
 * what the machines announce; sees no content and no clock. Whatever comes twice changes nothing the second time. Used by one
 * thread.
 */
public final class Heads {

    /** With so many copies that wait for a person no more is made. */
    static final int MOST_COPIES = 10;

    private static final int MOST_ORIGINS = 8;

    /** What is kept from one start to the next. */
    public record Tables(
            Table<String, Head> heads,
            Table<Long, String> order,
            Table<String, Conflict> conflicts,
            Table<String, String> facts) {}

    private static final String SEQ = "seq";
    private static final String FORGOTTEN = "forgotten";
    private static final String FLOOR = "floor";
    private static final String COUNTER = "counter";

    private final Tables tables;
    private final Conflicts conflicts;

    /** For what nobody but the coordinator has decided. */
    private final long actor;

    private final Function<String, String> names;

    /** By device, up to which number it has everything. */
    private final Map<String, Long> applied = new HashMap<>();

    /** By path, who has said that it cannot get this content. */
    private final Map<Head, Set<String>> missing = new HashMap<>();

    /** Is told the paths of deletions that are forgotten. */
    private Consumer<String> onForgotten = path -> {};

    private long seq;
    private long counter;

    /** Below it, in versions, deletions are not known any more. */
    private Version forgotten;

    /** Opens the folder. The names are those of devices, for copies. */
    public Heads(Tables tables, long actor, Function<String, String> names) {
        this.tables = tables;
        this.conflicts = new Conflicts(tables.conflicts);
        this.actor = actor;
        this.names = names;
        seq = Long.parseLong(Objects.requireNonNullElse(tables.facts.get(SEQ), "0"));
        counter = Long.parseLong(Objects.requireNonNullElse(tables.facts.get(COUNTER), "0"));
        forgotten = Version.of(Objects.requireNonNullElse(tables.facts.get(FORGOTTEN), ""));
    }

    /** From now on this is told the path of each deletion that is forgotten. */
    public void onForgotten(Consumer<String> told) {
        onForgotten = told;
    }

    /** The number of the last change. */
    public long seq() {
        return seq;
    }

    /** Deletions up to this number are forgotten: everyone has done them. */
    public long floor() {
        return Long.parseLong(Objects.requireNonNullElse(tables.facts.get(FLOOR), "0"));
    }

    /** The last version of a path. */
    public @Nullable Head get(String path) {
        return tables.heads.get(path);
    }

    /** All paths from this one on. */
    public Iterator<Map.Entry<String, Head>> from(@Nullable String path) {
        return tables.heads.from(path);
    }

    /** Changes after this number, in their order. */
    public List<Head> after(long number, int most) {
        List<Head> all = new ArrayList<>();
        Iterator<Map.Entry<Long, String>> each = tables.order.from(number + 1);
        while (each.hasNext() && all.size() < most) {
            all.add(Objects.requireNonNull(tables.heads.get(each.next().getValue())));
        }
        return all;
    }

    /** All conflicts by their ids. */
    public Table<String, Conflict> conflicts() {
        return tables.conflicts;
    }

    /** A machine says what is at a path of its own. */
    public Answer announce(String device, String path, Entry entry) {
        Head head = tables.heads.get(path);
        if (head == null) {
            return forgotten.covers(entry.version()) ? new Answer(Verdict.FORGOTTEN, 0) : accept(device, path, entry);
        }
        return switch (entry.version().compare(head.entry().version())) {
            case EQUAL, BEFORE -> new Answer(Verdict.STALE, head.seq());
            case AFTER -> accept(device, path, entry);
            case CONCURRENT -> concurrent(device, head, entry);
        };
    }

    private Answer accept(String device, String path, Entry entry) {
        return new Answer(Verdict.ACCEPTED, put(new Head(path, 0, entry, device, List.of(entry.version()))));
    }

    private Answer concurrent(String device, Head head, Entry entry) {
        Entry known = head.entry();
        Version both = known.version().join(entry.version());
        Head mine = new Head(head.path(), 0, entry.in(both), device, List.of(entry.version()));
        if (known.hasSameContent(entry)) {
            List<Version> origins = new ArrayList<>(head.origins());
            origins.add(entry.version());
            int first = Math.max(0, origins.size() - MOST_ORIGINS);
            return merged(
                    new Head(head.path(), 0, known.in(both), head.device(), origins.subList(first, origins.size())));
        }
        if (head.origins().stream().anyMatch(entry.version()::covers)) {
            return merged(mine); // Whoever made it had seen this content, only not yet what it had survived.
        }
        if (!entry.isThere() || !known.isThere()) {
            conflicts.note("edit_delete", head, new Conflict.Side(device, entry), "");
            return merged(entry.isThere() ? mine : in(both, head));
        }
        return both(mine, head, entry);
    }

    private Answer merged(Head head) {
        return new Answer(Verdict.MERGED, put(head));
    }

    private static Head in(Version version, Head head) {
        return new Head(head.path(), 0, head.entry().in(version), head.device(), head.origins());
    }

    /** Both are kept. A directory keeps its name, for what is in it; else the one that was there first does. */
    private Answer both(Head mine, Head head, Entry entry) {
        if (conflicts.waiting(head.path()) >= MOST_COPIES) {
            return new Answer(Verdict.HELD, 0);
        }
        boolean isDirectory = entry.kind() == Entry.Kind.DIRECTORY;
        String kind = isDirectory || head.entry().kind() == Entry.Kind.DIRECTORY ? "kind" : "edit_edit";
        String copy =
                isDirectory ? copy(head.path(), head.entry(), head.device()) : copy(head.path(), entry, mine.device());
        conflicts.note(kind, head, new Conflict.Side(mine.device(), entry), copy);
        return new Answer(
                Verdict.CONFLICT, put(isDirectory ? mine : in(mine.entry().version(), head)));
    }

    /** Before the path itself changes, so that whoever goes by the order has the content when it does. */
    private String copy(String path, Entry entry, String device) {
        String name = Names.conflictCopy(path, entry.contentId(), names.apply(device));
        Head there = tables.heads.get(name);
        for (int number = 2;
                there != null && there.entry().isThere() && !there.entry().hasSameContent(entry);
                number++) {
            name = Names.conflictCopy(path, entry.contentId(), names.apply(device) + "-" + number);
            there = tables.heads.get(name);
        }
        if (there == null || !there.entry().isThere()) {
            Version version = there == null
                    ? entry.version()
                    : entry.version().join(there.entry().version());
            Version made = version.with(actor, nextCounter());
            long unused = put(new Head(name, 0, entry.in(made), device, List.of(made)));
        }
        return name;
    }

    private long put(Head head) {
        String path = head.path();
        Head before = tables.heads.get(path);
        if (before != null) {
            tables.order.remove(before.seq());
        }
        seq++;
        tables.heads.put(path, new Head(path, seq, head.entry(), head.device(), head.origins()));
        tables.order.put(seq, path);
        tables.facts.put(SEQ, Long.toString(seq));
        return seq;
    }

    private long nextCounter() {
        counter++;
        tables.facts.put(COUNTER, Long.toString(counter));
        return counter;
    }

    /** The coordinator itself puts something at a path, as an edit after all that is known there. */
    public Head decide(String path, Entry entry, String device) {
        Head before = tables.heads.get(path);
        Version version =
                before == null ? entry.version() : before.entry().version().join(entry.version());
        Version made = version.with(actor, nextCounter());
        long unused = put(new Head(path, 0, entry.in(made), device, List.of(made)));
        return Objects.requireNonNull(tables.heads.get(path));
    }

    /**
     * A machine has everything up to this number. What all have deleted is forgotten.
     *
     * @param devices all that belong to the folder, whether they are there or not
     */
    public void applied(String device, long number, Set<String> devices) {
        applied.put(device, number);
        long all = Long.MAX_VALUE;
        for (String each : devices) {
            all = Math.min(all, applied.getOrDefault(each, 0L));
        }
        if (all > floor() && all != Long.MAX_VALUE) {
            forget(all);
        }
    }

    private void forget(long number) {
        Set<String> gone = new TreeSet<>();
        Iterator<Map.Entry<Long, String>> each = tables.order.from(floor());
        while (each.hasNext()) {
            Map.Entry<Long, String> next = each.next();
            if (next.getKey() > number) {
                break;
            }
            if (!Objects.requireNonNull(tables.heads.get(next.getValue()))
                    .entry()
                    .isThere()) {
                gone.add(next.getValue());
            }
        }
        for (String path : gone) {
            Head head = Objects.requireNonNull(tables.heads.get(path));
            forgotten = forgotten.join(head.entry().version());
            tables.heads.remove(path);
            tables.order.remove(head.seq());
            onForgotten.accept(path);
        }
        tables.facts.put(FORGOTTEN, forgotten.toString());
        tables.facts.put(FLOOR, Long.toString(number));
    }

    /**
     * A machine cannot get the content of this version, and does not have it. When all say so, it was overwritten where it was
     * made before anyone had it, and its entry goes.
     */
    public void missing(String device, Head head, Set<String> devices) {
        Head now = tables.heads.get(head.path());
        if (now == null || now.seq() != head.seq() || !now.entry().isThere()) {
            return;
        }
        Set<String> said = missing.computeIfAbsent(now, first -> new HashSet<>());
        said.add(device);
        if (said.containsAll(devices)) {
            missing.remove(now);
            decide(now.path(), Entry.deleted(now.entry().version()), device);
        }
    }

    /** A person has decided a conflict. */
    public void resolve(Conflict conflict) {
        conflicts.resolve(conflict);
    }
}
