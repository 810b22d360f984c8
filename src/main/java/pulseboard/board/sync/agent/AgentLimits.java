package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an agent may use, and which way its folders go.
 *
 * @param keepFreeBytes so much of the disk stays free: what does not fit waits
 * @param sendBytesPerSecond contents go to others no faster, all together; 0: as fast as they can
 * @param receiveBytesPerSecond contents come from others no faster, all together; 0: as fast as they can
 * @param modes by folder, {@code send} where nothing that comes from others is put there, or {@code receive} where nothing that is
 *     changed here is told; not there for the usual, both
 */
public record AgentLimits(
        long keepFreeBytes, long sendBytesPerSecond, long receiveBytesPerSecond, Map<String, String> modes) {

    /** Nothing from others is put here. */
    public static final String SEND = "send";

    /** Nothing from here is told. */
    public static final String RECEIVE = "receive";

    private static final Set<String> MODES = Set.of(SEND, RECEIVE, "both");

    /** What is used unless somebody says otherwise. */
    public static final AgentLimits DEFAULT = new AgentLimits(1L << 30, 0, 0, Map.of());

    /** Checks every value. */
    public AgentLimits {
        modes = Collections.unmodifiableMap(new TreeMap<>(modes));
        if (keepFreeBytes < 0 || sendBytesPerSecond < 0 || receiveBytesPerSecond < 0) {
            throw new IllegalArgumentException("a limit of an agent must not be below 0");
        }
        if (!MODES.containsAll(modes.values())) {
            throw new IllegalArgumentException("a folder is for send, receive or both: not " + modes);
        }
    }

    String mode(String folder) {
        return modes.getOrDefault(folder, "both");
    }

    static AgentLimits of(JsonObject json) {
        Map<String, String> modes = new TreeMap<>();
        json.getJsonObject("modes", new JsonObject())
                .forEach(each -> modes.put(each.getKey(), String.valueOf(each.getValue())));
        return new AgentLimits(
                json.getLong("keepFreeBytes", DEFAULT.keepFreeBytes),
                json.getLong("sendBytesPerSecond", 0L),
                json.getLong("receiveBytesPerSecond", 0L),
                modes);
    }

    JsonObject toJson() {
        JsonObject all = new JsonObject();
        modes.forEach(all::put);
        return new JsonObject()
                .put("keepFreeBytes", keepFreeBytes)
                .put("sendBytesPerSecond", sendBytesPerSecond)
                .put("receiveBytesPerSecond", receiveBytesPerSecond)
                .put("modes", all);
    }
}
