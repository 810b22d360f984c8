package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.board.sync.rules.Conflict;

/** The board's document, made of what the coordinator knows. */
final class State {

    private static final int MOST_CONFLICTS = 100;
    private static final int MOST_CLOCKS = 32;
    private static final List<String> SELDOM = List.of(
            "driftFiles",
            "clashingNames",
            "ignoredFiles",
            "keptDirectories",
            "oldVersionsBytes",
            "oldVersionsMostBytes");

    private final Coordinator coordinator;

    State(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    JsonObject toJson(long nowNanos) {
        return new JsonObject()
                .put("folders", folders())
                .put("nodes", nodes())
                .put("links", coordinator.tallies.links(nowNanos))
                .put("clocks", clocks(MOST_CLOCKS))
                .put("transfers", transfers())
                .put("delta", coordinator.tallies.delta())
                .put("conflicts", conflicts())
                .put("holds", holds())
                .put("events", coordinator.events.shown())
                .put("totals", totals());
    }

    JsonObject folders() {
        JsonObject all = new JsonObject();
        coordinator.folders.forEach((id, folder) -> all.put(id, folder.toJson().put("heldMachines", held(id))));
        return all;
    }

    private long held(String folder) {
        return coordinator.nodes.values().stream()
                .filter(node ->
                        node.status.getJsonObject(folder, new JsonObject()).containsKey("held"))
                .count();
    }

    JsonObject nodes() {
        JsonObject all = new JsonObject();
        coordinator.nodes.forEach((id, node) -> all.put(id, node(node)));
        return all;
    }

    JsonObject node(Node node) {
        JsonObject json = new JsonObject()
                .put("name", node.name)
                .put("status", node.word())
                .put("sinceAt", node.sinceAt);
        if (node.isOnline()) {
            json.put("address", node.host + ":" + node.port);
            if (node.roundTripMilliseconds >= 0) {
                json.put("roundTripMilliseconds", Math.round(node.roundTripMilliseconds * 10) / 10.0);
            }
        }
        long behind = 0;
        for (String folder : node.folders) {
            Folder it = coordinator.folders.get(folder);
            behind += it == null ? 0 : it.heads.seq() - Math.min(it.heads.seq(), it.applied(node.id));
        }
        json.put("behindChanges", behind);
        for (String key : List.of("wanted", "watchedDirectories", "directories", "busyFiles", "skippedFiles")) {
            long sum = 0;
            for (String folder : node.status.fieldNames()) {
                sum += node.status.getJsonObject(folder).getLong(key, 0L);
            }
            json.put(key.equals("wanted") ? "behindFiles" : key, sum);
        }
        seldom(node, json);
        return json;
    }

    /** What is there only where there is something to say. */
    private static void seldom(Node node, JsonObject json) {
        for (String key : SELDOM) {
            long sum = 0;
            for (String folder : node.status.fieldNames()) {
                sum += node.status.getJsonObject(folder).getLong(key, 0L);
            }
            if (sum > 0) {
                json.put(key, sum);
            }
        }
        if (node.isFull()) {
            json.put("trouble", "disk_full");
        }
    }

    /** Of each machine, how many of each other machine's edits it has. */
    JsonObject clocks(int most) {
        JsonObject all = new JsonObject();
        coordinator.folders.forEach((id, folder) -> {
            for (Node node : coordinator.nodes.values()) {
                if (!node.folders.contains(id) || all.size() >= most) {
                    continue;
                }
                JsonObject row = all.getJsonObject(node.name, new JsonObject());
                for (Node other : coordinator.nodes.values()) {
                    String actor = other.generations
                            .getJsonObject(id, new JsonObject())
                            .getString("actor", "");
                    if (other.folders.contains(id) && !actor.isEmpty()) {
                        long seq = node == other ? folder.heads.seq() : folder.applied(node.id);
                        long known = folder.clocks.counter(actor, seq);
                        row.put(other.name, row.getLong(other.name, 0L) + known);
                    }
                }
                all.put(node.name, row);
            }
        });
        return all;
    }

    private JsonObject transfers() {
        JsonObject all = new JsonObject();
        for (Node node : coordinator.nodes.values()) {
            for (String folder : node.status.fieldNames()) {
                JsonArray active = node.status.getJsonObject(folder).getJsonArray("active", new JsonArray());
                for (Object each : active) {
                    JsonObject one =
                            ((JsonObject) each).copy().put("folder", folder).put("to", node.id);
                    String key = node.name + ":" + folder + ":" + one.getString("path");
                    if (node.isOnline()) {
                        all.put(key, one);
                    }
                }
            }
        }
        return all;
    }

    private JsonObject conflicts() {
        Map<String, JsonObject> all = new TreeMap<>(Comparator.reverseOrder());
        coordinator.folders.forEach((id, folder) ->
                folder.open().forEach(each -> all.put(each.id() + "@" + id, conflict(id, each))));
        JsonObject shown = new JsonObject();
        new ArrayList<>(all.entrySet())
                .subList(0, Math.min(all.size(), MOST_CONFLICTS))
                .forEach(each -> shown.put(each.getKey(), each.getValue()));
        return shown;
    }

    static JsonObject conflict(String folder, Conflict conflict) {
        return conflict.toJson().put("folder", folder);
    }

    JsonObject holds() {
        JsonObject all = new JsonObject();
        for (Node node : coordinator.nodes.values()) {
            for (String folder : node.status.fieldNames()) {
                JsonObject status = node.status.getJsonObject(folder);
                if (status.containsKey("held")) {
                    all.put(
                            folder + "@" + node.name,
                            new JsonObject()
                                    .put("folder", folder)
                                    .put("node", node.id)
                                    .put("reason", status.getString("held"))
                                    .put("goneFiles", status.getInteger("goneFiles", 0)));
                }
            }
        }
        return all;
    }

    JsonObject totals() {
        JsonObject totals = new JsonObject();
        coordinator.tallies.addTo(totals);
        long resolved = 0;
        for (Folder folder : coordinator.folders.values()) {
            resolved += folder.resolved();
            folder.latencies.addTo(totals);
        }
        return totals.put("conflictsResolved", resolved);
    }
}
