package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import pulseboard.feed.Change;
import pulseboard.feed.FeedReader;
import pulseboard.feed.Snapshot;

/** What a viewer knows of a board: a snapshot and every change after it, checked to be without a hole and without a repeat. */
final class Replica implements FeedReader.Sink {

    private final pulseboard.feed.Replica board = new pulseboard.feed.Replica();
    private final FeedReader reader = new FeedReader(this);
    private int applied;

    Replica(JsonObject snapshot) {
        reader.snapshot(snapshot);
    }

    void apply(JsonObject change) {
        int before = applied;
        reader.change(change);
        assertEquals(before + 1, applied, "the next change has the next number");
    }

    JsonObject state() {
        return Objects.requireNonNull(board.state());
    }

    @Override
    public void replace(Snapshot snapshot) {
        board.replace(snapshot);
    }

    @Override
    public void apply(Change change) {
        applied++;
        board.apply(change);
    }
}
