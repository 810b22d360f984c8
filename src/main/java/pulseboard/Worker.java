package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Access;
import pulseboard.engine.ChildProcess;

/** {@code pulseboard work} as a child of this process: the same program with the same settings, when there is a job. */
final class Worker {

    private static final int STOP_MILLISECONDS = 5_000;

    private static final String EARLY = "-XX:CompileCommand=CompileThresholdScaling,";

    /**
     * What hashes and encrypts gets the optimising compiler at once, for before that it takes up to fifty times as long; all else gets
     * it ten times as late as usual, for it is a third of what moving a few gigabytes costs.
     */
    private static final List<String> ENGINE_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "-XX:MaxDirectMemorySize=64m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:CompileCommand=quiet",
            EARLY + "com.sun.crypto.provider.*::*,0.002",
            EARLY + "sun.security.provider.*::*,0.002",
            EARLY + "pulseboard.board.sync.content.*::*,0.01",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private final Path folder;
    private final List<String> command;
    private @Nullable ChildProcess process;

    private Worker(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /**
     * The one that these settings want, if any; from now on it is let in.
     *
     * @param file the settings that this program was started with
     */
    static Optional<Worker> of(Config config, List<Board<?>> boards, Access access, @Nullable Path file) {
        Set<String> jobs = Deployment.jobs(config, boards);
        if (jobs.isEmpty()) {
            return Optional.empty();
        }
        Path folder = config.auth().folderIn(System.getenv());
        try {
            access.letIn(
                    WorkToken.in(folder),
                    "worker",
                    Set.of("work:" + String.join(",", jobs.stream().sorted().toList())));
        } catch (IOException e) {
            throw new StartFailure("auth.folder: " + e.getMessage());
        }
        return config.work().start() ? Optional.of(new Worker(folder, command(file))) : Optional.empty();
    }

    private static List<String> command(@Nullable Path file) {
        List<String> command = new ArrayList<>(thisProgram());
        command.add("work");
        command.add("--child");
        if (file != null) {
            command.add("--config");
            command.add(file.toAbsolutePath().toString());
        }
        return command;
    }

    /** How this process was started, up to its own arguments. The kernel tells it, unless it is longer than a page. */
    static List<String> thisProgram() {
        ProcessHandle.Info info = ProcessHandle.current().info();
        String main = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        List<String> arguments = List.of(info.arguments().orElse(new String[0]));
        List<String> command = new ArrayList<>();
        command.add(info.command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (arguments.contains(main)) {
            command.addAll(arguments.subList(0, arguments.indexOf(main) + 1));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        }
        return command;
    }

    /** Flags for what hashes and encrypts much. */
    static List<String> engineFlags() {
        return ENGINE_FLAGS;
    }

    /**
     * The same for what hashes and encrypts much: the flags of the monitor keep it small, and leave out the compiler that makes that fast.
     */
    static List<String> thisEngine() {
        List<String> command = new ArrayList<>();
        for (String each : thisProgram()) {
            if (!each.startsWith("-X") && !each.startsWith("@")) {
                command.add(each);
            }
        }
        command.addAll(1, ENGINE_FLAGS);
        return command;
    }

    /** Starts it, now that there is an address to which it can link. */
    void start(String address) {
        List<String> whole = new ArrayList<>(command);
        whole.add("--url");
        whole.add(address);
        process = new ChildProcess("pulseboard work", whole, folder.resolve("work.pid"));
        process.start();
    }

    /** Ends it, and returns when it has ended. */
    void stop() {
        if (process != null) {
            process.stop(STOP_MILLISECONDS);
        }
    }
}
