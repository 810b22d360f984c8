package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiConsumer;
import pulseboard.board.sync.content.Content;

/** What an agent has counted in a folder since it was started. Thread-safe. */
final class Totals {

    private final Set<Transfer> active = ConcurrentHashMap.newKeySet();
    private final Deque<JsonObject> finished = new ConcurrentLinkedDeque<>();
    private final Map<String, long[]> byPeer = new ConcurrentHashMap<>();
    private final BiConsumer<String, Content> lists;
    private long failures;

    Totals(BiConsumer<String, Content> lists) {
        this.lists = lists;
    }

    /** The list of a content that has come. */
    void list(String contentId, Content list) {
        lists.accept(contentId, list);
    }

    void begun(Transfer transfer) {
        active.add(transfer);
    }

    synchronized void ended(Transfer transfer, boolean isHere) {
        active.remove(transfer);
        if (isHere) {
            finished.add(transfer.toResult());
        } else {
            failures++;
        }
    }

    /** What went between this machine and another one, TLS included. */
    void pulled(String peer, long receivedBytes, long sentBytes) {
        add(peer, receivedBytes, sentBytes);
    }

    private void add(String peer, long receivedBytes, long sentBytes) {
        long[] both = byPeer.computeIfAbsent(peer, first -> new long[2]);
        synchronized (both) {
            both[0] += receivedBytes;
            both[1] += sentBytes;
        }
    }

    /** For the coordinator; what has ended is told once. */
    synchronized JsonObject toJson() {
        JsonArray ended = new JsonArray();
        Deque<JsonObject> all = new ArrayDeque<>();
        while (!finished.isEmpty() && all.size() < 500) {
            all.add(finished.remove());
        }
        all.forEach(ended::add);
        JsonArray now = new JsonArray();
        active.stream().limit(16).forEach(each -> now.add(each.toJson()));
        JsonObject peers = new JsonObject();
        byPeer.forEach((peer, both) -> {
            synchronized (both) {
                peers.put(peer, new JsonObject().put("receivedBytes", both[0]).put("sentBytes", both[1]));
            }
        });
        return new JsonObject()
                .put("active", now)
                .put("ended", ended)
                .put("peers", peers)
                .put("failures", failures);
    }
}
