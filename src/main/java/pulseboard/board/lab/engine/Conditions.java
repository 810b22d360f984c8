package pulseboard.board.lab.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.engine.emulator.Profile;

/** How good the lines of all players are, node by node; which changes over time. */
final class Conditions {

    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, Profile> worse = new TreeMap<>();

    Conditions(List<String> nodes) {
        nodes.forEach(node -> names.put(node, "normal"));
    }

    void set(String node, String profile) {
        names.put(node, profile);
    }

    /** So much worse than its profile, until it is healed. */
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
}
