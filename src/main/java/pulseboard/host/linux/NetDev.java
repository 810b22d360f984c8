package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.regex.Pattern;
import pulseboard.host.InterfaceReading;
import pulseboard.host.Link;
import pulseboard.host.Reader;

/** {@code /proc/net/dev}: the counters of network interfaces whose name does not match the pattern to ignore. */
public final class NetDev implements Reader<Map<String, InterfaceReading>> {

    private static final long BITS_PER_MEGABIT = 1_000_000;

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
            Path folder = interfaces.resolve(name);
            String state = SysValue.text(folder.resolve("operstate")).orElse("unknown");
            long megabits = Math.max(0, SysValue.number(folder.resolve("speed")).orElse(0));
            links.put(name, new Link(state.equals("up") || state.equals("unknown"), megabits * BITS_PER_MEGABIT));
        }
        return links;
    }

    static Map<String, InterfaceReading> parse(String text, Pattern ignore) {
        Map<String, InterfaceReading> readings = new TreeMap<>();
        // The first two lines are headings. The last colon ends the name: an alias has one in its name.
        text.lines().skip(2).forEach(line -> {
            int colon = line.lastIndexOf(':');
            String name = line.substring(0, colon).strip();
            if (!ignore.matcher(name).matches()) {
                readings.put(name, reading(line.substring(colon + 1)));
            }
        });
        return readings;
    }

    private static InterfaceReading reading(String columns) {
        StringTokenizer words = new StringTokenizer(columns);
        long[] n = new long[16];
        for (int column = 0; column < n.length && words.hasMoreTokens(); column++) {
            n[column] = Long.parseLong(words.nextToken());
        }
        return new InterfaceReading(n[0], n[1], n[2], n[3], n[8], n[9], n[10], n[11]);
    }
}
