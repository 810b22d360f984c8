package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** That a channel does not work is an alert of its own, which one other channel is told. */
final class ChannelTrouble {

    static final String RULE = "channel-fails";

    private static final String TO = "channel";
    private static final int MOST_TEXTS = 3;

    private ChannelTrouble() {}

    /** The channel that alone is told of an alert; empty when it is an ordinary one. */
    static String channel(JsonObject alert) {
        return alert.getString("rule", "").equals(RULE) ? alert.getString(TO, "") : "";
    }

    /**
     * It began.
     *
     * @param name the channel that does not work
     * @param waiting what it does not tell
     */
    static Transition began(String name, ChannelState state, List<String> waiting, long now) {
        String texts = String.join("; ", waiting.subList(0, Math.min(MOST_TEXTS, waiting.size())));
        String more = waiting.size() > MOST_TEXTS ? "; and " + (waiting.size() - MOST_TEXTS) + " more" : "";
        String text = "the channel " + name + " takes no messages (" + state.reason() + ")"
                + (waiting.isEmpty() ? "" : "; it should have told: " + texts + more);
        return new Transition(id(name), Transition.Kind.FIRING, now, alert(name, state, text));
    }

    /** It is over. */
    static Transition ended(String name, ChannelState state, long now) {
        return new Transition(
                id(name),
                Transition.Kind.RESOLVED,
                now,
                alert(name, state, "the channel " + name + " takes no messages"));
    }

    private static JsonObject alert(String name, ChannelState state, String text) {
        return JsonObject.of("board", "alerts", "rule", RULE, "key", name, "level", Level.CRITICAL.text(), "text", text)
                .put(
                        "help",
                        "Look at the channel's settings and at the other side; what waits is sent when it works again.")
                .put("firingSince", state.since())
                .put(TO, state.toldTo());
    }

    private static String id(String name) {
        return Wording.id(RULE + "/" + name);
    }
}
