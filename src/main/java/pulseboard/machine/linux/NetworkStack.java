package pulseboard.machine.linux;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which network interfaces stand on others: a bond on its members, a VLAN, a bridge or a tunnel on what carries it. They
 * count the same bytes again, so a total is of the interfaces at the bottom only. Read from {@code /sys/class/net} (the kernel's {@code
 * Documentation/ABI/testing/sysfs-class-net}).
 */
public final class NetworkStack {

    private static final int LOOPBACK = 772; // ARPHRD_LOOPBACK of include/uapi/linux/if_arp.h

    private final Folder interfaces;

    /** Reads {@code class/net} below a sys folder. */
    public NetworkStack(Path sys) {
        interfaces = Folder.of(sys).folder("class/net");
    }

    /**
     * Those of these interfaces that a total is made of: at the bottom, and with hardware below them; where no interface has
     * any, as in a container, those whose other end is in another network namespace; else, all at the bottom but loopback.
     * An interface of which nothing is known stands for itself.
     */
    public Set<String> bottom(Set<String> shown) {
        List<Face> faces = shown.stream().map(Face::new).toList();
        List<Face> bottom = only(faces, face -> face.isBottomOf(shown));
        List<Face> hardware = only(bottom, face -> hasHardware(face.name, new HashSet<>()));
        if (!hardware.isEmpty()) {
            return names(hardware);
        }
        List<Face> doors = only(bottom, face -> face.leadsOut);
        // Of those the ports of a bridge lead to guests, unless there are no others.
        List<Face> own = only(doors, face -> !face.isPort);
        if (!own.isEmpty()) {
            return names(own);
        }
        return names(doors.isEmpty() ? only(bottom, face -> !face.isLoopback) : doors);
    }

    private static List<Face> only(List<Face> faces, Predicate<Face> wanted) {
        return faces.stream().filter(wanted).toList();
    }

    private static Set<String> names(List<Face> faces) {
        return faces.stream().map(face -> face.name).collect(Collectors.toSet());
    }

    /** Itself, or by what it stands on. */
    private boolean hasHardware(String name, Set<String> seen) {
        return isDevice(name)
                || (seen.add(name) && linked(name, "lower_").stream().anyMatch(lower -> hasHardware(lower, seen)));
    }

    private boolean isDevice(String name) {
        return interfaces.folder(name).has("device");
    }

    /** The interfaces above or below this one. */
    private Set<String> linked(String name, String prefix) {
        Set<String> linked = new HashSet<>();
        for (String entry : interfaces.folder(name).list()) {
            if (entry.startsWith(prefix)) {
                linked.add(entry.substring(prefix.length()));
            }
        }
        return linked;
    }

    /** What the files of one interface say. */
    private final class Face {
        private final String name;
        private final Set<String> lower;
        private final boolean isDevice;
        private final boolean isPort;
        private final boolean leadsOut;
        private final boolean isLoopback;
        private final Set<String> upperDevices;

        Face(String name) {
            this.name = name;
            lower = linked(name, "lower_");
            isDevice = isDevice(name);
            upperDevices = isDevice ? linked(name, "upper_") : new HashSet<>();
            upperDevices.removeIf(upper -> !isDevice(upper));
            isPort = interfaces.folder(name).has("master");
            Folder folder = interfaces.folder(name);
            long peer = folder.count("iflink");
            leadsOut = peer > 0 && peer != folder.count("ifindex");
            isLoopback = folder.count("type") == LOOPBACK;
        }

        /**
         * Of two devices the upper one counts for both: a network card of Hyper-V for its virtual function, the ports of a
         * switch for the card that they are behind.
         */
        boolean isBottomOf(Set<String> shown) {
            return isDevice
                    ? upperDevices.stream().noneMatch(shown::contains)
                    : lower.stream().noneMatch(shown::contains);
        }
    }
}
