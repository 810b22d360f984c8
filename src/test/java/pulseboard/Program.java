package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Pulseboard as a program of its own, started from the classes under test. */
public final class Program implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;
    private final List<String> errorLines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<String>> errors;

    /** How a program ended. */
    public record End(int code, List<String> out, List<String> errors) {}

    private Program(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        // Each on a thread of its own: they last as long as the program, and the common pool may have one thread only.
        this.errors = CompletableFuture.supplyAsync(
                () -> {
                    process.errorReader(StandardCharsets.UTF_8).lines().forEach(errorLines::add);
                    return errorLines;
                },
                reading -> new Thread(reading, "errors").start());
    }

    /** Starts it with an environment that has no settings but these. */
    public static Program start(Map<String, String> environment, String... arguments) throws IOException {
        return start(command(arguments), environment);
    }

    /** The same by another main class of the tests. */
    public static Program startMain(String main, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = command(arguments);
        command.set(command.indexOf("pulseboard.Main"), main);
        return start(command, environment);
    }

    /** The same with a standard output that is full already, and that nobody reads. */
    static Program startWithFullOutput(String... arguments) throws IOException {
        return startAfter("head -c 2000000 /dev/zero &", Map.of(), arguments);
    }

    /** The same by a shell, and as its process, after it has run this line; it ends instead if the line fails. */
    static Program startAfter(String shell, Map<String, String> environment, String... arguments) throws IOException {
        return startBy(List.of("sh", "-ec", shell + "\nexec \"$@\"", "sh"), environment, arguments);
    }

    /** The same by another program, which is to become it. */
    public static Program startBy(List<String> starter, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(command(arguments));
        return start(command, environment);
    }

    /** The same with an option for Java. */
    static Program startWith(String javaOption, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = command(arguments);
        command.add(1, javaOption);
        return start(command, environment);
    }

    public static List<String> command(String... arguments) {
        List<String> command = ProgramJar.command();
        command.add("pulseboard.Main");
        if (Runtime.version().feature() >= 22) {
            // What the jar's manifest says, which a class path does not.
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs it from the folder of its classes, not from a jar, to its end. */
    static End runFromClasses(String... arguments) throws Exception {
        List<String> command = command(arguments);
        command.set(command.indexOf("-cp") + 1, System.getProperty("java.class.path"));
        try (Program program = start(command, Map.of())) {
            return program.awaitEnd();
        }
    }

    private static Program start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PULSEBOARD_") || name.startsWith("JAVA_TOOL"));
        // Whoever runs the tests may have users of their own, and one test must not leave any to the next.
        builder.environment()
                .put(
                        "XDG_STATE_HOME",
                        Path.of("target", "state", UUID.randomUUID().toString()).toString());
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** Runs it to its end. */
    static End run(String... arguments) throws Exception {
        try (Program program = start(Map.of(), arguments)) {
            return program.awaitEnd();
        }
    }

    /** Runs it to its end with this as its standard input. */
    static End runWithInput(String input, Map<String, String> environment, String... arguments) throws Exception {
        try (Program program = start(environment, arguments)) {
            try (Writer in = program.process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            return program.awaitEnd();
        }
    }

    /** The first line on standard output that holds this text; waits for it. */
    public String awaitLine(String text) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("ended without a line of " + text + ": " + errors.join());
    }

    /** The address that it listens on; waits until it does. */
    public URI awaitAddress() throws IOException {
        String line = awaitLine(" is at http://");
        return URI.create(line.substring(line.indexOf("http://")));
    }

    /** Its number. */
    long pid() {
        return process.pid();
    }

    /** Its files below {@code /proc}. */
    public Path proc() {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    /** Sends it a signal, such as STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        String number = Long.toString(process.pid());
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + number)
                        .start()
                        .waitFor());
    }

    /** Asks it to stop, as a service manager or Control-C does. */
    void terminate() {
        // Not Process.destroy(), which would also close the streams that are still to be read.
        process.toHandle().destroy();
    }

    /** What it has said on standard error so far. */
    List<String> errorLines() {
        return errorLines;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end without reading anything, and returns its exit code. */
    int awaitEndUnread() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end");
        }
        return process.exitValue();
    }

    /** Waits for its end and takes all that it said and was not read. */
    public End awaitEnd() throws Exception {
        List<String> rest = out.lines().toList();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end");
        }
        return new End(process.exitValue(), rest, errors.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
