package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A machine that has joined, whether it is there or not. */
final class Node {

    final String id;
    final String name;
    final Set<String> folders;
    final long joinedAt;

    /** By folder: {@code {"incarnation":…,"generation":…}}. */
    final JsonObject generations;

    @Nullable
    Session session;

    String host = "";
    int port;
    long sinceAt = System.currentTimeMillis();
    long heardNanos;
    double roundTripMilliseconds = -1;

    /** What it has said of itself last, by folder. */
    JsonObject status = new JsonObject();

    Node(String id, JsonObject json) {
        this.id = id;
        name = json.getString("name");
        joinedAt = json.getLong("joinedAt");
        folders = new TreeSet<>();
        json.getJsonArray("folders").forEach(each -> folders.add((String) each));
        generations = json.getJsonObject("generations", new JsonObject());
    }

    boolean isOnline() {
        return session != null;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("name", name)
                .put("joinedAt", joinedAt)
                .put("folders", new io.vertx.core.json.JsonArray(java.util.List.copyOf(folders)))
                .put("generations", generations);
    }

    /** As the other machines of its folders know it. */
    JsonObject toPeer() {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("host", host)
                .put("port", port)
                .put("online", isOnline());
    }

    /** It has answered the ping of this time. */
    void pong(long at) {
        heardNanos = System.nanoTime();
        double milliseconds = (heardNanos - at) / 1e6;
        roundTripMilliseconds =
                roundTripMilliseconds < 0 ? milliseconds : roundTripMilliseconds * 0.7 + milliseconds * 0.3;
    }

    /** It has said how it is, by folder. */
    void status(JsonObject said, Predicate<String> isPeer, Tallies tallies, Events events) {
        heardNanos = System.nanoTime();
        for (String folder : said.fieldNames()) {
            if (folders.contains(folder)) {
                JsonObject one = Status.of(said.getJsonObject(folder), isPeer);
                held(folder, one, events);
                full(folder, one, events);
                tallies.status(id, folder, one);
                one.remove("ended");
                status.put(folder, one);
            }
        }
    }

    /** Whether there is no room on its disk for what is to come, in any of its folders. */
    boolean isFull() {
        return status.fieldNames().stream()
                .anyMatch(folder -> status.getJsonObject(folder).getBoolean("isFull", false));
    }

    private void full(String folder, JsonObject now, Events events) {
        boolean was = status.getJsonObject(folder, new JsonObject()).getBoolean("isFull", false);
        if (!was && now.getBoolean("isFull", false)) {
            events.add("sync_error", id, new JsonObject().put("folder", folder).put("reason", "disk_full"));
        }
    }

    private void held(String folder, JsonObject now, Events events) {
        boolean was = status.getJsonObject(folder, new JsonObject()).containsKey("held");
        if (was != now.containsKey("held")) {
            JsonObject data = new JsonObject().put("folder", folder);
            String kind = was ? "hold_released" : "hold_placed";
            events.add(kind, id, was ? data : data.put("reason", now.getString("held")));
        }
    }

    /** Whether a folder there is older than it was when it was heard of last. */
    boolean isOlder(String folder, JsonObject said) {
        JsonObject known = generations.getJsonObject(folder, new JsonObject());
        boolean isSame = said.getString("incarnation", "").equals(known.getString("incarnation"));
        return isSame && said.getLong("generation", 0L) < known.getLong("generation", 0L);
    }

    /** As the board shows it. */
    String word() {
        if (session == null) {
            return "offline";
        }
        boolean isPaused = false;
        boolean isBusy = false;
        boolean isHeld = false;
        for (String folder : status.fieldNames()) {
            JsonObject one = status.getJsonObject(folder);
            isPaused |= one.getBoolean("paused", false);
            isHeld |= one.containsKey("held");
            isBusy |= one.getInteger("wanted", 0) > 0 || !one.getBoolean("isTold", true);
        }
        return isHeld || isFull() ? "error" : isPaused ? "paused" : isBusy ? "syncing" : "online";
    }
}
