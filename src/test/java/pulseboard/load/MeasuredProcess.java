package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Java program in a process of its own, and what the kernel knows of it. */
final class MeasuredProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private MeasuredProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Runs a main class of this class path, with these flags for the JVM before it and these arguments after. */
    static MeasuredProcess start(List<String> flags, Class<?> main, List<String> arguments) throws IOException {
        return start(List.of(), flags, main, arguments);
    }

    /** The same for one that shall have only what CPU is left over. */
    static MeasuredProcess startNicely(Class<?> main, List<String> arguments) throws IOException {
        return start(List.of("nice", "-n", "19"), List.of("-XX:+UseSerialGC"), main, arguments);
    }

    private static MeasuredProcess start(List<String> before, List<String> flags, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new MeasuredProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line that it prints. */
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("process " + pid() + " ended early; what it said is above");
        }
        return line;
    }

    /** What a server answers that is asked for its memory. */
    JsonObject memory() throws IOException {
        in.write("memory\n");
        in.flush();
        return new JsonObject(line()).put("resident", residentBytes(pid()));
    }

    /** CPU that all its threads have used. The kernel tells it in nanoseconds here, and in ticks of 10 ms in stat. */
    double cpuMicroseconds() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return threads.mapToLong(MeasuredProcess::cpuNanoseconds).sum() / 1e3;
        }
    }

    private static long cpuNanoseconds(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long residentBytes(long pid) throws IOException {
        return bytesInStatus(pid, "VmRSS");
    }

    /** A line that the kernel tells in kB. */
    static long bytesInStatus(long pid, String key) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        String line =
                status.lines().filter(each -> each.startsWith(key)).findFirst().orElse("0");
        return Long.parseLong(Objects.requireNonNull(line).replaceAll("\\D", "")) * 1024;
    }

    void endInput() throws IOException {
        in.close();
    }

    /** Ends its input, at which it ends. */
    @Override
    public void close() throws IOException {
        in.close();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    process.destroyForcibly();
                    return process;
                })
                .join();
    }
}
