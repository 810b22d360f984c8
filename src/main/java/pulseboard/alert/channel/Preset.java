package pulseboard.alert.channel;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one service wants messages: a file below {@code pulseboard/channels/}, and no code. It has
 *
 * <ul>
 *   <li>{@code keys}: the settings, by name, each with {@code default}, or {@code example} when it has to be there; {@code address}
 *       when it is one of the web, {@code secret} when it is one
 *   <li>{@code method}, {@code address}, {@code query}, {@code headers}, {@code body}: the request, a {@link Template}
 *   <li>{@code each}: {@code item} when each alert is a request of its own
 *   <li>{@code words}: further values, each chosen by the value {@code of}
 *   <li>{@code retryAfter}: where an answer says it, and how many of its units are a second
 * </ul>
 */
final class Preset {

    /** The services, in the order of the documentation. */
    static final Set<String> NAMES =
            Set.of("ntfy", "gotify", "slack", "discord", "telegram", "pagerduty", "teams", "matrix");

    private static final Set<String> COMMON = Set.of("allow", "caFile");
    private static final String ELSE = "else";

    private final JsonObject json;
    private final Map<String, Key> keys = new TreeMap<>();
    private final Template body;
    private final Template headers;

    /** One setting. */
    record Key(String name, String otherwise, String example, boolean isAddress, boolean isSecret) {

        static Key of(String name, JsonObject json) {
            return new Key(
                    name,
                    json.getString("default", ""),
                    json.getString("example", ""),
                    json.getBoolean("address", false),
                    json.getBoolean("secret", false));
        }

        boolean isRequired() {
            return !example.isEmpty();
        }
    }

    private Preset(JsonObject json) {
        this.json = json;
        json.getJsonObject("keys")
                .forEach(entry -> keys.put(entry.getKey(), Key.of(entry.getKey(), (JsonObject) entry.getValue())));
        Set<String> known = new TreeSet<>(Values.names());
        known.addAll(keys.keySet());
        known.addAll(json.getJsonObject("words", new JsonObject()).fieldNames());
        body = new Template(json.getJsonObject("body"), known);
        headers = new Template(json.getJsonObject("headers", new JsonObject()), known);
    }

    /** The one of that service. */
    static Preset named(String name) {
        try (InputStream file = Preset.class.getResourceAsStream("/pulseboard/channels/" + name + ".json")) {
            return new Preset(new JsonObject(
                    new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Key> keys() {
        return keys;
    }

    /** The keys of a channel of this kind, as they stand in a file. */
    Set<String> settings() {
        Set<String> names = new TreeSet<>(COMMON);
        for (Key key : keys.values()) {
            if (key.isSecret()) {
                names.add(key.name() + ChannelSettings.FILE);
                names.add(key.name() + ChannelSettings.VARIABLE);
            } else {
                names.add(key.name());
            }
        }
        return names;
    }

    boolean isPerItem() {
        return "item".equals(json.getString("each"));
    }

    String method() {
        return json.getString("method", "POST");
    }

    /** The same values and those that are chosen by them. */
    Map<String, Object> withWords(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        json.getJsonObject("words", new JsonObject()).forEach(entry -> {
            JsonObject choice = (JsonObject) entry.getValue();
            String by = String.valueOf(values.get(choice.getString("of")));
            all.put(entry.getKey(), choice.getValue(by, choice.getValue(ELSE)));
        });
        return all;
    }

    /** The address, in which each value but an address itself is only a part of a path. */
    String address(Map<String, Object> values) {
        Map<String, Object> parts = new HashMap<>();
        values.forEach((name, value) -> {
            Key key = keys.get(name);
            parts.put(name, key != null && key.isAddress() ? value : Texts.pathPart(value.toString()));
        });
        StringBuilder address =
                new StringBuilder(String.valueOf(new Template(json.getString("address"), parts.keySet()).fill(parts)));
        json.getJsonObject("query", new JsonObject())
                .forEach(entry -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                        .append(entry.getKey())
                        .append('=')
                        .append(entry.getValue()));
        return address.toString();
    }

    /** Without those that have no value. */
    Map<String, String> headers(Map<String, Object> values) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonObject wanted = json.getJsonObject("headers", new JsonObject());
        for (String name : wanted.fieldNames()) {
            boolean hasAll = keys.values().stream()
                    .noneMatch(key -> wanted.getString(name).contains("{{" + key.name() + "}}")
                            && "".equals(values.get(key.name())));
            if (hasAll && headers.fill(values) instanceof JsonObject filled) {
                all.put(name, Texts.headerValue(filled.getString(name, "")));
            }
        }
        return all;
    }

    JsonObject body(Map<String, Object> values) {
        return body.fill(values) instanceof JsonObject filled ? filled : new JsonObject();
    }

    /** What an answer says in its text of how long to wait; 0 when it does not. */
    long retryAfterSeconds(String answer) {
        JsonObject where = json.getJsonObject("retryAfter");
        if (where == null || !answer.startsWith("{")) {
            return 0;
        }
        try {
            Object value = new JsonObject(answer);
            for (Object step : where.getJsonArray("path", new JsonArray())) {
                value = value instanceof JsonObject object ? object.getValue(step.toString()) : null;
            }
            double units = value instanceof Number number ? Math.max(0, number.doubleValue()) : 0;
            return (long) Math.ceil(units / where.getLong("perSecond", 1L));
        } catch (DecodeException e) {
            return 0;
        }
    }
}
