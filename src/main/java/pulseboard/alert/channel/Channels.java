package pulseboard.alert.channel;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Makes channels of their settings. */
public final class Channels {

    private static final String KIND = "kind";

    private static final Map<String, Kind> KINDS = kindsByName();

    private Channels() {}

    private interface Maker {
        Channel make(Vertx vertx, ChannelSettings settings, ChannelContext context);
    }

    /** What it knows of itself is looked up when it is wanted: most machines have one kind or none. */
    private record Kind(Supplier<Set<String>> keys, Maker maker) {}

    private static Map<String, Kind> kindsByName() {
        Map<String, Kind> kinds = new TreeMap<>();
        kinds.put("alertmanager", new Kind(() -> Alertmanager.KEYS, Alertmanager::new));
        kinds.put("heartbeat", new Kind(() -> Heartbeat.KEYS, Heartbeat::new));
        kinds.put("mail", new Kind(() -> Mail.KEYS, Mail::new));
        kinds.put("push", new Kind(() -> Push.KEYS, Push::new));
        kinds.put("webhook", new Kind(() -> Webhook.KEYS, Webhook::new));
        for (String name : Preset.NAMES) {
            kinds.put(
                    name,
                    new Kind(
                            () -> Preset.named(name).settings(),
                            (vertx, settings, context) ->
                                    new PresetChannel(Preset.named(name), vertx, settings, context)));
        }
        return kinds;
    }

    /**
     * Makes a channel; it opens nothing before it sends.
     *
     * @param name as it is named in the file
     * @param settings {@code kind}, and the keys of that kind
     * @throws IllegalArgumentException when something is wrong with them: one line that begins with the key, says how to mend it,
     *     and has no secret in it
     */
    public static Channel of(Vertx vertx, String name, JsonObject settings, ChannelContext context) {
        ChannelSettings kinds = new ChannelSettings(name, JsonObject.of(KIND, settings.getValue(KIND)), Set.of(KIND));
        String wanted = kinds.required(KIND, "webhook");
        Kind kind = KINDS.get(wanted);
        if (kind == null) {
            throw kinds.mistake(KIND, "must be one of " + String.join(", ", KINDS.keySet()));
        }
        return kind.maker.make(vertx, new ChannelSettings(name, settings, keys(wanted)), context);
    }

    /** The kinds that there are. */
    public static Set<String> kinds() {
        return KINDS.keySet();
    }

    /** The keys of a kind. */
    public static Set<String> keys(String kind) {
        Kind known = KINDS.get(kind);
        if (known == null) {
            throw new IllegalArgumentException("there is no kind " + kind);
        }
        Set<String> keys = new TreeSet<>(known.keys.get());
        keys.add(KIND);
        return keys;
    }
}
