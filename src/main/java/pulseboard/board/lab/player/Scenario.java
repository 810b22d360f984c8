package pulseboard.board.lab.player;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import pulseboard.engine.emulator.Profile;

/**
 * How good the lines to the nodes are over time: the same changes for the same name, nodes and seed, in real and in simulated time.
 *
 * @param name of the scenario
 * @param seconds how long it goes on
 * @param changes in the order of time; before the first one all lines are {@code normal}
 */
public record Scenario(String name, double seconds, List<Change> changes) {

    /** Those that have a name. */
    public static final List<String> NAMES = List.of("normal", "degradation", "node_failure", "recovery", "chaos");

    /**
     * One change.
     *
     * @param atSeconds from the beginning
     * @param node whose lines change
     * @param profile how good they are then
     */
    public record Change(double atSeconds, String node, String profile) {}

    /** Copies. */
    public Scenario {
        changes = List.copyOf(changes);
    }

    /** All lines stay like this, for so long. */
    public static Scenario steady(String profile, List<String> nodes, double seconds) {
        return new Scenario(
                profile,
                seconds,
                nodes.stream().map(node -> new Change(0, node, profile)).toList());
    }

    /** One of {@link #NAMES}. */
    public static Scenario of(String name, List<String> nodes, long seed) {
        Random random = new Random(seed * 7_919 + 17);
        List<Change> all = new ArrayList<>();
        List<String> some = new ArrayList<>(nodes);
        Collections.shuffle(some, random);
        List<String> victims = some.subList(0, Math.max(1, nodes.size() * 2 / 5));
        switch (name) {
            case "degradation" ->
                victims.forEach(node -> {
                    all.add(new Change(5, node, "high_latency"));
                    all.add(new Change(15, node, "degraded"));
                    all.add(new Change(25, node, "recovery"));
                });
            case "node_failure" -> all.add(new Change(5, victims.get(0), "node_failure"));
            case "recovery" ->
                victims.forEach(node -> {
                    all.add(new Change(0, node, "node_failure"));
                    all.add(new Change(10, node, "recovery"));
                    all.add(new Change(20, node, "normal"));
                });
            case "chaos" -> nodes.forEach(node -> chaos(node, random, all));
            default -> {}
        }
        all.sort(Comparator.comparingDouble(Change::atSeconds));
        return new Scenario(name, secondsOf(name), all);
    }

    private static double secondsOf(String name) {
        return switch (name) {
            case "normal" -> 20;
            case "chaos" -> 40;
            default -> 30;
        };
    }

    private static void chaos(String node, Random random, List<Change> all) {
        List<String> profiles = Profile.NAMED.keySet().stream()
                .filter(name -> !name.equals("direct"))
                .toList();
        for (double at = random.nextDouble() * 10; at < 40; at += 5 + random.nextDouble() * 10) {
            all.add(new Change(at, node, profiles.get(random.nextInt(profiles.size()))));
        }
    }
}
