package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import pulseboard.host.DiskReading;
import pulseboard.host.Reader;

/**
 * {@code /proc/diskstats}: the counters of whole block devices; partitions, devices that were never used and those whose
 * name matches the pattern to ignore are left out. Device-mapper devices go by the name that people gave them. See
 * <a href="https://docs.kernel.org/admin-guide/iostats.html">the kernel's iostats documentation</a>.
 */
public final class DiskStats implements Reader<Map<String, DiskReading>> {

    private static final long SECTOR_BYTES = 512;

    private final KernelFile file;
    private final Path blocks;
    private final Pattern ignore;
    private final Map<String, String> shownNames = new HashMap<>();

    /** Reads {@code diskstats} below a proc folder and looks devices up below a sys folder. */
    public DiskStats(Path proc, Path sys, Pattern ignore) {
        file = new KernelFile(proc.resolve("diskstats"));
        blocks = sys.resolve("block");
        this.ignore = ignore;
    }

    @Override
    public Map<String, DiskReading> read() throws IOException {
        return parse(file.text(), name -> shownNames.computeIfAbsent(name, this::shownName));
    }

    /** The name to show; empty for what is not shown. */
    private String shownName(String name) {
        Path device = blocks.resolve(name.replace('/', '!'));
        if (ignore.matcher(name).matches() || !Files.isDirectory(device)) {
            return "";
        }
        return SysValue.text(device.resolve("dm/name")).orElse(name);
    }

    static Map<String, DiskReading> parse(String text, UnaryOperator<String> shownName) {
        Map<String, DiskReading> disks = new TreeMap<>();
        text.lines().forEach(line -> {
            StringTokenizer words = new StringTokenizer(line);
            words.nextToken();
            words.nextToken();
            String name = shownName.apply(words.nextToken());
            long[] counters = new long[11];
            for (int field = 0; field < counters.length && words.hasMoreTokens(); field++) {
                counters[field] = Long.parseLong(words.nextToken());
            }
            if (!name.isEmpty() && counters[0] + counters[4] > 0) {
                disks.put(name, reading(counters));
            }
        });
        return disks;
    }

    private static DiskReading reading(long[] counters) {
        return new DiskReading(
                counters[0],
                counters[2] * SECTOR_BYTES,
                counters[4],
                counters[6] * SECTOR_BYTES,
                counters[3] + counters[7],
                counters[9],
                counters[10]);
    }
}
