package pulseboard.board.lab.paxos;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pulseboard.board.lab.paxos.Message.Kind;

/**
 * One attempt of a proposer to have a value chosen. An attempt that was refused is over: the next one has a higher {@linkplain
 * #above ballot}.
 *
 * @param setting what does not change
 * @param phase how far it is
 * @param promises who has promised, and what they had accepted; {@link Optional#empty()}: nothing
 * @param proposed the value that it asks to accept: its own, or the one that it has to finish
 * @param acceptances who has accepted it
 * @param higher the highest ballot that stood in the way, if any did
 */
public record Proposer(
        Setting setting,
        Phase phase,
        Map<String, Optional<Accepted>> promises,
        @Nullable String proposed,
        Set<String> acceptances,
        @Nullable Ballot higher) {

    /** How far an attempt is. */
    public enum Phase {
        /** It waits for promises. */
        PREPARING,
        /** It waits for acceptances. */
        ACCEPTING,
        /** Its value is chosen. */
        CHOSEN
    }

    /**
     * What does not change.
     *
     * @param name whom acceptors answer
     * @param ballot the attempt's own
     * @param value what it would like to have chosen
     * @param group whom it asks
     */
    public record Setting(String name, Ballot ballot, String value, Group group) {}

    /**
     * Whom a proposer asks.
     *
     * @param acceptors their names
     * @param quorum how many have to agree
     */
    public record Group(List<String> acceptors, Quorum quorum) {

        /** Copies. */
        public Group {
            acceptors = List.copyOf(acceptors);
        }
    }

    /**
     * What a message leads to.
     *
     * @param next the attempt from now on
     * @param send what is to be sent
     */
    public record Step(Proposer next, List<Message> send) {

        /** Copies. */
        public Step {
            send = List.copyOf(send);
        }
    }

    /** Copies. */
    public Proposer {
        promises = Collections.unmodifiableMap(new TreeMap<>(promises));
        acceptances = Collections.unmodifiableSet(new TreeSet<>(acceptances));
    }

    /** Begins: with {@link Kind#PREPARE}, or at once with {@link Kind#ACCEPT} where the ballot is its owner's first. */
    public static Step begin(Setting setting) {
        Proposer attempt = new Proposer(setting, Phase.PREPARING, Map.of(), null, Set.of(), null);
        return setting.ballot().isFast()
                ? attempt.propose(setting.value())
                : new Step(
                        attempt,
                        setting.group().acceptors().stream()
                                .map(each -> Message.prepare(setting.name(), each, setting.ballot()))
                                .toList());
    }

    /** Takes an answer. One of another attempt, or one that came before, changes nothing. */
    public Step step(Message message) {
        if (!message.ballot().equals(setting.ballot())
                || !setting.group().acceptors().contains(message.from())) {
            return nothing();
        }
        return switch (message.kind()) {
            case NACK -> new Step(refusedBy(message), List.of());
            case PROMISE -> phase == Phase.PREPARING ? promised(message) : nothing();
            case ACCEPTED -> phase == Phase.ACCEPTING ? accepted(message) : nothing();
            default -> nothing();
        };
    }

    private Step nothing() {
        return new Step(this, List.of());
    }

    private Proposer refusedBy(Message message) {
        Ballot in = message.promised();
        boolean isHigher = in != null && (higher == null || in.compareTo(higher) > 0);
        return isHigher ? new Proposer(setting, phase, promises, proposed, acceptances, in) : this;
    }

    private Step promised(Message message) {
        Map<String, Optional<Accepted>> more = new TreeMap<>(promises);
        more.put(message.from(), Optional.ofNullable(message.accepted()));
        Proposer next = new Proposer(setting, phase, more, proposed, acceptances, higher);
        return more.size() < setting.group().quorum().prepare()
                ? new Step(next, List.of())
                : next.propose(next.mayBeChosen().orElse(setting.value()));
    }

    /**
     * The value that may have been chosen already, by the promises so far: of those that enough acceptors hold, the one of the
     * highest ballot. Counted by value, over ballots: whoever finishes a value has it accepted anew under a ballot of its own.
     */
    public Optional<String> mayBeChosen() {
        Map<String, Integer> holders = new HashMap<>();
        promises.values().forEach(each -> each.ifPresent(held -> holders.merge(held.value(), 1, Integer::sum)));
        return promises.values().stream()
                .flatMap(Optional::stream)
                .filter(held -> holders.getOrDefault(held.value(), 0)
                        >= setting.group().quorum().needed())
                .max((one, other) -> one.ballot().compareTo(other.ballot()))
                .map(Accepted::value);
    }

    private Step propose(String value) {
        Accepted what = new Accepted(setting.ballot(), value);
        return new Step(
                new Proposer(setting, Phase.ACCEPTING, promises, value, acceptances, higher),
                setting.group().acceptors().stream()
                        .map(each -> Message.accept(setting.name(), each, what))
                        .toList());
    }

    private Step accepted(Message message) {
        Set<String> more = new TreeSet<>(acceptances);
        more.add(message.from());
        Phase now = more.size() < setting.group().quorum().accept() ? Phase.ACCEPTING : Phase.CHOSEN;
        return new Step(new Proposer(setting, now, promises, proposed, more, higher), List.of());
    }

    /** The value that was chosen, once it is known. */
    public Optional<String> chosen() {
        return phase == Phase.CHOSEN ? Optional.ofNullable(proposed) : Optional.empty();
    }

    /** Whether so many have refused that this attempt cannot succeed, or might not for long. */
    public boolean isRefused() {
        return higher != null && phase != Phase.CHOSEN;
    }

    /** A ballot of this proposer that is higher than its own and than all that stood in the way. */
    public Ballot above() {
        long highest = higher == null
                ? setting.ballot().counter()
                : Math.max(higher.counter(), setting.ballot().counter());
        return new Ballot(highest + 1, setting.ballot().proposer());
    }
}
