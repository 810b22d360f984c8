package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.engine.ChildRun;

/** One storage node as a process that this one has started. Signals go to it by its process id, and to no other. */
final class NodeProcess {

    /** Memory enough for a node; the compiler that the monitor does without, since a node computes checksums. */
    private static final List<String> OPTIONS = List.of("-Xmx96m", "-XX:TieredStopAtLevel=4", "-XX:+UseSerialGC");

    private static final long LOOK_MILLISECONDS = 20;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Vertx vertx;
    private final String id;
    private final Path folder;
    private final List<String> program;
    private final Signals signals;
    private @Nullable ProcessHandle process;
    private int port = 1;

    /** Tells a process to stop for a while, or to go on. */
    interface Signals {
        void send(String signal, long pid) throws IOException;
    }

    /**
     * Not started.
     *
     * @param program how this program is started, up to its own arguments
     */
    NodeProcess(Vertx vertx, Path folder, List<String> program, Signals signals) {
        this.vertx = vertx;
        this.id = String.valueOf(folder.getFileName());
        this.folder = folder;
        this.program = program;
        this.signals = signals;
    }

    /** The port of the one that runs; one where nobody is while it does not. */
    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    boolean isAlive() {
        ProcessHandle started = process;
        return started != null && started.isAlive();
    }

    Optional<Long> pid() {
        return Optional.ofNullable(process).filter(ProcessHandle::isAlive).map(ProcessHandle::pid);
    }

    /** Starts it, and is done when it listens. */
    Future<Void> start() {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve("port"));
            List<String> command = new ArrayList<>(withOptions(program));
            command.addAll(List.of("lab", "node", folder.toString()));
            ProcessHandle started =
                    new ChildRun(folder.resolve("pid")).start(command, environment(), folder.resolve("node.log"));
            process = started;
            return listening(started, System.nanoTime());
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    /** After all flags of Java that are there already: the later one wins. */
    static List<String> withOptions(List<String> program) {
        List<String> command = new ArrayList<>(program);
        int jar = command.indexOf("-jar");
        command.addAll(jar > 0 ? jar : command.size() - 1, OPTIONS);
        return command;
    }

    private static Map<String, String> environment() {
        Map<String, String> kept = new TreeMap<>();
        System.getenv().forEach((name, value) -> {
            if (List.of("PATH", "HOME", "TMPDIR", "TZ").contains(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    private Future<Void> listening(ProcessHandle started, long sinceNanos) {
        try {
            port = Integer.parseInt(Files.readString(folder.resolve("port")).strip());
            return Future.succeededFuture();
        } catch (IOException | NumberFormatException e) {
            if (!started.isAlive() || System.nanoTime() - sinceNanos > START_NANOS) {
                return Future.failedFuture("the node " + id + " does not start; see " + folder.resolve("node.log"));
            }
            return vertx.timer(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)
                    .compose(timer -> listening(started, sinceNanos));
        }
    }

    /** Ends it at once, without a word, as a power cut would; done when it is gone. */
    Future<Void> kill() {
        ProcessHandle started = process;
        if (started == null || !started.isAlive()) {
            return Future.succeededFuture();
        }
        started.destroyForcibly();
        return Future.fromCompletionStage(started.onExit(), vertx.getOrCreateContext())
                .mapEmpty();
    }

    /** Stops it for a while: its connections stay open, and nobody answers. */
    void pause() throws IOException {
        signal("STOP");
    }

    void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        Optional<Long> running = pid();
        if (running.isPresent()) {
            signals.send(signal, running.get());
        }
    }
}
