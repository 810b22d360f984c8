package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pulseboard.board.s3.RunFiles;

/**
 * What is kept of a run for those who ask later: its last state, and as lists of JSON lines what became of files, errors, warnings
 * and the plan. A list ends at {@value #MOST_LINES} lines. A full disk costs lists, never the run. Thread-safe.
 */
final class RunFolder implements AutoCloseable {

    /** The longest list. */
    static final int MOST_LINES = 200_000;

    private static final int MOST_RUNS = 50;
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Path folder;
    private final Map<String, Writer> writers = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /** That of a new run; the oldest ones and the plan of the last one are removed. */
    static RunFolder of(Path job, String id) throws IOException {
        Path runs = Files.createDirectories(RunFiles.runs(job));
        tidy(runs, Instant.now());
        return new RunFolder(Files.createDirectories(runs.resolve(id)));
    }

    private static void tidy(Path runs, Instant now) throws IOException {
        List<Path> all;
        try (Stream<Path> folders = Files.list(runs)) {
            all = folders.sorted(Comparator.reverseOrder()).toList();
        }
        for (int index = 0; index < all.size(); index++) {
            Path run = all.get(index);
            Files.deleteIfExists(run.resolve("plan"));
            Files.deleteIfExists(run.resolve("surplus"));
            if (index >= MOST_RUNS - 1
                    || Files.getLastModifiedTime(run).toInstant().isBefore(now.minus(LONGEST))) {
                remove(run);
            }
        }
    }

    private static void remove(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(run);
    }

    /** A file of its own for the engine. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** One more line of a list. */
    synchronized void add(String list, JsonObject line) {
        int count = lines.merge(list, 1, Integer::sum);
        if (count > MOST_LINES) {
            return;
        }
        try {
            Writer writer = writers.computeIfAbsent(list, this::open);
            writer.write(line.encode());
            writer.write('\n');
        } catch (IOException | UncheckedIOException e) {
            lines.put(list, MOST_LINES); // No more of it.
        }
    }

    private Writer open(String list) {
        try {
            return Files.newBufferedWriter(RunFiles.list(folder, list), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever reads sees what was added until now. */
    synchronized void flush() {
        for (Writer each : writers.values()) {
            try {
                each.flush();
            } catch (IOException e) {
                // A full disk.
            }
        }
    }

    /** Writes a state in place of the one before. */
    static void write(Path file, JsonObject state) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(next, state.encode().getBytes(StandardCharsets.UTF_8));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // A full disk: whoever watches has the state all the same.
        }
    }

    /** The state as it is at the end. */
    void ended(JsonObject state) {
        write(RunFiles.summary(folder), state);
    }

    @Override
    public synchronized void close() {
        for (Writer each : writers.values()) {
            try {
                each.close();
            } catch (IOException e) {
                // A full disk.
            }
        }
    }
}
