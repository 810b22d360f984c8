package pulseboard.board.sync.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A coordinator and some machines, with a network that drops, doubles and delays, and with people who edit. All of it follows
 * from one seed. It notes which content somebody has overwritten or deleted: no other may ever be lost.
 */
final class World {

    private static final String[] PATHS = {"a.txt", "b.txt", "c", "d.e.f", "g/h"};

    final Random random;
    final List<Machine> machines = new ArrayList<>();
    final Heads heads;

    /** Contents that a person has overwritten or deleted. */
    final Set<String> overwritten = new HashSet<>();

    final Set<String> written = new HashSet<>();

    /** Contents that came to a path more than once. */
    final Set<String> renamed = new HashSet<>();

    private final Map<String, Set<String>> histories = new HashMap<>();

    private final List<Runnable> network = new ArrayList<>();
    private final boolean isBad;
    private int contents;

    World(long seed, int count, boolean isBad) {
        random = new Random(seed);
        this.isBad = isBad;
        heads = new Heads(
                new Heads.Tables(new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>()),
                1,
                name -> name);
        for (int number = 0; number < count; number++) {
            machines.add(new Machine(this, "m" + number));
        }
    }

    /** What whoever wrote this content at this path had seen there before. */
    Set<String> history(String path, String content) {
        return histories.computeIfAbsent(path + "\n" + content, first -> new HashSet<>());
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        machines.forEach(machine -> names.add(machine.name));
        return names;
    }

    void send(Machine machine, Runnable message) {
        if (isBad && (!machine.isOnline || random.nextInt(10) == 0)) {
            return;
        }
        network.add(random.nextInt(network.size() + 1), message);
        if (isBad && random.nextInt(10) == 0) {
            network.add(random.nextInt(network.size() + 1), message);
        }
    }

    void deliver() {
        if (!network.isEmpty()) {
            network.remove(isBad ? random.nextInt(network.size()) : 0).run();
        }
    }

    /** Announced, decided, and answered, unless something of it gets lost. */
    void announce(Machine machine, String path, Entry entry) {
        send(machine, () -> {
            Answer answer = heads.announce(machine.name, path, entry);
            send(machine, () -> machine.answered(path, entry.version(), answer));
        });
    }

    void ask(Machine machine, long cursor) {
        send(machine, () -> {
            List<Head> all = heads.after(cursor, 3);
            long upTo = all.size() < 3 ? heads.seq() : all.get(all.size() - 1).seq();
            long floor = heads.floor();
            send(machine, () -> machine.heads(cursor, all, upTo, floor));
        });
    }

    void tell(Machine machine, long applied) {
        send(machine, () -> heads.applied(machine.name, applied, names()));
    }

    void missing(Machine machine, Head head) {
        send(machine, () -> heads.missing(machine.name, head, names()));
    }

    String newContent() {
        contents++;
        String content = String.format("%08x", contents);
        written.add(content);
        return content;
    }

    private String path() {
        return PATHS[random.nextInt(PATHS.length)];
    }

    /** Somebody does something to the files of a machine. */
    void edit(Machine machine) {
        List<String> there = new ArrayList<>(machine.disk.keySet());
        int what = random.nextInt(10);
        if (what < 6 || there.isEmpty()) {
            machine.write(there.isEmpty() || random.nextBoolean() ? path() : pick(there));
        } else if (what < 8) {
            machine.delete(pick(there));
        } else {
            String to = path();
            if (!machine.disk.containsKey(to)) {
                machine.rename(pick(there), to);
            }
        }
    }

    String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One thing happens somewhere. */
    void step() {
        Machine machine = machines.get(random.nextInt(machines.size()));
        switch (random.nextInt(20)) {
            case 0, 1 -> edit(machine);
            case 2 -> machine.isOnline = !machine.isOnline;
            case 3 -> machine.crash();
            case 4, 5, 6 -> machine.scan();
            case 7, 8 -> machine.announce();
            case 9, 10 -> machine.ask();
            case 11, 12, 13, 14 -> machine.work();
            default -> deliver();
        }
    }

    /** Everyone is there, and nobody edits, until nothing is left to do. Returns whether that came to an end. */
    boolean settle() {
        machines.forEach(machine -> machine.isOnline = true);
        for (int round = 0; round < 300; round++) {
            for (Machine machine : machines) {
                machine.scan();
                machine.announce();
                machine.ask();
                for (int time = 0; time < 8; time++) {
                    machine.work();
                }
            }
            while (!network.isEmpty()) {
                deliver();
            }
            if (isSettled()) {
                return true;
            }
        }
        return false;
    }

    private boolean isSettled() {
        return machines.stream()
                .allMatch(machine -> machine.replica.isTold()
                        && machine.replica.cursor() == heads.seq()
                        && machine.replica.wanted().size() == 0);
    }

    /** What the coordinator has, as a disk would show it. */
    Map<String, String> tree() {
        Map<String, String> tree = new HashMap<>();
        Iterator<Map.Entry<String, Head>> all = heads.from(null);
        while (all.hasNext()) {
            Map.Entry<String, Head> next = all.next();
            if (next.getValue().entry().isThere()) {
                tree.put(next.getKey(), next.getValue().entry().contentId());
            }
        }
        return tree;
    }
}
