package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pulseboard.machine.Reader;

/**
 * One file of {@code /proc/pressure}: what share of the last 10 s some and all tasks were stalled, in percent
 * (<a href="https://docs.kernel.org/accounting/psi.html">kernel documentation</a>).
 */
public final class Pressure implements Reader<Map<String, Double>> {

    private static final List<String> SHARES = List.of("some", "full");
    private static final String KEY = " avg10=";

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
        Map<String, Double> shares;
        try {
            shares = parse(file.text());
        } catch (IOException e) {
            throw new IOException("the kernel has no pressure stall information (it takes Linux 4.20 with psi=1)", e);
        }
        if (shares.isEmpty()) {
            throw new IOException("the kernel's pressure stall information cannot be understood");
        }
        return shares;
    }

    /** A line without a share that can be read is left out. */
    static Map<String, Double> parse(String text) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String share : SHARES) {
            int line = text.startsWith(share) ? 0 : text.indexOf("\n" + share) + 1;
            if (text.startsWith(share + KEY, line)) {
                int start = line + share.length() + KEY.length();
                int end = start;
                while (end < text.length() && text.charAt(end) > ' ') {
                    end++;
                }
                double percent = Numbers.decimal(text.substring(start, end));
                if (percent >= 0) {
                    shares.put(share, percent);
                }
            }
        }
        return shares;
    }
}
