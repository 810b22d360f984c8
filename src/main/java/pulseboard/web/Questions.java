package pulseboard.web;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.bus.Addresses;

/** Questions about the history of boards that come by a bridge. They go to the bus as they are, and so does the answer back. */
final class Questions {

    private final Map<String, String> boards = new HashMap<>();

    Questions(Collection<String> boards) {
        for (String board : boards) {
            this.boards.put(Addresses.history(board), board);
            this.boards.put(Addresses.series(board), board);
        }
    }

    /** Makes a bridge let them in. */
    void permit(SockJSBridgeOptions bridge) {
        boards.keySet().forEach(address -> bridge.addInboundPermitted(new PermittedOptions().setAddress(address)));
    }

    /** The board that a message asks about; null when it is no question. Makes its body one that can be answered here. */
    @Nullable
    String take(JsonObject message) {
        String board = boards.get(message.getString("address", ""));
        if (board != null) {
            JsonObject body = message.getValue("body") instanceof JsonObject question ? question : new JsonObject();
            body.remove("format"); // Text is for HTTP.
            body.put("askedNanos", System.nanoTime());
            message.put("body", body);
        }
        return board;
    }
}
