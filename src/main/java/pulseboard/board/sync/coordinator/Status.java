package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What machines say of themselves, as far as it can be what it should be: it is shown to all, so that nothing else of it may be kept. What is
 * of another type is refused with a RuntimeException, and what is not known is left out.
 */
final class Status {

    private static final int MOST_LETTERS = 4_096;
    private static final int MOST_ACTIVE = 16;
    private static final int MOST_ENDED = 500;
    private static final int MOST_PORT = 65_535;
    private static final List<String> NUMBERS = List.of(
            "wanted",
            "watchedDirectories",
            "directories",
            "busyFiles",
            "skippedFiles",
            "driftFiles",
            "clashingNames",
            "ignoredFiles",
            "keptDirectories",
            "goneFiles",
            "oldVersionsBytes",
            "oldVersionsMostBytes",
            "failures");
    private static final List<String> FLAGS = List.of("isTold", "paused", "isFull");
    private static final List<String> TEXTS = List.of("path", "from", "kind", "phase");
    private static final List<String> SIZES =
            List.of("sizeBytes", "doneBytes", "wireBytes", "reusedBytes", "milliseconds", "startedAt");

    private Status() {}

    /** Of a folder. */
    static JsonObject of(JsonObject said, Predicate<String> isPeer) {
        JsonObject status = new JsonObject();
        NUMBERS.forEach(key -> copyNumber(said, status, key));
        for (String key : FLAGS) {
            Boolean flag = said.getBoolean(key);
            if (flag != null) {
                status.put(key, flag);
            }
        }
        copyText(said, status, "held");
        status.put("active", transfers(said.getJsonArray("active"), MOST_ACTIVE));
        status.put("ended", transfers(said.getJsonArray("ended"), MOST_ENDED));
        JsonObject peers = new JsonObject();
        JsonObject saidPeers = said.getJsonObject("peers", new JsonObject());
        saidPeers.fieldNames().stream().filter(isPeer).forEach(peer -> {
            JsonObject both = new JsonObject();
            copyNumber(saidPeers.getJsonObject(peer), both, "receivedBytes");
            copyNumber(saidPeers.getJsonObject(peer), both, "sentBytes");
            peers.put(peer, both);
        });
        return status.put("peers", peers);
    }

    private static JsonArray transfers(@Nullable JsonArray said, int most) {
        JsonArray all = new JsonArray();
        for (int number = 0; said != null && number < said.size(); number++) {
            if (number == most) {
                throw new IllegalArgumentException("too many files at once");
            }
            JsonObject transfer = new JsonObject();
            JsonObject one = said.getJsonObject(number);
            TEXTS.forEach(key -> copyText(one, transfer, key));
            SIZES.forEach(key -> copyNumber(one, transfer, key));
            if (!transfer.containsKey("path")) {
                throw new IllegalArgumentException("a file without a path");
            }
            all.add(transfer);
        }
        return all;
    }

    /** Which lives of the folders that it belongs to a machine has, as it says when it greets. */
    static Map<String, JsonObject> lives(JsonObject said, Set<String> folders) {
        Map<String, JsonObject> lives = new TreeMap<>();
        said.fieldNames().stream()
                .filter(folders::contains)
                .forEach(folder -> lives.put(folder, life(said.getJsonObject(folder))));
        return lives;
    }

    private static JsonObject life(JsonObject said) {
        JsonObject life = new JsonObject();
        copyText(said, life, "incarnation");
        copyNumber(said, life, "generation");
        String actor = said.getString("actor", "");
        if (!actor.isEmpty()) {
            life.put("actor", Long.toHexString(Long.parseUnsignedLong(actor, 16)));
        }
        return life;
    }

    static String host(JsonObject said) {
        JsonObject host = new JsonObject();
        copyText(said, host, "host");
        return host.getString("host", "");
    }

    static int port(JsonObject said) {
        int port = said.getInteger("port");
        if (port <= 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("no port: " + port);
        }
        return port;
    }

    private static void copyNumber(JsonObject said, JsonObject to, String key) {
        Long number = said.getLong(key);
        if (number != null && number < 0) {
            throw new IllegalArgumentException(key + " is negative");
        }
        if (number != null) {
            to.put(key, number);
        }
    }

    private static void copyText(JsonObject said, JsonObject to, String key) {
        // JsonObject would make a text of anything.
        if (said.getValue(key) instanceof String text) {
            if (text.length() > MOST_LETTERS) {
                throw new IllegalArgumentException(key + " is too long");
            }
            to.put(key, text);
        } else if (said.containsKey(key)) {
            throw new IllegalArgumentException(key + " is no text");
        }
    }
}
