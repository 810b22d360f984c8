package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import pulseboard.board.lab.engine.Chunks.Located;

/**
 * Which chunks there are and where. It only learns what the nodes have decided, is kept nowhere, and is made anew from what they hold: there is
 * no second truth.
 */
final class Catalogue {

    private final Map<String, Located> chunks = new TreeMap<>();
    private final Map<String, Video> videos = new TreeMap<>();

    void add(Located chunk) {
        chunks.merge(chunk.name(), chunk, (one, other) -> other.generation() >= one.generation() ? other : one);
    }

    void add(Video video) {
        videos.put(video.id(), video);
    }

    /** Forgets all whose names begin like this. */
    void removeAll(String prefix) {
        chunks.keySet().removeIf(name -> name.startsWith(prefix));
        videos.keySet().removeIf(id -> (id + "-").equals(prefix));
    }

    Optional<Located> find(String chunk) {
        return Optional.ofNullable(chunks.get(chunk));
    }

    Map<String, Located> chunks() {
        return chunks;
    }

    Map<String, Video> videos() {
        return videos;
    }

    /**
     * What can be told from the records of nodes: a value is chosen where one node was told so, or where a quorum has accepted it under one
     * ballot.
     *
     * @param records of each node, as it lists them
     */
    static Map<String, Located> learn(Iterable<JsonObject> records) {
        Map<String, Set<String>> holders = new HashMap<>();
        Map<String, Located> learned = new TreeMap<>();
        for (JsonObject node : records) {
            for (Object each : node.getJsonArray("records")) {
                JsonObject record = (JsonObject) each;
                Located located = located(record);
                String attempt =
                        record.getString("key") + " " + record.getString("accepted") + " " + record.getString("value");
                Set<String> who = holders.computeIfAbsent(attempt, missing -> new HashSet<>());
                who.add(node.getString("node", ""));
                boolean isChosen = record.getBoolean("chosen", false)
                        || who.size() >= located.placement().mode().quorum().accept();
                if (isChosen) {
                    learned.merge(
                            located.name(),
                            located,
                            (one, other) -> other.generation() > one.generation() ? other : one);
                }
            }
        }
        return learned;
    }

    /** What a node's record says. */
    static Located located(JsonObject record) {
        String key = record.getString("key", "");
        int dot = key.lastIndexOf('.');
        return new Located(
                key.substring(0, dot),
                Integer.parseInt(key.substring(dot + 1)),
                Placement.of(record.getString("value", "")));
    }
}
