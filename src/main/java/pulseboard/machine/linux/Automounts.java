package pulseboard.machine.linux;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which mounts an automounter made and unmounts again when nobody uses them. A table of mounts has no ids: the nearest mount
 * further up is the one that a mount is on. Such a mount comes later in the table. See autofs(5).
 */
final class Automounts {

    private final Map<String, Integer> secondsByPath = new HashMap<>();
    private final Set<String> mounted = new HashSet<>();

    /** Takes the line of an automounter. */
    void add(String path, int timeoutSeconds) {
        secondsByPath.put(path, timeoutSeconds);
    }

    /** Takes any other line, and returns after how many seconds without use it is unmounted; 0 for never. */
    int idleSeconds(String path) {
        if (secondsByPath.isEmpty()) {
            return 0;
        }
        mounted.add(path);
        Integer direct = secondsByPath.get(path);
        if (direct != null) {
            return direct;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String folder = path.substring(0, slash);
            if (mounted.contains(folder)) {
                return 0;
            }
            Integer seconds = secondsByPath.get(folder);
            if (seconds != null) {
                return seconds;
            }
        }
        return 0;
    }
}
