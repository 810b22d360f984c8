package pulseboard.board.lab.paxos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import pulseboard.board.lab.paxos.Message.Kind;

/**
 * Every state that acceptors and proposers can get into, whatever is lost, doubled, late or out of order: a message that was sent
 * once can arrive at any time, any number of times, or never. Acceptances are counted where they are sent, so that it shows even
 * when nobody hears of them.
 */
final class AllStates {

    /** What an acceptor does with a message: the real one, or one with a planted fault. */
    interface Rule {
        Acceptor.Step step(Acceptor acceptor, Message message);
    }

    /**
     * What was found.
     *
     * @param states how many states there are
     * @param violation two values that are both chosen, in the first state where that is so
     */
    record Found(int states, Optional<Set<String>> violation) {}

    private final Quorum quorum;
    private final List<String> names;
    private final List<Proposer.Setting> attempts = new ArrayList<>();
    private final Rule rule;
    private final List<Object> things = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();

    /** One attempt for each ballot, each with a value of its own. */
    AllStates(Quorum quorum, Rule rule, Ballot... ballots) {
        this.quorum = quorum;
        this.rule = rule;
        names = IntStream.range(0, quorum.acceptors()).mapToObj(n -> "a" + n).toList();
        Proposer.Group group = new Proposer.Group(names, quorum);
        for (int n = 0; n < ballots.length; n++) {
            attempts.add(new Proposer.Setting("p" + n, ballots[n], "v" + n, group));
        }
    }

    /** Acceptors first, then attempts: numbers of what they are now; and the messages sent so far. */
    @SuppressWarnings("ArrayRecordComponent") // Compared below.
    private record State(int[] parts, BitSet sent) {

        @Override
        public boolean equals(Object other) {
            return other instanceof State state && Arrays.equals(parts, state.parts) && sent.equals(state.sent);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(parts) + sent.hashCode();
        }
    }

    private int number(Object thing) {
        return numbers.computeIfAbsent(thing, missing -> {
            things.add(thing);
            return things.size() - 1;
        });
    }

    Found explore() {
        State first = first();
        Set<State> seen = new HashSet<>(Set.of(first));
        Deque<State> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            State state = open.pop();
            Set<String> chosen = chosen(state);
            if (chosen.size() > 1) {
                return new Found(seen.size(), Optional.of(chosen));
            }
            for (State next : after(state)) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return new Found(seen.size(), Optional.empty());
    }

    /** All have begun: what they have sent may arrive at any time. */
    private State first() {
        int[] parts = new int[names.size() + attempts.size()];
        Arrays.fill(parts, 0, names.size(), number(Acceptor.NEW));
        BitSet sent = new BitSet();
        for (int attempt = 0; attempt < attempts.size(); attempt++) {
            Proposer.Step begun = Proposer.begin(attempts.get(attempt));
            parts[names.size() + attempt] = number(begun.next());
            begun.send().forEach(message -> sent.set(number(message)));
        }
        return new State(parts, sent);
    }

    private Set<String> chosen(State state) {
        Map<Accepted, Set<String>> holders = new HashMap<>();
        state.sent.stream()
                .mapToObj(id -> (Message) things.get(id))
                .filter(message -> message.kind() == Kind.ACCEPTED && message.accepted() != null)
                .forEach(message -> holders.computeIfAbsent(message.accepted(), missing -> new TreeSet<>())
                        .add(message.from()));
        Set<String> chosen = new TreeSet<>();
        holders.forEach((accepted, who) -> {
            if (who.size() >= quorum.accept()) {
                chosen.add(accepted.value());
            }
        });
        return chosen;
    }

    private List<State> after(State state) {
        List<State> next = new ArrayList<>();
        state.sent.stream().forEach(id -> deliver(state, (Message) things.get(id), next));
        for (int attempt = names.size(); attempt < state.parts.length; attempt++) {
            if (((Proposer) things.get(state.parts[attempt])).phase() == Proposer.Phase.PREPARING) {
                collect(state, new int[] {attempt, 0}, (Proposer) things.get(state.parts[attempt]), next);
            }
        }
        return next;
    }

    private void deliver(State state, Message message, List<State> next) {
        if (message.kind() == Kind.PREPARE || message.kind() == Kind.ACCEPT) {
            int acceptor = names.indexOf(message.to());
            Acceptor.Step step = rule.step((Acceptor) things.get(state.parts[acceptor]), message);
            // Nothing here tries again, so a refusal changes nothing.
            List<Message> reply = step.reply().kind() == Kind.NACK ? List.of() : List.of(step.reply());
            next.add(changed(state, acceptor, step.next(), reply));
        }
    }

    /**
     * Every choice of promises, of the acceptors from who[1] on, that makes the attempt who[0] propose. Those that it only notes change
     * nothing for anybody else, so that they need no states of their own.
     */
    private void collect(State state, int[] who, Proposer sofar, List<State> next) {
        if (who[1] == names.size()) {
            return;
        }
        int[] after = {who[0], who[1] + 1};
        collect(state, after, sofar, next);
        state.sent.stream().mapToObj(id -> (Message) things.get(id)).toList().forEach(message -> {
            if (message.kind() == Kind.PROMISE && message.from().equals(names.get(who[1]))) {
                Proposer.Step step = sofar.step(message);
                if (!step.send().isEmpty()) {
                    next.add(changed(state, who[0], step.next(), step.send()));
                } else if (!step.next().equals(sofar)) {
                    collect(state, after, step.next(), next);
                }
            }
        });
    }

    private State changed(State state, int part, Object now, List<Message> send) {
        int[] parts = state.parts.clone();
        parts[part] = number(now);
        BitSet sent = (BitSet) state.sent.clone();
        send.forEach(message -> sent.set(number(message)));
        return new State(parts, sent);
    }
}
