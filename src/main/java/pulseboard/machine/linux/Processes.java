package pulseboard.machine.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;

/** {@code /proc/PID/stat} of every process. See proc_pid_stat(5). Costs grow with the number of processes. */
public final class Processes implements Reader<Collection<ProcessReading>> {

    /** USER_HZ: the kernel reports to user space in hundredths of a second on every architecture that Java runs on. */
    private static final long MILLISECONDS_PER_TICK = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    private final Path proc;
    private final long pageBytes;

    /**
     * Reads below a proc folder.
     *
     * @param pageBytes the size of a memory page, in which the kernel counts resident memory
     */
    public Processes(Path proc, long pageBytes) {
        this.proc = proc;
        this.pageBytes = pageBytes;
    }

    /** The numbers of all processes, as text. */
    static List<String> pids(Path proc) throws IOException {
        String[] names = new File(proc.toString()).list();
        if (names == null) {
            return pidsOrReason(proc);
        }
        List<String> pids = new ArrayList<>();
        for (String name : names) {
            if (Character.isDigit(name.charAt(0))) {
                pids.add(name);
            }
        }
        return pids;
    }

    /** The same at ten times the cost, but a failure says why: that no more files can be opened, for one. */
    private static List<String> pidsOrReason(Path proc) throws IOException {
        List<String> pids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            folders.forEach(folder -> pids.add(folder.getFileName().toString()));
        }
        return pids;
    }

    @Override
    public Collection<ProcessReading> read() throws IOException {
        List<ProcessReading> processes = new ArrayList<>();
        IOException failure = null;
        int failures = 0;
        for (String pid : pids(proc)) {
            Path folder = proc.resolve(pid);
            try {
                // A name may hold any bytes: one that is not UTF-8 must not hide its process.
                String stat = new String(Files.readAllBytes(folder.resolve("stat")), StandardCharsets.UTF_8);
                parse(stat, folder, pageBytes).ifPresent(processes::add);
            } catch (IOException e) {
                if (Files.isReadable(folder.resolve("stat"))) {
                    failure = e;
                    failures++;
                }
                LOG.trace("Process {} ended since it was listed", pid);
            }
        }
        if (failure != null && failures > processes.size()) {
            throw failure; // There is no file to be opened left, or the like: a short list would be untrue.
        }
        return processes;
    }

    /**
     * Parses one line. The name stands in parentheses and may itself hold some, so the last one ends it. A figure that cannot
     * be read is negative; a line without a name and a number is no process.
     */
    static Optional<ProcessReading> parse(String stat, Path folder, long pageBytes) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        long pid = Numbers.count(String.valueOf(folder.getFileName()));
        if (open < 0 || close < open || pid < 0) {
            return Optional.empty();
        }
        StringTokenizer words = new StringTokenizer(stat.substring(close + 1));
        String[] fields = new String[22];
        for (int field = 0; field < fields.length; field++) {
            fields[field] = words.hasMoreTokens() ? words.nextToken() : "?";
        }
        return Optional.of(new ProcessReading(
                pid,
                Numbers.count(fields[19]),
                stat.substring(open + 1, close),
                state(fields[0].charAt(0)),
                cpuMilliseconds(Numbers.count(fields[11]), Numbers.count(fields[12])),
                Numbers.times(Numbers.count(fields[21]), pageBytes),
                Numbers.smallCount(fields[17]),
                () -> owner(folder)));
    }

    private static long cpuMilliseconds(long userTicks, long systemTicks) {
        return userTicks < 0 || systemTicks < 0
                ? Numbers.UNKNOWN
                : Numbers.times(userTicks + systemTicks, MILLISECONDS_PER_TICK);
    }

    private static String owner(Path folder) {
        try {
            return Files.getOwner(folder).getName();
        } catch (IOException e) {
            return "";
        }
    }

    private static String state(char letter) {
        return switch (letter) {
            case 'R' -> "running";
            case 'S' -> "sleeping";
            case 'D' -> "disk sleep";
            case 'T', 't' -> "stopped";
            case 'Z' -> "zombie";
            case 'I' -> "idle";
            default -> "other";
        };
    }
}
