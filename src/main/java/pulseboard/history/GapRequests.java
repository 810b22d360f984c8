package pulseboard.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.h2.mvstore.MVStoreException;

/** What whoever fills gaps asks of the history, and hands to it: it comes from this program, and has been checked. */
final class GapRequests {

    private static final long STEP_MILLISECONDS = Tier.FINEST_SECONDS * 1_000L;
    private static final int UNAVAILABLE = 503;

    private final ResilientStore store;
    private final Executor writer;

    /** The writer is that of the store. */
    GapRequests(ResilientStore store, Executor writer) {
        this.store = store;
        this.writer = writer;
    }

    /**
     * Answers with {@code newest}, the begin of the newest row of all series that begin with the {@code prefix}, board and name with a
     * slash between, and {@code since}, when the gap of that {@code machine} began that is not filled yet; 0 where there is none. With
     * {@code since} in the question, that is noted.
     */
    JsonObject gap(JsonObject question, long now) {
        HistoryStore open = store.open(now).orElseThrow(() -> new QueryRefusal(UNAVAILABLE, "nothing is kept now"));
        String machine = question.getString("machine");
        Long since = question.getLong("since");
        try {
            if (since != null) {
                open.gaps().put(machine, since);
            }
            return JsonObject.of(
                    "newest",
                    open.catalog().newest(question.getString("prefix")),
                    "since",
                    open.gaps().since(machine));
        } catch (MVStoreException e) {
            store.fail(open, e, now);
            throw new QueryRefusal(UNAVAILABLE, "n/a, because " + e.getMessage());
        }
    }

    /** Has rows written; done with how many there were. */
    CompletionStage<Integer> put(String board, SortedMap<Long, Map<String, Summary>> rows, long now) {
        return CompletableFuture.supplyAsync(() -> rows.isEmpty() ? 0 : write(board, rows, now), writer);
    }

    private int write(String board, SortedMap<Long, Map<String, Summary>> rows, long now) {
        HistoryStore open = store.open(now).orElseThrow(() -> new QueryRefusal(UNAVAILABLE, "nothing is kept now"));
        try {
            return open.putLate(board, rows);
        } catch (MVStoreException e) {
            store.fail(open, e, now);
            throw e;
        }
    }

    /** When the interval ends that the last of these rows is of. */
    static long end(JsonObject late) {
        return late.getLong("from") + late.getInteger("count") * STEP_MILLISECONDS;
    }

    /** The rows of a request: columns as in the answer to a question, one row each 10 s. */
    static SortedMap<Long, Map<String, Summary>> rows(JsonObject late) {
        SortedMap<Long, Map<String, Summary>> rows = new TreeMap<>();
        JsonObject series = late.getJsonObject("series");
        for (String name : series.fieldNames()) {
            List<JsonArray> kinds = QueryResult.KINDS.stream()
                    .map(series.getJsonObject(name)::getJsonArray)
                    .toList();
            for (int row = 0; row < late.getInteger("count"); row++) {
                if (kinds.get(0).getValue(row) != null) {
                    rows.computeIfAbsent(late.getLong("from") + row * STEP_MILLISECONDS, missing -> new HashMap<>())
                            .put(
                                    name,
                                    new Summary(
                                            kinds.get(0).getFloat(row),
                                            kinds.get(1).getFloat(row),
                                            kinds.get(2).getFloat(row)));
                }
            }
        }
        return rows;
    }
}
