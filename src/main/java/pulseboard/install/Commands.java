package pulseboard.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the system, each a fixed list of words: no shell, nothing that a user has typed. */
final class Commands {

    private static final int PATIENCE_SECONDS = 90;

    private Commands() {}

    /** How a command ended, and all that it said. */
    record End(int code, String text) {}

    /** A command as a shell would take it; its words are fixed, and hold blanks at the most. */
    static String text(List<String> command) {
        return String.join(
                " ",
                command.stream()
                        .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                        .toList());
    }

    static End run(List<String> command) throws IOException {
        // A file, not a pipe: nobody has to read it at the right moment.
        Path said = Files.createTempFile("pulseboard", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(text(command) + " did not end within " + PATIENCE_SECONDS + " s");
            }
            return new End(process.exitValue(), new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    static boolean succeeds(List<String> command) throws IOException {
        return run(command).code() == 0;
    }

    /** Runs a command that must succeed, and says so. */
    static void require(List<String> command, PrintStream out) throws IOException {
        End end = run(command);
        if (end.code() != 0) {
            String reason = end.text().lines().findFirst().orElse("it does not say why");
            throw new IOException(text(command) + " ended with " + end.code() + ": " + reason);
        }
        out.println("ran " + text(command));
    }
}
