package pulseboard.machine.linux;

import java.io.IOException;

/**
 * The lines of {@code /proc/net/dev}, one after the other, so that nobody pays for what only others want. See proc_pid_net(5). Not
 * thread-safe.
 */
public final class NetDevLines {

    /** Columns of a line: bytes, packets, errs, drop, fifo, frame, compressed, multicast of what was received, then those of what was sent. */
    public static final int COLUMNS = 16;

    private final KernelFile file;
    private final long[] counters = new long[COLUMNS];
    private Words words = new Words();
    private String name = "";

    /** Those of this file, which {@link #read} reads. */
    public NetDevLines(KernelFile file) {
        this.file = file;
    }

    /** Reads the file anew; the first line is the next. */
    public NetDevLines read() throws IOException {
        return begin(file.read());
    }

    NetDevLines begin(Words text) {
        words = text;
        return this;
    }

    /** Goes on to the next interface. The two headings have no colon; the last one ends the name: an alias has one in its name. */
    public boolean next() {
        while (words.nextLine()) {
            if (words.nextUntilLast(':')) {
                name = words.text();
                for (int column = 0; column < COLUMNS; column++) {
                    counters[column] = words.nextCount();
                }
                return true;
            }
        }
        return false;
    }

    /** The interface. */
    public String name() {
        return name;
    }

    /** The columns, {@link Numbers#UNKNOWN} where one cannot be read; good until the next line. */
    public long[] counters() {
        return counters;
    }
}
