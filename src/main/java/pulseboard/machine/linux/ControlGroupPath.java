package pulseboard.machine.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process belongs to, by the names of its control groups: service managers and engines of containers name them in ways of
 * their own. See systemd.unit(5), cgroups(7).
 *
 * @param unit the innermost service, or else scope; empty where there is none
 * @param container the innermost one; empty where there is none
 */
record ControlGroupPath(String unit, String container) {

    /** Docker, Podman, containerd, CRI-O and Kubernetes: a number of 64 digits, with the engine's name before it or not. */
    private static final Pattern NUMBERED =
            Pattern.compile("(?:[a-z][a-z-]*-)?([0-9a-f]{12})[0-9a-f]{52}(?:\\.scope)?");

    /** LXC, Incus and systemd-nspawn. */
    private static final Pattern NAMED =
            Pattern.compile("lxc\\.payload\\.(.+)|machine-(.+)\\.scope|systemd-nspawn@(.+)\\.service");

    /** Watches a container from outside. */
    private static final String MONITOR = "conmon";

    private static final int LONGEST = 120;

    /** Parses {@code /proc/PID/cgroup}: lines {@code NUMBER:CONTROLLERS:/PATH}; version 2 has no controllers. */
    static ControlGroupPath of(String text) {
        String path = "";
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split(":", 3);
            boolean isOurs = parts.length == 3 && (parts[1].isEmpty() || parts[1].equals("name=systemd"));
            if (isOurs && parts[2].length() > path.length()) {
                path = parts[2];
            }
        }
        return ofPath(path);
    }

    private static ControlGroupPath ofPath(String path) {
        String unit = "";
        String container = "";
        String before = "";
        for (String name : path.split("/", -1)) {
            String inside = container(name, before);
            if (!inside.isEmpty()) {
                container = inside;
                unit = ""; // What is around a container says nothing more.
            } else if (name.endsWith(".service") || (name.endsWith(".scope") && !unit.endsWith(".service"))) {
                unit = name;
            }
            before = name;
        }
        return new ControlGroupPath(shortened(unit), shortened(container));
    }

    private static String container(String name, String before) {
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            return name.contains(MONITOR) ? "" : numbered.group(1);
        }
        if (before.equals("lxc")) {
            return name;
        }
        Matcher named = NAMED.matcher(name);
        if (!named.matches()) {
            return "";
        }
        for (int group = 1; group <= named.groupCount(); group++) {
            if (named.group(group) != null) {
                return named.group(group);
            }
        }
        return "";
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
    }
}
