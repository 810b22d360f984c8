package pulseboard.machine.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import pulseboard.machine.Reader;

/**
 * {@code /proc/net/tcp} and {@code tcp6}: how many sockets are in which state. The states and their numbers are those of
 * the kernel's {@code include/net/tcp_states.h}. The files have a line a socket, so they are read as a stream; and for each
 * of them the kernel goes through its whole table of sockets, which takes it milliseconds however few there are. So they
 * are read only when {@code /proc/net/sockstat} reports another number of sockets, and at every {@value #READS_AT_MOST}th
 * time for what numbers do not show: one that the other end has closed.
 */
public final class TcpStates implements Reader<Map<String, Integer>> {

    private static final List<String> STATES = List.of(
            "established",
            "synSent",
            "synReceived",
            "finWait1",
            "finWait2",
            "timeWait",
            "close",
            "closeWait",
            "lastAck",
            "listen",
            "closing",
            "synReceived");

    /** So many reads in a row may have the same answer. */
    static final int READS_AT_MOST = 24;

    /**
     * For one reading the kernel walks its whole hash of sockets, which takes 5 ms on a machine of 24 GB however few there are. So it
     * is read again only after this many times as long, however often the number of sockets changes, but after 10 s in any case: on a
     * busy machine the clock counts the waiting, too.
     */
    private static final int PAUSE_FACTOR = 2_000;

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<Path> files;
    private final SockStat summaries;
    private final LongSupplier nanos;
    private Map<String, Integer> counts = Map.of();
    private String summary = "";
    private int reads;
    private long countedNanos;
    private long tookNanos;

    /** Reads {@code net/tcp}, {@code net/tcp6} and their summaries below a proc folder; without IPv6 those with 6 are absent. */
    public TcpStates(Path proc) {
        this(proc, System::nanoTime);
    }

    TcpStates(Path proc, LongSupplier nanos) {
        this.nanos = nanos;
        files = List.of(proc.resolve("net/tcp"), proc.resolve("net/tcp6"));
        summaries = new SockStat(
                new KernelFile(proc.resolve("net/sockstat")), new KernelFile(proc.resolve("net/sockstat6")));
    }

    @Override
    public Map<String, Integer> read() throws IOException {
        String now = summarize();
        boolean isOld = reads++ % READS_AT_MOST == 0 || now.isEmpty() || !now.equals(summary);
        long begin = nanos.getAsLong();
        if (isOld && (tookNanos == 0 || begin - countedNanos >= pauseNanos())) {
            counts = count();
            countedNanos = nanos.getAsLong();
            tookNanos = countedNanos - begin;
            summary = now;
            reads = 1;
        }
        return counts;
    }

    private long pauseNanos() {
        return Math.min(tookNanos * PAUSE_FACTOR, LONGEST_PAUSE_NANOS);
    }

    /** How many sockets are in use, orphaned and waiting; not the memory that they take, which trembles. */
    private String summarize() {
        StringBuilder numbers = new StringBuilder();
        summaries.readIfThere((protocol, field, value) -> {
            if (protocol.startsWith("TCP") && !field.equals("mem")) {
                numbers.append(value).append(' ');
            }
        });
        return numbers.toString();
    }

    /** One protocol whose file cannot be read leaves the other. */
    private Map<String, Integer> count() throws IOException {
        Map<String, Integer> counts = new TreeMap<>(Map.of("established", 0, "listen", 0, "timeWait", 0));
        IOException failure = null;
        int read = 0;
        for (Path file : files) {
            if (Files.exists(file)) {
                // Not ASCII, whose decoder refuses what is none.
                try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                    count(lines, counts);
                    read++;
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        if (failure != null && read == 0) {
            throw failure;
        }
        return counts;
    }

    /** A line that cannot be understood is left out. */
    static void count(BufferedReader lines, Map<String, Integer> counts) throws IOException {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            // "  sl: local:port remote:port st ...": the state is the two hexadecimal digits behind the third colon's
            // word.
            int remote = line.indexOf(':', line.indexOf(':', line.indexOf(':') + 1) + 1);
            int state = remote < 0 || line.length() < remote + 8
                    ? 0
                    : Character.digit(line.charAt(remote + 6), 16) * 16 + Character.digit(line.charAt(remote + 7), 16);
            if (state >= 1 && state <= STATES.size()) {
                counts.merge(STATES.get(state - 1), 1, Integer::sum);
            }
        }
    }
}
