package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.Reader;

/**
 * One file of {@code /proc/pressure}: what share of the last 10 s some and all tasks were stalled, in percent, and how long they were
 * in all (<a href="https://docs.kernel.org/accounting/psi.html">kernel documentation</a>).
 */
public final class Pressure implements Reader<Map<String, Double>> {

    private final KernelFile file;

    /**
     * What one line reports.
     *
     * @param share of the last 10 s, in percent; NaN where it cannot be read
     * @param microseconds since boot; {@link Numbers#UNKNOWN} where it cannot be read
     */
    public record Stall(double share, long microseconds) {

        static final Stall NONE = new Stall(Double.NaN, Numbers.UNKNOWN);
    }

    /**
     * Both lines.
     *
     * @param some of the time in which some task waited
     * @param full of the time in which all did
     */
    public record StallDetector(Stall some, Stall full) {}

    /**
     * Reads the file of one resource below a proc folder.
     *
     * @param resource {@code cpu}, {@code memory} or {@code io}
     */
    public Pressure(Path proc, String resource) {
        this(new KernelFile(proc.resolve("pressure").resolve(resource)));
    }

    /** Reads this file. */
    public Pressure(KernelFile file) {
        this.file = file;
    }

    @Override
    public Map<String, Double> read() throws IOException {
        Map<String, Double> shares;
        try {
            shares = shares(parse(file.read()));
        } catch (IOException e) {
            throw new IOException("the kernel has no pressure stall information (it takes Linux 4.20 with psi=1)", e);
        }
        if (shares.isEmpty()) {
            throw new IOException("the kernel's pressure stall information cannot be understood");
        }
        return shares;
    }

    /** Reads both lines; null where the kernel does not report them. */
    public @Nullable StallDetector readIfThere() {
        Words words = file.readIfThere();
        return words == null ? null : parse(words);
    }

    /** A line without a share that can be read is left out. */
    static Map<String, Double> shares(StallDetector stalls) {
        Map<String, Double> shares = new LinkedHashMap<>();
        if (stalls.some.share >= 0) {
            shares.put("some", stalls.some.share);
        }
        if (stalls.full.share >= 0) {
            shares.put("full", stalls.full.share);
        }
        return shares;
    }

    static StallDetector parse(Words words) {
        Stall some = Stall.NONE;
        Stall full = Stall.NONE;
        while (words.nextLine()) {
            words.next();
            if (words.is("some")) {
                some = stall(words);
            } else if (words.is("full")) {
                full = stall(words);
            }
        }
        return new StallDetector(some, full);
    }

    private static Stall stall(Words words) {
        double share = Double.NaN;
        long microseconds = Numbers.UNKNOWN;
        while (words.next()) {
            if (words.startsWith("avg10=")) {
                share = words.number("avg10=".length());
            } else if (words.startsWith("total=")) {
                microseconds = words.count("total=".length());
            }
        }
        return new Stall(share, microseconds);
    }
}
