package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * One fault that was injected, and what it did to its victim.
 *
 * @param kind what was done
 * @param node to which node
 * @param isReal whether its effect was measured there
 * @param injected what was asked for
 * @param measured what came of it
 */
record ChaosFault(Kind kind, String node, boolean isReal, String injected, String measured) {

    /** What can be done to a node. Clocks are not among it: nothing depends on them. */
    enum Kind {
        /** SIGKILL, and started again. */
        NODE_KILL,
        /** SIGSTOP for a while: connections stay open. */
        NODE_PAUSE,
        /** Its lines take longer. */
        LATENCY,
        /** Its lines lose segments. */
        LOSS,
        /** Its lines let nothing through. */
        PARTITION,
        /** Its own writes take a multiple. */
        SLOW_DISK,
        /** Its heap is nearly full. */
        MEMORY,
        /** A byte of what it holds is another one. */
        CORRUPTION;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("kind", kind.text())
                .put("node", node)
                .put("isReal", isReal)
                .put("injected", injected)
                .put("measured", measured);
    }
}
