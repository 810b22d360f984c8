package pulseboard.board.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks another program, which knows nothing of Pulseboard, for the truth. */
public final class Command {

    private Command() {}

    /** What it prints, by lines. */
    public static List<String> lines(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError(command[0] + " does not end");
        }
        return output.lines().toList();
    }

    /** The one number that a shell command prints. */
    public static long number(String shell) throws IOException, InterruptedException {
        return Long.parseLong(lines("sh", "-c", shell).get(0).strip());
    }

    /** Whether there is such a program here. */
    public static boolean exists(String program) throws IOException, InterruptedException {
        return !lines("sh", "-c", "command -v " + program).isEmpty();
    }

    /** A line's words. */
    public static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }
}
