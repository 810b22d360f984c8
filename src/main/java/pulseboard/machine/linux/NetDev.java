package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
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

    private final KernelFile file;
    private final Path interfaces;
    private final Pattern ignore;

    /** Reads {@code net/dev} below a proc folder and link states below a sys folder. */
    public NetDev(Path proc, Path sys, Pattern ignore) {
        file = new KernelFile(proc.resolve("net/dev"));
        interfaces = sys.resolve("class/net");
        this.ignore = ignore;
    }

    @Override
    public Map<String, InterfaceReading> read() throws IOException {
        return parse(file.text(), ignore);
    }

    /** The links of all interfaces. A virtual one, whose state the kernel calls unknown, counts as up. */
    public Map<String, Link> readLinks() throws IOException {
        Map<String, Link> links = new TreeMap<>();
        for (String name : read().keySet()) {
            Path folder = KernelPath.resolve(interfaces, name);
            String state = SysValue.text(folder.resolve("operstate")).orElse("unknown");
            long megabits = SysValue.count(folder.resolve("speed"));
            boolean told = megabits > 0 && !NO_SPEED.contains(megabits);
            links.put(
                    name,
                    new Link(
                            state.equals("up") || state.equals("unknown"),
                            told ? Math.max(0, Numbers.times(megabits, BITS_PER_MEGABIT)) : 0));
        }
        return links;
    }

    static Map<String, InterfaceReading> parse(String text, Pattern ignore) {
        Map<String, InterfaceReading> readings = new TreeMap<>();
        for (StringTokenizer lines = new StringTokenizer(text, "\n"); lines.hasMoreTokens(); ) {
            // The two headings have no colon. The last one ends the name: an alias has one in its name.
            String line = lines.nextToken();
            int colon = line.lastIndexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip();
            if (!name.isEmpty() && !ignore.matcher(name).matches()) {
                readings.put(name, reading(line.substring(colon + 1)));
            }
        }
        return readings;
    }

    private static InterfaceReading reading(String columns) {
        StringTokenizer words = new StringTokenizer(columns);
        long[] n = new long[16];
        for (int column = 0; column < n.length; column++) {
            n[column] = Numbers.nextCount(words);
        }
        return new InterfaceReading(n[0], n[1], n[2], n[3], n[8], n[9], n[10], n[11]);
    }
}
