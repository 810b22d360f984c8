package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Answers of Cloudplow's REST API, made of a state of the board: numbers are bytes or seconds, and each size has a text beside it. What is
 * not known is absent; nothing is above 100 percent, and a session that has ended is not active.
 */
public final class Cloudplow {

    private static final List<String> OVER = List.of("idle", "listing", "done", "failed", "stopped", "lost");
    /** Where the history is. */
    public static final String HISTORY = "transfer_history";

    private static final String ACCOUNTS = "service_accounts";
    private static final String NONE = "No Active Upload Session";

    /** The answers by their path. */
    private static final Map<String, BiFunction<Cloudplow, String, JsonObject>> ANSWERS = Map.of(
            "health", (all, uploader) -> all.health(),
            "status", Cloudplow::status,
            "queue_distribution", Cloudplow::queueDistribution,
            "rclone_stats", Cloudplow::rcloneStats,
            "session_stats", Cloudplow::sessionStats,
            "queue_status", Cloudplow::queueStatus);

    private final JsonObject state;
    private final long now;

    /**
     * Of a state of the board.
     *
     * @param now Unix milliseconds
     */
    public Cloudplow(JsonObject state, long now) {
        this.state = state;
        this.now = now;
    }

    /** The paths there are. */
    public static List<String> paths() {
        return Stream.concat(ANSWERS.keySet().stream(), Stream.of(ACCOUNTS, HISTORY))
                .sorted()
                .toList();
    }

    /** The answer as text; all but that at {@link #HISTORY}. */
    public String body(String path, String uploader) {
        return path.equals(ACCOUNTS)
                ? ServiceAccounts.of(state, now).encode()
                : answer(path, uploader).encode();
    }

    /** Whether something is not as it should be. */
    public boolean isDegraded() {
        return health().getString("status").equals("degraded");
    }

    /**
     * The answer.
     *
     * @param path one of {@link #paths()} whose answer is an object and about now
     * @param uploader which uploader; empty: the one whose session started last, or all
     */
    JsonObject answer(String path, String uploader) {
        BiFunction<Cloudplow, String, JsonObject> answer = ANSWERS.get(path);
        return answer == null ? unavailable("There is no such thing") : answer.apply(this, uploader);
    }

    /** Those that Cloudplow would know: not an rclone of somebody else's. */
    private JsonObject uploaders() {
        JsonObject own = state.getJsonObject("uploaders", new JsonObject()).copy();
        own.getMap()
                .values()
                .removeIf(each -> each instanceof JsonObject json && "attached".equals(json.getString("kind")));
        return own;
    }

    /** The name of the one that is meant. */
    private Optional<String> named(String uploader) {
        if (!uploader.isEmpty()) {
            return Optional.of(uploader).filter(uploaders()::containsKey);
        }
        return uploaders().fieldNames().stream()
                .max(Comparator.comparingLong(name -> of(name, "session").getLong("startedAt", 0L)));
    }

    private JsonObject of(String name, String part) {
        return uploaders().getJsonObject(name, new JsonObject()).getJsonObject(part, new JsonObject());
    }

    private Optional<String> active(String uploader) {
        return named(uploader)
                .filter(name -> !OVER.contains(uploaders().getJsonObject(name).getString("phase", "idle")));
    }

    private static JsonObject available(Object data) {
        return new JsonObject().put("available", true).put("data", data);
    }

    private static JsonObject unavailable(String message) {
        return new JsonObject().put("available", false).put("message", message);
    }

    private JsonObject health() {
        boolean isDegraded = uploaders().stream()
                .map(entry -> (JsonObject) entry.getValue())
                .anyMatch(each -> each.getString("phase", "").equals("lost") || each.containsKey("trouble"));
        return new JsonObject().put("status", isDegraded ? "degraded" : "healthy");
    }

    private JsonObject status(String uploader) {
        JsonArray names =
                new JsonArray(uploaders().fieldNames().stream().sorted().toList());
        Optional<String> found = active(uploader);
        if (found.isEmpty()) {
            return new JsonObject().put("active", false).put("message", NONE).put("uploaders", names);
        }
        String name = found.get();
        JsonObject stage = of(name, "stage");
        JsonObject json = new JsonObject()
                .put("active", true)
                .put("uploader", name)
                .put("uploaders", names)
                .put("session_start", Shown.time(of(name, "session").getLong("startedAt", 0L)))
                .put("upload_folder", uploaders().getJsonObject(name).getString("source", ""))
                .put(
                        "total_sas",
                        state.getJsonObject("accounts", new JsonObject()).size());
        if (stage.containsKey("number")) {
            json.put("stage", stage.getInteger("number"))
                    .put("current_sa", stage.getString("accountName", ""))
                    .put("sa_index", index(stage.getString("accountName", "")));
        }
        return json;
    }

    private int index(String account) {
        return accounts().stream()
                .map(each -> each.getString("name", ""))
                .toList()
                .indexOf(account);
    }

    private List<JsonObject> accounts() {
        return ServiceAccounts.sorted(state);
    }

    private JsonObject queueDistribution(String uploader) {
        if (!uploader.isEmpty()) {
            return of(uploader, "queue").containsKey("p50Bytes")
                    ? available(distribution(uploader))
                    : unavailable("Queue distribution not available");
        }
        JsonObject all = new JsonObject();
        for (String name : uploaders().fieldNames()) {
            if (of(name, "queue").containsKey("p50Bytes")) {
                all.put(name, distribution(name));
            }
        }
        return all.isEmpty() ? unavailable("Queue distribution not available") : available(all);
    }

    private JsonObject distribution(String name) {
        JsonObject queue = of(name, "queue");
        return Distribution.of(queue, metadata(name, "listing", queue));
    }

    private JsonObject metadata(String name, String source, JsonObject figures) {
        long at = figures.getLong("listedAt", now);
        return Shown.moment(new JsonObject(), "last_updated", at)
                .put("source", source)
                .put("learning_phase", false)
                .put(
                        "upload_folder",
                        uploaders().getJsonObject(name, new JsonObject()).getString("source", ""))
                .put("sample_count", figures.getLong("files", 0L))
                .put("confidence", figures.getString("confidence", "very_high"));
    }

    /**
     * What has been uploaded in the last 30 days, and how that compares with what the last session's queue had.
     *
     * @param spreads of the uploaders, by their names
     * @param uploader which one; empty: all
     */
    public JsonObject transferHistory(Map<String, JsonObject> spreads, String uploader) {
        JsonObject all = new JsonObject();
        spreads.forEach((name, spread) -> {
            if (spread.containsKey("p50Bytes")) {
                all.put(
                        name,
                        Distribution.of(spread, metadata(name, "transfers", spread))
                                .put("comparison", Distribution.comparison(of(name, "bytes"))));
            }
        });
        Object data = uploader.isEmpty() ? all : all.getValue(uploader);
        return data == null || all.isEmpty() ? unavailable("Transfer history not available") : available(data);
    }

    private JsonObject rcloneStats(String uploader) {
        Optional<String> found = active(uploader);
        if (found.isEmpty()) {
            return unavailable("Rclone stats not available");
        }
        String name = found.get();
        JsonArray transferring = new JsonArray();
        of(name, "active").forEach(entry -> transferring.add(transfer((JsonObject) entry.getValue())));
        JsonObject json = new JsonObject()
                .put("transfers", of(name, "files").getLong("uploaded", 0L))
                .put("errors", of(name, "errors").getLong("count", 0L))
                .put("checking", new JsonArray())
                .put("transferring", transferring);
        Shown.size(
                json,
                "bytes",
                of(name, "bytes").getLong("done", 0L) + of(name, "bytes").getLong("inFlight", 0L));
        Shown.speed(json, "speed", of(name, "rates").getLong("bytesPerSecond", 0L));
        return available(putEta(json, "eta", name));
    }

    private JsonObject putEta(JsonObject json, String key, String name) {
        JsonObject estimate = of(name, "estimate");
        return estimate.containsKey("remainingSeconds")
                ? Shown.duration(json, key, estimate.getLong("remainingSeconds"))
                : json;
    }

    private static JsonObject transfer(JsonObject file) {
        long bytes = file.getLong("bytes", 0L);
        long whole = file.getLong("size", 0L);
        JsonObject json = new JsonObject()
                .put("name", file.getString("path", ""))
                .put("percentage", whole == 0 ? 0 : Math.min(100, bytes * 100 / whole));
        Shown.size(json, "size", whole);
        Shown.size(json, "bytes", bytes);
        Shown.speed(json, "speed", file.getLong("bytesPerSecond", 0L));
        return file.containsKey("remoteEstimateSeconds")
                ? Shown.duration(json, "eta", file.getLong("remoteEstimateSeconds"))
                : json;
    }

    private JsonObject sessionStats(String uploader) {
        Optional<String> found = active(uploader);
        if (found.isEmpty()) {
            return unavailable(NONE);
        }
        String name = found.get();
        JsonObject files = of(name, "files");
        JsonObject bytes = of(name, "bytes");
        long started = of(name, "session").getLong("startedAt", now);
        JsonArray used = new JsonArray();
        accounts().stream()
                .filter(account -> account.getLong("sessionFiles", 0L) > 0)
                .forEach(account -> used.add(account.getString("name")));
        JsonObject json = new JsonObject()
                .put("total_files", files.getLong("planned", 0L))
                .put("transferred_files", files.getLong("uploaded", 0L))
                .put("remaining_files", files.getLong("found", 0L) - files.getLong("processed", 0L))
                .put("file_percentage", files.getDouble("percent", 0.0))
                .put("byte_percentage", bytes.getDouble("percent", 0.0))
                .put("session_start", Shown.time(started))
                .put("sas_used", used);
        Shown.size(json, "total_bytes", bytes.getLong("planned", 0L));
        Shown.size(json, "transferred_bytes", bytes.getLong("done", 0L));
        Shown.size(json, "remaining_bytes", Math.max(0, bytes.getLong("planned", 0L) - bytes.getLong("done", 0L)));
        Shown.duration(json, "duration_seconds", Math.max(0, (now - started) / 1_000));
        Shown.speed(json, "avg_speed", of(name, "rates").getLong("averageBytesPerSecond", 0L));
        return available(putEta(json, "eta_seconds", name));
    }

    private JsonObject queueStatus(String uploader) {
        Optional<String> found =
                active(uploader).filter(name -> of(name, "stage").containsKey("number"));
        if (found.isEmpty()) {
            return unavailable(NONE);
        }
        JsonObject stage = of(found.get(), "stage");
        JsonObject parameters = new JsonObject()
                .put("strategy", stage.getString("strategy", ""))
                .put("transfers", stage.getInteger("transfers", 0));
        Shown.size(parameters, "max_transfer", stage.getLong("bytes", 0L));
        Shown.size(parameters, "max_size", stage.getLong("largestBytes", 0L));
        JsonObject counts = new JsonObject()
                .put("listed", stage.getLong("files", 0L))
                .put("checking", new JsonArray())
                .put("checking_count", 0)
                .put("totalTransfers", stage.getLong("files", 0L))
                .put("transferring_count", of(found.get(), "active").size());
        return available(new JsonObject().put("stage_params", parameters).put("queue_stats", counts));
    }
}
