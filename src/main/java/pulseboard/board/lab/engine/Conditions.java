package pulseboard.board.lab.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import pulseboard.engine.emulator.Profile;

/** How good the lines of all players are, node by node; and scenarios, which change that over time. */
final class Conditions {

    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, Profile> worse = new TreeMap<>();

    /**
     * One change of a scenario.
     *
     * @param atSeconds from its beginning
     * @param node which
     * @param profile to what
     */
    record Change(double atSeconds, String node, String profile) {}

    Conditions(List<String> nodes) {
        nodes.forEach(node -> names.put(node, "normal"));
    }

    void set(String node, String profile) {
        names.put(node, profile);
    }

    /** So much worse than its profile; null: not. */
    void worsen(String node, double milliseconds, double loss) {
        worse.put(node, new Profile(milliseconds, 0, 0, loss, 0));
    }

    void heal(String node) {
        worse.remove(node);
    }

    String name(String node) {
        return names.getOrDefault(node, "normal");
    }

    Profile of(String node) {
        Profile profile = Profile.NAMED.getOrDefault(name(node), Profile.DIRECT);
        Profile more = worse.get(node);
        return more == null ? profile : profile.worse(more.latencyMilliseconds(), more.loss());
    }

    void apply(Lines lines) {
        names.keySet().forEach(node -> lines.to(node).change(of(node)));
    }

    /** Names of scenarios. */
    static final List<String> SCENARIOS = List.of("normal", "degradation", "node_failure", "recovery", "chaos");

    /** How long a scenario goes on, in seconds. */
    static double seconds(String scenario) {
        return switch (scenario) {
            case "normal" -> 20;
            case "chaos" -> 40;
            default -> 30;
        };
    }

    /** What a scenario changes, the same for the same seed: it begins and ends as {@code normal}. */
    static List<Change> changes(String scenario, List<String> nodes, long seed) {
        Random random = new Random(seed * 7_919 + 17);
        List<Change> all = new ArrayList<>();
        List<String> some = new ArrayList<>(nodes);
        java.util.Collections.shuffle(some, random);
        List<String> victims = some.subList(0, Math.max(1, nodes.size() * 2 / 5));
        switch (scenario) {
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
        all.sort(java.util.Comparator.comparingDouble(Change::atSeconds));
        return all;
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
