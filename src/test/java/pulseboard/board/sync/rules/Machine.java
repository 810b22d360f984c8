package pulseboard.board.sync.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pulseboard.board.sync.rules.Entry.Kind;

/** A machine of the simulation. Its disk survives a crash; of its index only what was committed does. */
final class Machine {

    final String name;
    final Map<String, String> disk = new HashMap<>();
    boolean isOnline = true;
    Replica replica;

    private final World world;
    private final Set<String> parts = new HashSet<>();

    /** By path, all contents that whoever edits here can know of. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    private MemoryTable<String, Row> rows = new MemoryTable<>();
    private MemoryTable<String, Head> wanted = new MemoryTable<>();
    private MemoryTable<String, String> facts = new MemoryTable<>();
    private Replica.Tables kept = new Replica.Tables(rows, wanted, facts);

    Machine(World world, String name) {
        this.world = world;
        this.name = name;
        replica = new Replica(new Replica.Tables(rows, wanted, facts), world.random.nextLong());
        commit();
    }

    void commit() {
        kept = new Replica.Tables(new MemoryTable<>(rows), new MemoryTable<>(wanted), new MemoryTable<>(facts));
    }

    void crash() {
        rows = new MemoryTable<>((MemoryTable<String, Row>) kept.rows());
        wanted = new MemoryTable<>((MemoryTable<String, Head>) kept.wanted());
        facts = new MemoryTable<>((MemoryTable<String, String>) kept.facts());
        replica = new Replica(new Replica.Tables(rows, wanted, facts), world.random.nextLong());
        replica.rows(null).forEachRemaining(each -> {
            String path = each.getKey();
            Entry placing = each.getValue().placing();
            if (placing.isThere() && !found(path).hasSameContent(placing)) {
                // Edited before or after it was put there? Nobody knows any more, and a conflict is the safe answer.
                seen.remove(path);
                world.history(path, String.valueOf(disk.get(path))).clear();
            }
        });
        scan();
    }

    void write(String path) {
        String content = world.newContent();
        Set<String> before = seen.computeIfAbsent(path, first -> new HashSet<>());
        world.history(path, content).addAll(before);
        before.add(content);
        String old = disk.put(path, content);
        if (old != null) {
            world.overwritten.add(old);
        }
    }

    void delete(String path) {
        world.overwritten.add(disk.remove(path));
    }

    void rename(String from, String to) {
        String content = disk.remove(from);
        disk.put(to, content);
        world.renamed.add(content);
    }

    private Entry found(String path) {
        String content = disk.get(path);
        return content == null ? Entry.ABSENT : new Entry(Kind.FILE, 8, 0, 0644, content, Version.NONE);
    }

    void scan() {
        Set<String> paths = new TreeSet<>(disk.keySet());
        replica.rows(null).forEachRemaining(row -> paths.add(row.getKey()));
        paths.forEach(path -> replica.observe(path, found(path)));
        if (world.random.nextBoolean()) {
            commit();
        }
    }

    void announce() {
        commit(); // A counter is durable before it is told.
        replica.untold(3).forEach((path, entry) -> world.announce(this, path, entry));
    }

    void ask() {
        commit();
        world.ask(this, replica.cursor());
        world.tell(this, replica.applied());
    }

    void answered(String path, Version version, Answer answer) {
        replica.answered(path, version, answer);
    }

    void heads(long after, List<Head> heads, long upTo, long floor) {
        boolean unused = replica.heads(after, heads, upTo, floor);
    }

    private boolean has(String content) {
        return parts.contains(content) || disk.containsValue(content);
    }

    /** Does one thing that is to be done. */
    void work() {
        List<Head> all = new ArrayList<>();
        replica.wanted().all().forEach(all::add);
        if (all.isEmpty()) {
            return;
        }
        Head head = all.get(world.random.nextInt(all.size()));
        Task task = replica.task(head.path(), parts::contains);
        if (task == null) {
            return;
        }
        Task move = task.kind() == Task.Kind.FETCH ? replica.move(task, List.copyOf(disk.keySet())) : null;
        if (move != null) {
            apply(move);
        } else if (task.kind() == Task.Kind.FETCH) {
            fetch(task.head());
        } else {
            apply(task);
        }
    }

    private void fetch(Head head) {
        String content = head.entry().contentId();
        boolean isThere = has(content);
        if (!isThere && isOnline) {
            isThere = world.machines.stream().anyMatch(other -> other.isOnline && other.has(content));
            if (!isThere) {
                world.missing(this, head);
            }
        }
        if (isThere) {
            parts.add(content);
        }
    }

    private void apply(Task task) {
        String path = task.head().path();
        replica.begin(task);
        commit();
        boolean isAsExpected =
                found(path).looksLike(task.expected()) || (!task.expected().isThere() && !disk.containsKey(path));
        if (task.kind() == Task.Kind.MOVE) {
            isAsExpected &= found(task.from()).hasSameContent(task.head().entry());
        }
        if (!isAsExpected) {
            replica.failed(task);
            scan();
            return;
        }
        if (task.kind() == Task.Kind.MOVE) {
            disk.remove(task.from());
        }
        if (task.kind() == Task.Kind.REMOVE) {
            disk.remove(path);
        } else {
            String content = task.head().entry().contentId();
            disk.put(path, content);
            Set<String> known = seen.computeIfAbsent(path, first -> new HashSet<>());
            known.add(content);
            known.addAll(world.history(path, content));
        }
        if (world.random.nextInt(8) == 0) {
            crash();
            return;
        }
        replica.done(task);
        if (!replica.wanted().wants(task.head().entry().contentId())) {
            parts.remove(task.head().entry().contentId());
        }
    }
}
