package pulseboard.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that does one thing and ends, and may outlive this one: it is noted which one it is, and a later run of this program
 * finds it. What it says goes into a file, never into a pipe, which would break with whoever reads it.
 */
public final class ChildRun {

    private final Path pidFile;

    /** The one that is noted in this file, if any. */
    public ChildRun(Path pidFile) {
        this.pidFile = pidFile;
    }

    /**
     * Starts it.
     *
     * @param command the program and its arguments; no shell reads them
     * @param environment all the variables that it gets
     * @param log what it says goes here, in place of what the one before has said
     */
    public ProcessHandle start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        return start(new ProcessBuilder(command).redirectOutput(log.toFile()).redirectErrorStream(true), environment);
    }

    /** The same, with what it writes and what it complains of in a file each. */
    public ProcessHandle start(List<String> command, Map<String, String> environment, Path written, Path errors)
            throws IOException {
        return start(
                new ProcessBuilder(command).redirectOutput(written.toFile()).redirectError(errors.toFile()),
                environment);
    }

    private ProcessHandle start(ProcessBuilder builder, Map<String, String> environment) throws IOException {
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        ProcessHandle process = builder.start().toHandle();
        note(process, pidFile);
        return process;
    }

    /** Notes which process it is, for whoever looks for it there: at any time either this one, or the one before. */
    public static void note(ProcessHandle process, Path pidFile) throws IOException {
        Path next = pidFile.resolveSibling(pidFile.getFileName() + ".new");
        Files.writeString(next, process.pid() + " " + ChildProcess.startOf(process) + "\n");
        Files.move(next, pidFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The one that was started last, if it still runs. */
    public Optional<ProcessHandle> running() {
        return ChildProcess.noted(pidFile).filter(ProcessHandle::isAlive);
    }
}
