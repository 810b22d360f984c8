package pulseboard.board.lab.paxos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import pulseboard.board.lab.paxos.Message.Kind;

/**
 * One random history, the same for the same seed: messages that are lost, doubled, late and out of order, acceptors that crash with
 * a log whose end is torn, proposers that crash and come back under another name. Then a fair end, in which all that is sent
 * arrives.
 */
final class Schedule {

    private static final int STEPS = 300;
    private static final int PROPOSERS = 3;

    private final Random random;
    private final AllStates.Rule rule;
    private final Proposer.Group group;
    private final Disk[] disks;
    private final List<Proposer> proposers = new ArrayList<>();
    private final List<Message> network = new ArrayList<>();
    private final Map<Accepted, Set<String>> acceptances = new HashMap<>();
    private final boolean areBallotsShared;
    private int names;

    /** The log of an acceptor: what is on disk, and what has only been written, with the answers that wait for it. */
    private static final class Disk {
        private Acceptor durable = Acceptor.NEW;
        private final List<Acceptor> written = new ArrayList<>();
        private final List<Message> answers = new ArrayList<>();

        private Acceptor last() {
            return written.isEmpty() ? durable : written.get(written.size() - 1);
        }
    }

    /** All that follows comes from the seed. */
    Schedule(long seed, Quorum quorum, AllStates.Rule rule, boolean areBallotsShared) {
        this.random = new Random(seed);
        this.rule = rule;
        this.areBallotsShared = areBallotsShared;
        group = new Proposer.Group(
                IntStream.range(0, quorum.acceptors()).mapToObj(n -> "a" + n).toList(), quorum);
        disks = IntStream.range(0, quorum.acceptors()).mapToObj(n -> new Disk()).toArray(Disk[]::new);
        IntStream.range(0, PROPOSERS).forEach(n -> proposers.add(begin(n, n == 0 ? 0 : 1)));
    }

    /** Under a new name, as after a crash: what the old one had in mind is lost. */
    private Proposer begin(int proposer, long counter) {
        String identity = areBallotsShared ? "all" : "i" + names++;
        Proposer.Step begun = Proposer.begin(new Proposer.Setting(
                "p" + proposer, new Ballot(counter, identity), "value-" + proposer + "-" + names, group));
        network.addAll(begun.send());
        return begun.next();
    }

    /** Goes on at random; then fairly, until something is chosen. */
    Set<String> run() {
        for (int step = 0; step < STEPS; step++) {
            int what = random.nextInt(100);
            if (what < 60) {
                deliver(random.nextInt(10) == 0);
            } else if (what < 85) {
                force(random.nextInt(disks.length));
            } else if (what < 90) {
                crash(random.nextInt(disks.length));
            } else {
                again(random.nextInt(PROPOSERS));
            }
        }
        return chosen();
    }

    /** No crash and no loss from now on, and one proposer that tries: false if it gets nowhere. */
    boolean endsFairly() {
        for (int round = 0; round < 10; round++) {
            again(0);
            while (!network.isEmpty()) {
                deliver(false);
                IntStream.range(0, disks.length).forEach(this::force);
            }
            if (proposers.get(0).chosen().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void deliver(boolean isDoubled) {
        if (network.isEmpty()) {
            return;
        }
        int which = random.nextInt(network.size());
        Message message = isDoubled ? network.get(which) : network.remove(which);
        if (message.to().startsWith("a")) {
            Disk disk = disks[Integer.parseInt(message.to().substring(1))];
            Acceptor.Step step = rule.step(disk.last(), message);
            disk.written.add(step.next());
            disk.answers.add(step.reply());
        } else {
            int proposer = Integer.parseInt(message.to().substring(1));
            Proposer.Step step = proposers.get(proposer).step(message);
            proposers.set(proposer, step.next());
            network.addAll(step.send());
        }
    }

    /** What was written is on disk, and its answers go out. */
    private void force(int which) {
        Disk disk = disks[which];
        disk.durable = disk.last();
        disk.written.clear();
        for (Message answer : disk.answers) {
            if (answer.kind() == Kind.ACCEPTED && answer.accepted() != null) {
                acceptances
                        .computeIfAbsent(answer.accepted(), missing -> new TreeSet<>())
                        .add(answer.from());
            }
        }
        network.addAll(disk.answers);
        disk.answers.clear();
    }

    /** Any number of the last records may be on disk or not; the answers were not sent. */
    private void crash(int which) {
        Disk disk = disks[which];
        int kept = random.nextInt(disk.written.size() + 1);
        disk.durable = kept == 0 ? disk.durable : disk.written.get(kept - 1);
        disk.written.clear();
        disk.answers.clear();
    }

    /** Gives up an attempt for the next, or crashes and comes back. */
    private void again(int which) {
        Proposer before = proposers.get(which);
        if (random.nextBoolean()) {
            proposers.set(which, begin(which, before.above().counter()));
        } else {
            Proposer.Setting setting = before.setting();
            Proposer.Step begun = Proposer.begin(
                    new Proposer.Setting(setting.name(), before.above(), setting.value(), setting.group()));
            proposers.set(which, begun.next());
            network.addAll(begun.send());
        }
    }

    /** All values that so many have accepted under one ballot, whether or not anybody knows. */
    Set<String> chosen() {
        Set<String> chosen = new TreeSet<>();
        acceptances.forEach((accepted, who) -> {
            if (who.size() >= group.quorum().accept()) {
                chosen.add(accepted.value());
            }
        });
        return chosen;
    }
}
