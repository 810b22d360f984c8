package pulseboard.board.s3.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import pulseboard.board.s3.RunFiles;
import pulseboard.board.s3.wire.S3Failure;

/**
 * What failed in the run before, by the list of its errors.
 *
 * @param run the id of that run
 * @param paths files, and folders that could not be read
 */
record LastFailures(String run, Set<String> paths) {

    /** An object that another made is another's, and one that is too many is no file. */
    private static final Set<String> OTHERS = Set.of("conflict", "notDeleted");

    /** That of the newest run of a job that is not this one, and had the job. */
    static LastFailures before(String id, Path job) throws IOException {
        List<Path> runs;
        try (Stream<Path> folders = Files.list(RunFiles.runs(job))) {
            runs = folders.filter(run -> !run.endsWith(id))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path run : runs) {
            if (!wasInTheWay(run)) {
                return new LastFailures(String.valueOf(run.getFileName()), paths(RunFiles.list(run, "errors")));
            }
        }
        return new LastFailures("", Set.of());
    }

    /** Another run had the job already. */
    private static boolean wasInTheWay(Path run) {
        try {
            return new JsonObject(Files.readString(RunFiles.summary(run)))
                    .getJsonObject("errors")
                    .getJsonObject("byCode")
                    .containsKey("alreadyRunning");
        } catch (IOException | DecodeException e) {
            return false; // It was killed.
        }
    }

    private static Set<String> paths(Path list) throws IOException {
        Set<String> paths = new LinkedHashSet<>();
        if (!Files.exists(list)) {
            return paths;
        }
        int count = 0;
        try (BufferedReader reader = Files.newBufferedReader(list, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                count++;
                String path = path(line);
                if (!path.isEmpty()) {
                    paths.add(path);
                }
            }
        }
        if (count >= RunFolder.MOST_LINES) {
            throw new S3Failure(
                    "tooManyFailed", "more failed in the last run than is noted; start a run of the whole job", null);
        }
        return paths;
    }

    private static String path(String line) {
        try {
            JsonObject error = new JsonObject(line);
            return OTHERS.contains(error.getString("code", "")) ? "" : error.getString("path", "");
        } catch (DecodeException e) {
            return ""; // The last line of a run that was killed.
        }
    }
}
