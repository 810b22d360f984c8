package pulseboard;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pulseboard in a real pseudo-terminal, made by {@code script}, of 30 lines of 100 columns. All of its output is kept. */
final class PseudoTerminal implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final String HOME = "\u001b[H";
    private static final String FRAME_END = "\u001b[J";

    private final Process process;
    private final Writer keyboard;
    private final StringBuilder output = new StringBuilder();

    private PseudoTerminal(Process process) {
        this.process = process;
        this.keyboard = process.outputWriter(StandardCharsets.UTF_8);
        Thread reading = new Thread(this::read, "terminal");
        reading.setDaemon(true);
        reading.start();
    }

    /** The device's name comes first, then its modes, the program, its exit code and the modes again. */
    static PseudoTerminal start(Map<String, String> environment, String... arguments) throws IOException {
        String command = Program.command(arguments).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        String line = "trap : INT; stty rows 30 cols 100; echo \"at $(tty).\"; echo \"modes $(stty -g).\"; " + command
                + "; echo \"ended $?.\"; echo \"modes $(stty -g).\"";
        // Where the tests themselves run in the background, Ctrl-C is ignored, and what they start would inherit that.
        ProcessBuilder builder =
                new ProcessBuilder("env", "--default-signal=INT", "script", "-qefc", line, "/dev/null");
        builder.environment().keySet().removeIf(name -> name.startsWith("PULSEBOARD_") || name.equals("NO_COLOR"));
        builder.environment().putAll(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.redirectErrorStream(true).start());
    }

    private void read() {
        char[] part = new char[8192];
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (int length = reader.read(part); length >= 0; length = reader.read(part)) {
                synchronized (output) {
                    output.append(part, 0, length);
                    output.notifyAll();
                }
            }
        } catch (IOException gone) {
            // With its process.
        }
    }

    void type(String keys) throws IOException {
        keyboard.write(keys);
        keyboard.flush();
    }

    /** All that was written so far. */
    String all() {
        synchronized (output) {
            return output.toString();
        }
    }

    /** What was written after this, once it matches. */
    Matcher await(int from, String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
        Matcher[] found = new Matcher[1];
        until(from, pattern, text -> {
            found[0] = wanted.matcher(text);
            return found[0].find();
        });
        return found[0];
    }

    /** Waits for a whole frame that is begun after this moment and holds this, but for colours. */
    void awaitFrame(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
        until(
                all().length(),
                pattern,
                text -> framesIn(text)
                        .anyMatch(frame -> wanted.matcher(withoutColours(frame)).find()));
    }

    /** As above, and of so many lines: until the program has heard of a new size, it draws for the old one. */
    List<String> awaitFrame(int rows, String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
        List<List<String>> found = new ArrayList<>();
        until(
                all().length(),
                pattern + " in " + rows + " lines",
                text -> framesIn(text)
                        .map(PseudoTerminal::lines)
                        .filter(lines -> lines.size() == rows)
                        .filter(lines ->
                                wanted.matcher(String.join("\n", lines)).find())
                        .anyMatch(found::add));
        return found.get(0);
    }

    /** Whole frames only, from their first sign to before the one that ends them. */
    private static Stream<String> framesIn(String text) {
        return Stream.of(text.split(Pattern.quote(HOME), -1))
                .skip(1)
                .filter(frame -> frame.contains(FRAME_END))
                .map(frame -> frame.substring(0, frame.indexOf(FRAME_END)));
    }

    /** Each line ends with what erases the rest of it. */
    private static List<String> lines(String frame) {
        List<String> parts = List.of(withoutColours(frame).split("\u001b\\[K(?:\r*\n)?", -1));
        return parts.subList(0, parts.size() - 1);
    }

    private void until(int from, String what, Predicate<String> holds) throws InterruptedException {
        long ends = System.nanoTime() + PATIENCE_NANOS;
        synchronized (output) {
            while (!holds.test(output.substring(Math.min(from, output.length())))) {
                if (System.nanoTime() - ends > 0) {
                    throw new AssertionError("no " + what + " in " + output.substring(Math.min(from, output.length())));
                }
                output.wait(100);
            }
        }
    }

    /** The lines of the last whole frame, without colours. */
    List<String> frame() {
        String all = all();
        int end = all.lastIndexOf(FRAME_END);
        return lines(all.substring(all.lastIndexOf(HOME, end) + HOME.length(), end));
    }

    static String withoutColours(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    /** Continues whatever runs in it, as who stops and starts whole groups of processes does. */
    void wake() throws IOException, InterruptedException {
        List<String> command = process.descendants()
                .map(one -> Long.toString(one.pid()))
                .collect(Collectors.toCollection(() -> new ArrayList<>(List.of("kill", "-CONT"))));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    boolean hasEnded() {
        return all().contains("ended ");
    }

    /** Waits for the end, and returns the exit code that the shell saw. */
    String ended() throws InterruptedException {
        return await(0, "ended (\\d+)\\..*modes .*?\\.").group(1);
    }

    /** The terminal's modes before and after. */
    List<String> modes() {
        return Pattern.compile("modes (\\S+)\\.")
                .matcher(all())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** As a person does with the window; first the columns, then the rows: a frame of so many rows has both. */
    void resize(int rows, int columns) throws IOException, InterruptedException {
        String device = await(0, "at (\\S+)\\.").group(1);
        List<String> command =
                List.of("stty", "-F", device, "cols", Integer.toString(columns), "rows", Integer.toString(rows));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new AssertionError("stty failed");
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
