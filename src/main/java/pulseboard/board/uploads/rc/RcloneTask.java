package pulseboard.board.uploads.rc;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pulseboard.engine.ChildRun;

/** A command of rclone that does one thing and ends; what it writes goes into a file. Not thread-safe. */
public final class RcloneTask {

    private final RcloneProgram program;
    private final ChildRun child;
    private final Path file;
    private final Path errors;

    /** What it writes goes into this file. */
    public RcloneTask(RcloneProgram program, Path file) {
        this.program = program;
        this.file = file;
        errors = file.resolveSibling(file.getFileName() + ".err");
        child = new ChildRun(file.resolveSibling(file.getFileName() + ".pid"));
    }

    /** Starts it, in place of one that may still be there. */
    public void start(List<String> words) throws IOException {
        stop();
        child.start(program.command(words), program.environment(), file, errors);
    }

    /** Lists all files of a place, one JSON object a line. */
    public void list(String place, List<String> words) throws IOException {
        List<String> all = new ArrayList<>(List.of("lsjson", "-R", "--files-only", "--no-mimetype"));
        all.addAll(words);
        all.add(place);
        start(all);
    }

    /** Whether it is still at it. */
    public boolean isRunning() {
        return child.running().isPresent();
    }

    /** Ends it at once. */
    public void stop() {
        child.running().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Why a list is not whole; nothing when it is. */
    public Optional<String> failureOfList() throws IOException {
        try (RandomAccessFile list = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(2, list.length())];
            list.seek(list.length() - end.length);
            list.readFully(end);
            if (new String(end, StandardCharsets.US_ASCII).strip().endsWith("]")) {
                return Optional.empty();
            }
        }
        return Optional.of(complaint().orElse("it ended before the list was whole"));
    }

    /** What it complained of last. */
    public Optional<String> complaint() throws IOException {
        List<String> said = Files.readAllLines(errors, StandardCharsets.UTF_8);
        return said.isEmpty() ? Optional.empty() : Optional.of(said.get(said.size() - 1));
    }

    /** The words that stand for patterns of rclone. */
    public static List<String> filters(List<String> include, List<String> exclude) {
        List<String> words = new ArrayList<>();
        exclude.forEach(pattern -> words.addAll(List.of("--filter", "- " + pattern)));
        include.forEach(pattern -> words.addAll(List.of("--filter", "+ " + pattern)));
        if (!include.isEmpty()) {
            words.addAll(List.of("--filter", "- *"));
        }
        return words;
    }
}
