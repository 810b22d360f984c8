package pulseboard.machine.linux;

import java.io.IOException;

/**
 * The lines of {@code /proc/diskstats}, one after the other, so that nobody pays for what only others want. See
 * <a href="https://docs.kernel.org/admin-guide/iostats.html">the kernel's iostats documentation</a>. Not thread-safe.
 */
public final class DiskStatsLines {

    /**
     * Columns of a line: completed, merged, sectors and milliseconds of reads, the same of writes, requests under way, milliseconds
     * with any, and those times requests; since Linux 4.18 the first four of discards, since 5.5 flushes and their milliseconds.
     */
    public static final int COLUMNS = 17;

    private final KernelFile file;
    private final long[] counters = new long[COLUMNS];
    private Words words = new Words();
    private long major;
    private long minor;
    private String name = "";

    /** Those of this file, which {@link #read} reads. */
    public DiskStatsLines(KernelFile file) {
        this.file = file;
    }

    /** Reads the file anew; the first line is the next. */
    public DiskStatsLines read() throws IOException {
        return begin(file.read());
    }

    DiskStatsLines begin(Words text) {
        words = text;
        return this;
    }

    /** Goes on to the next line that says anything of a device. */
    public boolean next() {
        while (words.nextLine()) {
            major = words.nextCount();
            minor = words.nextCount();
            if (words.next()) {
                name = words.text();
                if (words.next()) {
                    readCounters();
                    return true;
                }
            }
        }
        return false;
    }

    private void readCounters() {
        counters[0] = words.count();
        for (int column = 1; column < COLUMNS; column++) {
            counters[column] = words.nextCount();
        }
    }

    /** The device, as the kernel calls it. */
    public String name() {
        return name;
    }

    /** The number of its driver; {@link Numbers#UNKNOWN} where it cannot be read. */
    public long major() {
        return major;
    }

    /** Its number among those of its driver; {@link Numbers#UNKNOWN} where it cannot be read. */
    public long minor() {
        return minor;
    }

    /** The columns, {@link Numbers#UNKNOWN} where one is missing or cannot be read; good until the next line. */
    public long[] counters() {
        return counters;
    }
}
