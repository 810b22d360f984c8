package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Answer;
import pulseboard.board.sync.rules.Answer.Verdict;
import pulseboard.board.sync.rules.Conflict;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Heads;
import pulseboard.board.sync.rules.Names;
import pulseboard.board.sync.rules.Version;
import pulseboard.board.sync.store.Store;

/** One folder, for all of its machines. */
final class Folder {

    static final int MOST_CHANGES = 500;

    final String id;
    final Heads heads;
    final Latencies latencies = new Latencies();
    final Clocks clocks = new Clocks();
    final Ids ids;

    private final Store store;
    private final Events events;
    private final Journal journal;

    /** Who waits for changes after which number. */
    private final Map<String, Long> waiting = new HashMap<>();

    private final Map<String, Long> applied = new HashMap<>();
    private long files;
    private long bytes;
    private long deleted;

    Folder(String id, Store store, Heads heads, Events events) {
        this.id = id;
        this.store = store;
        this.heads = heads;
        this.events = events;
        journal = new Journal(store, Journal.KEPT);
        events.goOn(journal);
        ids = new Ids(store.texts("ids"));
        heads.onForgotten(this::forgotten);
        boolean isWithoutIds = ids.isEmpty();
        Iterator<Map.Entry<String, Head>> all = heads.from(null);
        TreeMap<Long, Version> versions = new TreeMap<>();
        while (all.hasNext()) {
            Head head = all.next().getValue();
            count(head.entry(), 1);
            if (isWithoutIds) {
                ids.note(id, head.path());
            }
            versions.put(head.seq(), head.entry().version());
        }
        versions.forEach(clocks::note);
    }

    private void forgotten(String path) {
        deleted--;
        ids.forget(id, path);
    }

    private void count(Entry entry, int sign) {
        files += entry.hasContent() ? sign : 0;
        bytes += sign * entry.size();
        deleted += entry.isThere() ? 0 : sign;
    }

    /** Takes what a machine announces; nothing is answered before it is durable. */
    JsonObject announce(String device, JsonArray changes, long nowNanos) {
        JsonArray answers = new JsonArray();
        for (Object each : changes) {
            JsonObject change = (JsonObject) each;
            String path = change.getString("path");
            Entry entry = Entry.of(change);
            if (!Names.isGood(path) || answers.size() == MOST_CHANGES) {
                throw new IllegalArgumentException("a path that leads elsewhere, or too many at once");
            }
            Answer answer = announce(device, path, entry);
            if (answer.seq() > 0 && answer.verdict() != Verdict.STALE) {
                latencies.told(heads.seq(), nowNanos);
            }
            answers.add(new JsonObject()
                    .put("path", path)
                    .put("version", entry.version().toString())
                    .put("verdict", answer.verdict().word())
                    .put("seq", answer.seq()));
        }
        store.commit();
        return new JsonObject().put("kind", "answers").put("folder", id).put("answers", answers);
    }

    private Answer announce(String device, String path, Entry entry) {
        Head before = heads.get(path);
        long conflicts = heads.conflicts().size();
        long seq = heads.seq();
        Answer answer = heads.announce(device, path, entry);
        for (Head changed : heads.after(seq, 2)) {
            count(changed.entry(), 1);
            ids.note(id, changed.path());
            clocks.note(changed.seq(), changed.entry().version());
        }
        if (before != null && heads.seq() > seq) {
            count(before.entry(), -1);
        }
        if (answer.verdict() == Verdict.ACCEPTED || answer.verdict() == Verdict.MERGED) {
            happened(kind(before, entry), device, path, new JsonObject());
        }
        if (heads.conflicts().size() > conflicts) {
            happened("conflict_detected", device, path, new JsonObject());
        }
        return answer;
    }

    /** Something happened to a path. It is durable with what the path is now. */
    void happened(String kind, String device, String path, JsonObject data) {
        JsonObject what = new JsonObject().put("kind", kind).put("node", device).put("path", path);
        events.add(journal, what, data.put("folder", id));
    }

    /** What happened to a path, as far as it is kept, the oldest first. */
    List<JsonObject> historyOf(String path) {
        return journal.of(path);
    }

    private static String kind(@Nullable Head before, Entry entry) {
        if (!entry.isThere()) {
            return "file_deleted";
        }
        return before == null || !before.entry().isThere() ? "file_created" : "file_modified";
    }

    /** Changes after a number, or nothing while there are none: then they come as soon as there are. */
    void ask(Session session, long after) {
        if (heads.seq() > after) {
            waiting.remove(session.device());
            session.send(changes(after));
        } else {
            waiting.put(session.device(), after);
        }
    }

    private JsonObject changes(long after) {
        List<Head> all = heads.after(after, MOST_CHANGES);
        long upTo = all.size() < MOST_CHANGES
                ? heads.seq()
                : all.get(all.size() - 1).seq();
        return new JsonObject()
                .put("kind", "heads")
                .put("folder", id)
                .put("after", after)
                .put("upTo", upTo)
                .put("floor", heads.floor())
                .put("heads", new JsonArray(all.stream().map(Head::toJson).toList()));
    }

    /** There is something new: whoever waits is told. */
    void tell(Function<String, @Nullable Session> sessions) {
        for (Map.Entry<String, Long> each : List.copyOf(waiting.entrySet())) {
            Session session = sessions.apply(each.getKey());
            if (session == null) {
                waiting.remove(each.getKey());
            } else {
                ask(session, each.getValue());
            }
        }
    }

    void lost(String device) {
        waiting.remove(device);
    }

    /** A machine has everything up to this number. */
    void applied(String device, long seq, Set<String> members, Set<String> online) {
        applied.put(device, seq);
        heads.applied(device, seq, members);
        long all = heads.seq();
        for (String each : online) {
            all = Math.min(all, applied.getOrDefault(each, 0L));
        }
        latencies.applied(all, System.nanoTime());
    }

    long applied(String device) {
        return applied.getOrDefault(device, 0L);
    }

    void missing(String device, Head head, Set<String> members) {
        Head before = heads.get(head.path());
        heads.missing(device, head, members);
        Head now = heads.get(head.path());
        if (before != null && now != null && now.seq() != before.seq()) {
            count(before.entry(), -1);
            count(now.entry(), 1);
        }
        store.commit();
    }

    /** A person decides: something is at a path, as an edit after all that is known there. */
    void decide(String path, Entry entry, String device) {
        Head before = heads.get(path);
        Head now = heads.decide(path, entry, device);
        if (before != null) {
            count(before.entry(), -1);
        }
        count(now.entry(), 1);
        clocks.note(now.seq(), now.entry().version());
    }

    void commit() {
        store.commit();
    }

    void close() {
        store.commit();
        store.close();
    }

    Set<Conflict> open() {
        Set<Conflict> all = new HashSet<>();
        heads.conflicts().from(null).forEachRemaining(each -> {
            if (each.getValue().state().equals(Conflict.OPEN)) {
                all.add(each.getValue());
            }
        });
        return all;
    }

    long resolved() {
        long count = 0;
        Iterator<Map.Entry<String, Conflict>> all = heads.conflicts().from(null);
        while (all.hasNext()) {
            count += all.next().getValue().state().equals(Conflict.OPEN) ? 0 : 1;
        }
        return count;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("files", files)
                .put("bytes", bytes)
                .put("deletedFiles", Math.max(0, deleted))
                .put("headSequence", heads.seq())
                .put("unresolvedConflicts", open().size());
    }
}
