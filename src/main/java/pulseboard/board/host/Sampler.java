package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/** Measures one subject of the host. Called from one thread at a time, not always the same one. */
public interface Sampler {

    /** The key of its subject in the board's state. */
    String name();

    /** How many seconds lie between two samples; 0 for one at each tick of the board. */
    default int intervalSeconds() {
        return 0;
    }

    /**
     * Measures and returns the subject's part of the state: rounded, without nulls; empty when this machine has none of
     * it. What is returned belongs to the caller.
     *
     * @throws IOException with a message for people, when the subject cannot be measured on this machine
     */
    JsonObject sample() throws IOException;

    /** Why a part of the last sample is missing, for people; empty where all of it is there. */
    default Optional<String> partReason() {
        return Optional.empty();
    }

    /** Why the figures of the last sample are OSHI's though others were wanted, for people; empty where they are not. */
    default Optional<String> fallbackReason() {
        return Optional.empty();
    }

    /** Forgets the reading before: the next sample shows no rates. */
    default void reset() {}
}
