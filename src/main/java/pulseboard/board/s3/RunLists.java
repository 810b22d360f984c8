package pulseboard.board.s3;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** Serves what is kept of runs that were: which there are, how each ended, and its lists, as JSON, CSV or JSON lines. */
final class RunLists {

    private static final Set<String> LISTS = Set.of("files", "errors", "warnings", "plan");
    private static final int PAGE = 1_000;
    private static final List<String> RUN_COLUMNS = List.of(
            "id",
            "job",
            "phase",
            "dryRun",
            "startedAt",
            "endedAt",
            "uploaded",
            "failed",
            "deleted",
            "doneBytes",
            "reason");
    private static final List<String> COLUMNS =
            List.of("path", "action", "reason", "result", "bytes", "type", "seconds", "code", "message", "at");

    static final ResourceInfo RUNS = new ResourceInfo("GET", "runs", "Runs that were, the newest first");
    static final ResourceInfo RUNS_CSV = new ResourceInfo("GET", "runs.csv", "The same as CSV");
    static final ResourceInfo RUNS_LINES = new ResourceInfo("GET", "runs.ndjson", "The same as JSON lines");
    static final ResourceInfo RUN = new ResourceInfo("GET", "runs/:id", "How a run ended");
    static final ResourceInfo LIST = new ResourceInfo(
            "GET",
            "runs/:id/:list",
            "A list of a run: files, errors, warnings, plan; with .csv or .ndjson all of it, else a page");

    private final Vertx vertx;
    private final Path folder;
    private final List<String> jobs;

    RunLists(Vertx vertx, Path folder, List<String> jobs) {
        this.vertx = vertx;
        this.folder = folder;
        this.jobs = List.copyOf(jobs);
    }

    void serve(FeedPublisher publisher) {
        publisher.onRequest(RUNS, request -> json(request, () -> new JsonObject().put("runs", new JsonArray(runs()))));
        publisher.onRequest(RUNS_CSV, request -> allRuns(request, true));
        publisher.onRequest(RUNS_LINES, request -> allRuns(request, false));
        publisher.onRequest(RUN, this::run);
        publisher.onRequest(LIST, this::list);
    }

    private interface Answer {
        JsonObject make() throws IOException;
    }

    /** Files are read where that may take its time. */
    private void json(Resources.Request request, Answer answer) {
        vertx.executeBlocking(answer::make)
                .onSuccess(json -> request.http()
                        .response()
                        .putHeader("Content-Type", "application/json")
                        .end(json.encode())
                        .onFailure(gone -> {}))
                .onFailure(failure -> refuse(request.http().response(), failure));
    }

    private static void refuse(HttpServerResponse response, Throwable failure) {
        ActionRefusal refusal = failure instanceof NoSuchFileException
                ? new ActionRefusal(404, "unknown_run", "there is no such run or list; GET runs names them")
                : new ActionRefusal(500, "internal_error", "the list cannot be read");
        response.setStatusCode(refusal.status())
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("error", refusal.word())
                        .put("message", String.valueOf(refusal.getMessage()))
                        .encode())
                .onFailure(gone -> {});
    }

    private List<JsonObject> runs() throws IOException {
        List<JsonObject> all = new ArrayList<>();
        for (String job : jobs) {
            Path runs = RunFiles.runs(folder.resolve(job));
            if (Files.isDirectory(runs)) {
                try (Stream<Path> each = Files.list(runs)) {
                    each.forEach(run -> summary(job, run).ifPresent(all::add));
                }
            }
        }
        all.sort(Comparator.comparing((JsonObject run) -> run.getString("id")).reversed());
        return all;
    }

    private static Optional<JsonObject> state(Path run) {
        try {
            return Optional.of(new JsonObject(Files.readString(RunFiles.summary(run))));
        } catch (IOException | DecodeException e) {
            return Optional.empty(); // It is under way, or its process was killed.
        }
    }

    private static Optional<JsonObject> summary(String job, Path path) {
        JsonObject nothing = new JsonObject();
        return state(path).map(state -> {
            JsonObject run = state.getJsonObject("run", nothing);
            JsonObject files = state.getJsonObject("files", nothing);
            JsonObject json = new JsonObject()
                    .put("id", String.valueOf(path.getFileName()))
                    .put("job", job)
                    .put("phase", state.getString("phase", ""))
                    .put("dryRun", state.getBoolean("dryRun", false))
                    .put("startedAt", run.getLong("startedAt", 0L))
                    .put("endedAt", run.getLong("endedAt", 0L))
                    .put("uploaded", files.getLong("uploaded", 0L))
                    .put("failed", files.getLong("failed", 0L))
                    .put("deleted", files.getLong("deleted", 0L))
                    .put("doneBytes", state.getJsonObject("bytes", nothing).getLong("done", 0L));
            String reason = run.getString("reason", "");
            return reason.isEmpty() ? json : json.put("reason", reason);
        });
    }

    /** Names come from an address: one that is no run of a job finds nothing. */
    private Path find(String id) throws NoSuchFileException {
        return jobs.stream()
                .map(job -> RunFiles.runs(folder.resolve(job)))
                .filter(runs -> id.matches("[0-9TZ.]{10,40}") && Files.isDirectory(runs.resolve(id)))
                .map(runs -> runs.resolve(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchFileException(id));
    }

    private void run(Resources.Request request) {
        String id = request.path().getOrDefault("id", "");
        json(request, () -> {
            return state(find(id)).orElseThrow(() -> new NoSuchFileException(id));
        });
    }

    private void allRuns(Resources.Request request, boolean isCsv) {
        HttpServerResponse response = request.http().response();
        vertx.executeBlocking(this::runs)
                .onSuccess(runs -> {
                    Buffer text = Buffer.buffer(isCsv ? Csv.header(RUN_COLUMNS) : "");
                    runs.forEach(run -> text.appendString(isCsv ? Csv.line(RUN_COLUMNS, run) : run.encode() + "\n"));
                    response.putHeader("Content-Type", type(isCsv)).end(text).onFailure(gone -> {});
                })
                .onFailure(failure -> refuse(response, failure));
    }

    private static String type(boolean isCsv) {
        return isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson";
    }

    private void list(Resources.Request request) {
        String[] name = request.path().getOrDefault("list", "").split("\\.", 2);
        String id = request.path().getOrDefault("id", "");
        String state = request.http().getParam("state", "");
        if (name.length == 2
                && LISTS.contains(name[0])
                && Set.of("csv", "ndjson").contains(name[1])) {
            stream(request, new Reading(id, name[0], state), name[1].equals("csv"));
        } else {
            json(request, () -> page(new Reading(id, name.length == 1 ? name[0] : "", state), request));
        }
    }

    /** Which list, and of what result; empty: all. */
    private record Reading(String id, String list, String state) {

        boolean takes(JsonObject line) {
            return state.isEmpty() || state.equals(line.getString("result", line.getString("code", "")));
        }
    }

    private BufferedReader open(Reading reading) throws IOException {
        if (!LISTS.contains(reading.list)) {
            throw new NoSuchFileException(reading.list);
        }
        Path run = find(reading.id);
        Path file = RunFiles.list(run, reading.list);
        return Files.exists(file)
                ? Files.newBufferedReader(file, StandardCharsets.UTF_8)
                : new BufferedReader(new StringReader("")); // Nothing happened that would stand there.
    }

    private JsonObject page(Reading reading, Resources.Request request) throws IOException {
        String text = request.http().getParam("after", "0");
        long after = text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
        JsonArray lines = new JsonArray();
        JsonObject json = new JsonObject().put(reading.list, lines);
        long number = 0;
        try (BufferedReader reader = open(reading)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                JsonObject each = number > after ? read(line) : null;
                if (each != null && reading.takes(each)) {
                    if (lines.size() == PAGE) {
                        return json.put("next", number - 1);
                    }
                    lines.add(each);
                }
            }
        }
        return json;
    }

    /** The last line may be half there. */
    private static @Nullable JsonObject read(String line) {
        try {
            return new JsonObject(line);
        } catch (DecodeException e) {
            return null;
        }
    }

    private void stream(Resources.Request request, Reading reading, boolean isCsv) {
        HttpServerResponse response = request.http().response();
        vertx.executeBlocking(() -> open(reading))
                .compose(reader -> {
                    response.setChunked(true).putHeader("Content-Type", type(isCsv));
                    return response.write(isCsv ? Csv.header(COLUMNS) : "")
                            .compose(sent -> more(response, reader, reading, isCsv))
                            .onComplete(end -> vertx.executeBlocking(() -> {
                                        reader.close();
                                        return true;
                                    })
                                    .onFailure(failure -> {}));
                })
                .onFailure(failure -> {
                    if (!response.headWritten()) {
                        refuse(response, failure);
                    }
                });
    }

    /** As fast as whoever reads it, a thousand lines at a time. */
    private Future<Void> more(HttpServerResponse response, BufferedReader reader, Reading reading, boolean isCsv) {
        return vertx.executeBlocking(() -> lines(reader, reading, isCsv))
                .compose(text -> text.length() == 0
                        ? response.end()
                        : response.write(text).compose(sent -> more(response, reader, reading, isCsv)));
    }

    private static Buffer lines(BufferedReader reader, Reading reading, boolean isCsv) throws IOException {
        Buffer text = Buffer.buffer();
        for (int count = 0; count < PAGE; ) {
            String line = reader.readLine();
            if (line == null) {
                return text;
            }
            JsonObject each = read(line);
            if (each != null && reading.takes(each)) {
                text.appendString(isCsv ? Csv.line(COLUMNS, each) : line + "\n");
                count++;
            }
        }
        return text;
    }
}
