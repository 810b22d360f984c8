package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;
import pulseboard.machine.Reader;

/** {@code /proc/net/dev}: the counters of network interfaces whose name does not match the pattern to ignore. */
public final class NetDev implements Reader<Map<String, InterfaceReading>> {

    private static final long BITS_PER_MEGABIT = 1_000_000;
    /** SPEED_UNKNOWN of drivers that have it as an unsigned number of 16 or 32 bits. */
    private static final Set<Long> NO_SPEED = Set.of(65_535L, 4_294_967_295L);

    private final NetDevLines lines;
    private final Folder interfaces;
    private final Pattern ignore;

    /** Reads {@code net/dev} below a proc folder and link states below a sys folder. */
    public NetDev(Path proc, Path sys, Pattern ignore) {
        lines = new NetDevLines(new KernelFile(proc.resolve("net/dev")));
        interfaces = Folder.of(sys).folder("class/net");
        this.ignore = ignore;
    }

    @Override
    public Map<String, InterfaceReading> read() throws IOException {
        return readings(lines.read(), ignore);
    }

    /** The links of all interfaces. A virtual one, whose state the kernel calls unknown, counts as up. */
    public Map<String, Link> readLinks() throws IOException {
        Map<String, Link> links = new TreeMap<>();
        for (String name : read().keySet()) {
            Folder folder = interfaces.folder(name);
            String state = folder.value("operstate");
            long megabits = folder.count("speed");
            boolean known = megabits > 0 && !NO_SPEED.contains(megabits);
            links.put(
                    name,
                    new Link(
                            state.equals("up") || state.equals("unknown") || state.isEmpty(),
                            known ? Math.max(0, Numbers.times(megabits, BITS_PER_MEGABIT)) : 0));
        }
        return links;
    }

    static Map<String, InterfaceReading> readings(NetDevLines lines, Pattern ignore) {
        Map<String, InterfaceReading> readings = new TreeMap<>();
        while (lines.next()) {
            if (!ignore.matcher(lines.name()).matches()) {
                long[] n = lines.counters();
                readings.put(lines.name(), new InterfaceReading(n[0], n[1], n[2], n[3], n[8], n[9], n[10], n[11]));
            }
        }
        return readings;
    }
}
