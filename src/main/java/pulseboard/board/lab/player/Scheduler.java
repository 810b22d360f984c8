package pulseboard.board.lab.player;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** In which order a player asks the nodes that hold a segment. */
public final class Scheduler {

    private final Kind kind;
    private final Random random;
    private final Map<String, NodeRecord> nodes = new TreeMap<>();
    private ToDoubleFunction<String> truth = id -> node(id).score();
    private int turn;

    /** How it chooses. */
    public enum Kind {
        /** The one with the best {@linkplain NodeRecord#score() score}: the smart player. */
        SCORE,
        /** One after the other, whatever happens: the naive player. */
        ROUND_ROBIN,
        /** By chance. */
        RANDOM,
        /** Of two chosen by chance, the one with fewer downloads under way. */
        LEAST_OUTSTANDING,
        /** Knows how good the lines are, which no real player does: what could be reached at best. */
        ORACLE;

        /** The name in settings and on boards. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Chance comes from the seed. */
    public Scheduler(Kind kind, long seed) {
        this.kind = kind;
        this.random = new Random(seed);
    }

    /** Tells an oracle what a line to a node can carry now, in Mbit/s; the others do not listen. */
    public void tell(ToDoubleFunction<String> lines) {
        truth = lines;
    }

    /** What is known of a node. */
    public NodeRecord node(String id) {
        return nodes.computeIfAbsent(id, missing -> new NodeRecord());
    }

    /** What is known of all. */
    public Map<String, NodeRecord> nodes() {
        return Collections.unmodifiableMap(nodes);
    }

    /** Those that hold a segment, the one to ask first in front. */
    public List<String> order(List<String> holders) {
        List<String> order = new ArrayList<>(holders.stream().sorted().toList());
        switch (kind) {
            case SCORE -> order.sort(Comparator.comparingDouble((String id) -> -node(id).score()));
            case ROUND_ROBIN -> Collections.rotate(order, -(turn++ % order.size()));
            case RANDOM -> Collections.shuffle(order, random);
            case ORACLE ->
                order.sort(
                        Comparator.comparingDouble((String id) -> -truth.applyAsDouble(id) / (1 + node(id).active())));
            case LEAST_OUTSTANDING -> {
                Collections.shuffle(order, random);
                order.subList(0, Math.min(2, order.size()))
                        .sort(Comparator.comparingInt((String id) -> node(id).active()));
            }
        }
        return order;
    }
}
