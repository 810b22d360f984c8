package pulseboard.machine.linux;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;

/** {@code /proc/PID/stat} of every process. See proc_pid_stat(5). Costs grow with the number of processes. */
public final class Processes implements Reader<Collection<ProcessReading>> {

    private static final long MILLISECONDS_PER_TICK = 1000 / ProcStat.TICKS_PER_SECOND;
    private static final int FIRST_BYTES = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    private final Path proc;
    private final long pageBytes;
    private final Words words = new Words();
    private byte[] buffer = new byte[FIRST_BYTES];

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
                parse(read(folder), folder, pageBytes).ifPresent(processes::add);
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

    private Words read(Path folder) throws IOException {
        try (FileInputStream in = new FileInputStream(folder + "/stat")) {
            int length = 0;
            for (int count = in.read(buffer); count > 0; count = in.read(buffer, length, buffer.length - length)) {
                length += count;
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
            }
            return words.reset(buffer, length);
        }
    }

    /** A figure that cannot be read is negative; a line without a name and a number is no process. */
    static Optional<ProcessReading> parse(Words words, Path folder, long pageBytes) {
        long pid = Numbers.count(String.valueOf(folder.getFileName()));
        ProcessStat stat = ProcessStat.parse(words);
        if (stat == null || pid < 0) {
            return Optional.empty();
        }
        return Optional.of(new ProcessReading(
                pid,
                stat.startTicks(),
                stat.name(),
                state(stat.state()),
                Numbers.times(stat.ticks(), MILLISECONDS_PER_TICK),
                Numbers.times(stat.residentPages(), pageBytes),
                Numbers.small(stat.threads()),
                stat.parent(),
                new ProcessFolder(folder)));
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
