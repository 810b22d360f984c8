package pulseboard.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Change;
import pulseboard.feed.Feed;
import pulseboard.feed.FeedReader;
import pulseboard.feed.KeptNumbers;

/** The history of a board {@code test} whose time passes when a test says so. */
final class MadeHistory implements AutoCloseable {

    static final long BEGIN = 1_700_000_100_000L;

    private static final int MOST_BUCKETS = 200_000;

    final ResilientStore store;
    private final BoardRecorder memory;
    private final FeedReader reader;
    private final HistoryQueries history;
    private final Feed feed;
    private final Executor writer;
    private long now;
    private long heard;

    MadeHistory(Path folder, HistoryConfig config, long now) {
        this(new ResilientStore(folder, config, Runnable::run), config, now, Runnable::run);
    }

    /** The same with a keeper of its own, and what that writes on. */
    MadeHistory(ResilientStore store, HistoryConfig config, long now, Executor writer) {
        this.now = now;
        this.writer = writer;
        this.store = store;
        this.memory = new BoardRecorder(
                "test", store, KeptNumbers.of("!meta.**", "**").atMost(config.maxSeries()));
        this.reader = new FeedReader(memory);
        this.history = new HistoryQueries("test", memory, store, () -> this.now);
        this.feed = new Feed("epoch" + now, () -> this.now);
    }

    /** At most 20 series for two years. */
    MadeHistory(Path folder) {
        this(folder, new HistoryConfig("", 730, 20, 30), BEGIN);
    }

    long now() {
        return now;
    }

    /** A second passes, after which this is the board's state. */
    void second(JsonObject state) {
        now += 1_000;
        Optional<Change> change = feed.update(state);
        if (change.isEmpty() && now - heard >= 5_000) {
            change = Optional.of(feed.heartbeat());
        }
        change.ifPresent(made -> {
            heard = now;
            reader.change(made.toJson());
            if (reader.isWaiting()) {
                reader.snapshot(feed.snapshot().toJson());
            }
        });
    }

    /** So many seconds pass with one number, {@code value}. */
    void seconds(int count, double value) {
        for (int second = 0; second < count; second++) {
            second(new JsonObject().put("value", value));
        }
    }

    /** Time passes and nothing is heard. */
    void silence(int seconds) {
        now += seconds * 1_000L;
    }

    JsonObject list() {
        return history.list();
    }

    JsonObject ask(JsonObject question) {
        return new JsonObject(history.ask(question, MOST_BUCKETS).toJson(Integer.MAX_VALUE));
    }

    JsonObject ask(String series, String from, int points) {
        return ask(new JsonObject().put("series", series).put("from", from).put("points", points));
    }

    JsonArray minutes(long from, long to) {
        return history.minutes(new JsonObject().put("from", from).put("to", to)).getJsonArray("minutes");
    }

    /** Asks for processes as others do, who name a format. */
    JsonObject minutes(JsonObject question) {
        return history.minutes(question);
    }

    /** As somebody gets it who names a format. */
    String text(JsonObject question) {
        return (String) history.answer(question);
    }

    /** One column of an answer; not a number where there is a gap. */
    static List<Double> column(JsonObject answer, String series, String kind) {
        JsonArray column = answer.getJsonObject("series").getJsonObject(series).getJsonArray(kind);
        List<Double> values = new ArrayList<>();
        for (Object value : column) {
            values.add(value(value));
        }
        return values;
    }

    private static double value(@Nullable Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /** What it has is written, and the file is closed, as at an orderly end. */
    @Override
    public void close() {
        memory.flush();
        CompletableFuture.runAsync(store::close, writer).join();
    }

    /** The file as it is now. */
    static Path file(Path folder) throws IOException {
        return folder.resolve("history.mv").toRealPath();
    }
}
