package pulseboard.alert;

import io.vertx.core.json.JsonObject;

/** Members of JSON objects that are there only when there is something to say. */
final class Put {

    private Put() {}

    static void unlessEmpty(JsonObject json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }
}
