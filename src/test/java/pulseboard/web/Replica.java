package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import pulseboard.feed.MergePatch;

/** What a viewer knows of a board: a snapshot and every change after it, checked to be without a hole. */
final class Replica {

    private final String epoch;
    private JsonObject state;
    private long seq;

    Replica(JsonObject snapshot) {
        epoch = snapshot.getString("epoch");
        seq = snapshot.getLong("seq");
        state = snapshot.getJsonObject("state");
    }

    void apply(JsonObject change) {
        assertEquals(epoch, change.getString("epoch"));
        assertEquals(seq + 1, change.getLong("seq"), "the next change has the next number");
        seq++;
        state = (JsonObject) Objects.requireNonNull(MergePatch.apply(state, change.getJsonObject("patch")));
    }

    JsonObject state() {
        return state;
    }
}
