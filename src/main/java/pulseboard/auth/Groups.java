package pulseboard.auth;

import java.util.Map;

/** Which group each machine is in, as it is now: what a scope {@code read:group.GROUP} means. Any thread may ask. */
public final class Groups {

    /** No machine is in one. */
    static final Groups NONE = new Groups();

    private volatile Map<String, String> byMachine = Map.of();

    /** Replaces all. */
    public void set(Map<String, String> groups) {
        byMachine = Map.copyOf(groups);
    }

    /** The group of a machine; empty: none. */
    String of(String machine) {
        return byMachine.getOrDefault(machine, "");
    }
}
