package pulseboard.machine.linux;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which mount is on which. A path leads to the mount that was made there last: what was mounted below before is covered, and
 * asking for its fill would answer for the cover. Where ids are missing, nothing counts as covered.
 */
final class MountTree {

    private record Place(long parent, String path) {}

    private final Map<Long, MountLine> byId = new HashMap<>();
    private final Map<Place, MountLine> byPlace = new HashMap<>();

    MountTree(List<MountLine> lines) {
        for (MountLine line : lines) {
            if (line.id() >= 0 && line.parent() >= 0 && line.id() != line.parent()) {
                byId.put(line.id(), line);
                byPlace.put(new Place(line.parent(), line.path()), line);
            }
        }
    }

    /** Whether its path, or the path of a mount that it is on, now leads to another mount. */
    boolean isCovered(MountLine line) {
        Set<Long> above = new HashSet<>();
        for (MountLine at = line; at != null && at.id() >= 0 && above.add(at.id()); at = byId.get(at.parent())) {
            MountLine over = byPlace.get(new Place(at.id(), at.path()));
            if ((over != null && !above.contains(over.id())) || isBelowAnother(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether on the same mount there is another one at a folder further up. */
    private boolean isBelowAnother(MountLine line) {
        String path = line.path();
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            String folder = slash == 0 ? "/" : path.substring(0, slash);
            if (!folder.equals(path) && byPlace.containsKey(new Place(line.parent(), folder))) {
                return true;
            }
        }
        return false;
    }

    /** After how long without use it is unmounted; 0 where no automounter made it, or one that leaves it. */
    int idleSeconds(MountLine line) {
        @Nullable MountLine parent = byId.get(line.parent());
        return parent == null ? 0 : parent.automountSeconds();
    }
}
