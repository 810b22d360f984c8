package pulseboard.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is to run as long as this one: started, started again when it ended, with longer and longer pauses if it ends
 * soon, and told to stop at the end. One that an earlier run of this program left behind is found by its pid and the time it
 * was started at, and kept. Thread-safe.
 */
public final class ChildProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final long FIRST_PAUSE_MILLISECONDS = 1_000;
    private static final long MOST_PAUSE_MILLISECONDS = 60_000;

    /** Field 22 of proc_pid_stat(5), counted from the one after the name. */
    private static final int START_TICKS = 19;

    private static final long STABLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final List<String> command;
    private final Path pidFile;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "child");
        made.setDaemon(true);
        return made;
    });
    private long pauseMilliseconds = FIRST_PAUSE_MILLISECONDS;
    private long startedNanos;
    private boolean isStopping;
    private @Nullable ProcessHandle running;

    /**
     * Starts nothing yet.
     *
     * @param name for the log
     * @param command the program and its arguments; no shell reads them
     * @param pidFile where it is noted which process it is, for the next run of this program
     */
    public ChildProcess(String name, List<String> command, Path pidFile) {
        this.name = name;
        this.command = List.copyOf(command);
        this.pidFile = pidFile;
    }

    /** Finds the one of an earlier run, or starts it; from now on it runs. */
    public synchronized void start() {
        Optional<ProcessHandle> left = noted(pidFile);
        if (left.isPresent()) {
            LOG.info(
                    "{} of an earlier run is still there: process {}",
                    name,
                    left.get().pid());
            watch(left.get());
        } else {
            launch();
        }
    }

    /** The process that runs now, if there is one. */
    public synchronized Optional<ProcessHandle> running() {
        return Optional.ofNullable(running).filter(ProcessHandle::isAlive);
    }

    /** Tells it to stop, politely, and returns when it has, or after so long. */
    public void stop(long milliseconds) {
        Optional<ProcessHandle> last;
        synchronized (this) {
            isStopping = true;
            last = running();
            thread.shutdownNow();
        }
        last.ifPresent(process -> {
            process.destroy();
            try {
                ProcessHandle ended = process.onExit().get(milliseconds, TimeUnit.MILLISECONDS);
                LOG.debug("{} ended: {}", name, ended.pid());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("{} has not ended within {} ms after it was told to", name, milliseconds);
            }
        });
    }

    /** A pid alone may be anyone's by now: the start time, to the tick of the kernel, makes it one process. */
    static Optional<ProcessHandle> noted(Path pidFile) {
        try {
            String[] noted = Files.readString(pidFile).strip().split(" ", -1);
            return ProcessHandle.of(Long.parseLong(noted[0]))
                    .filter(process -> noted.length == 2 && noted[1].equals(startOf(process)));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** In ticks since the system started, where the kernel tells it: clocks are set, and Java's own start times with them. */
    static String startOf(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TICKS];
        } catch (IOException e) {
            return process.info()
                    .startInstant()
                    .map(at -> Long.toString(at.toEpochMilli()))
                    .orElse("unknown");
        }
    }

    private synchronized void launch() {
        if (isStopping) {
            return;
        }
        startedNanos = System.nanoTime();
        try {
            // Its own output goes where ours goes; from us it reads nothing.
            ProcessHandle process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .toHandle();
            watch(process);
            note(process);
        } catch (IOException e) {
            LOG.warn("{} does not start: {}", name, e.getMessage());
            again();
        }
    }

    /** Where it cannot be noted, such as on a full disk, it runs all the same: one more would be one too many. */
    private void note(ProcessHandle process) {
        try {
            ChildRun.note(process, pidFile);
        } catch (IOException e) {
            LOG.warn("{} runs, but the next run of this program will not find it: {}", name, e.toString());
        }
    }

    private void watch(ProcessHandle process) {
        running = process;
        CompletableFuture<Void> unused = process.onExit().thenRun(this::ended);
    }

    private synchronized void ended() {
        if (!isStopping) {
            LOG.warn("{} ended; starting it again in {} s", name, pauseMilliseconds / 1_000);
            again();
        }
    }

    private void again() {
        if (System.nanoTime() - startedNanos > STABLE_NANOS) {
            pauseMilliseconds = FIRST_PAUSE_MILLISECONDS;
        }
        ScheduledFuture<?> unused = thread.schedule(this::launch, pauseMilliseconds, TimeUnit.MILLISECONDS);
        pauseMilliseconds = Math.min(MOST_PAUSE_MILLISECONDS, pauseMilliseconds * 2);
    }
}
