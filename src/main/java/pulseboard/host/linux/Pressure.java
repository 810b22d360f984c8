package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import pulseboard.host.Reader;

/**
 * One file of {@code /proc/pressure}: what share of the last 10 s some and all tasks were stalled, in percent
 * (<a href="https://docs.kernel.org/accounting/psi.html">kernel documentation</a>).
 */
public final class Pressure implements Reader<Map<String, Double>> {

    private static final String KEY = "avg10=";

    private final KernelFile file;

    /**
     * Reads the file of one resource below a proc folder.
     *
     * @param resource {@code cpu}, {@code memory} or {@code io}
     */
    public Pressure(Path proc, String resource) {
        file = new KernelFile(proc.resolve("pressure").resolve(resource));
    }

    @Override
    public Map<String, Double> read() throws IOException {
        try {
            return parse(file.text());
        } catch (IOException e) {
            throw new IOException("the kernel has no pressure stall information (it takes Linux 4.20 with psi=1)", e);
        }
    }

    static Map<String, Double> parse(String text) {
        Map<String, Double> shares = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int start = line.indexOf(KEY) + KEY.length();
            double percent = Double.parseDouble(line.substring(start, line.indexOf(' ', start)));
            shares.put(line.substring(0, line.indexOf(' ')), percent);
        });
        return shares;
    }
}
