package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Conflict;
import pulseboard.board.sync.rules.Head;
import pulseboard.feed.ActionRefusal;

/**
 * What people and programs ask beside the board's document: long lists, page by page, and one thing of each. Changes nothing. Used on the
 * coordinator's context; what is asked are the parameters of the address.
 */
public final class Reports {

    private static final int MOST_ITEMS = 1_000;

    private final Coordinator coordinator;
    private final State state;

    /** Of this coordinator. */
    public Reports(Coordinator coordinator) {
        this.coordinator = coordinator;
        this.state = new State(coordinator);
    }

    /** A file, a directory or a link of a folder, by its id. */
    record Found(Folder folder, Head head) {}

    static long number(JsonObject asked, String name, long otherwise) {
        try {
            return Long.parseLong(asked.getString(name, Long.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new ActionRefusal(400, "bad_parameter", name + " is a number");
        }
    }

    static int limit(JsonObject asked) {
        return (int) Math.max(1, Math.min(MOST_ITEMS, number(asked, "limit", 100)));
    }

    private Folder folder(JsonObject asked) {
        return Lookup.folder(coordinator, asked.getString("folder"));
    }

    private Node node(JsonObject asked) {
        return Lookup.node(coordinator, asked.getString("node"));
    }

    Found found(String id) {
        for (Folder folder : coordinator.folders.values()) {
            String path = folder.ids.path(id);
            Head head = path == null ? null : folder.heads.get(path);
            if (head != null) {
                return new Found(folder, head);
            }
        }
        throw new ActionRefusal(404, "unknown_file", "there is no such file");
    }

    /** {@code files}: what a folder holds, by path. */
    public JsonObject files(JsonObject asked) {
        return files(folder(asked), asked, head -> json(folder(asked), head));
    }

    private interface Shown {
        JsonObject of(Head head);
    }

    private static JsonObject files(Folder folder, JsonObject asked, Shown shown) {
        String prefix = asked.getString("prefix", "");
        String after = asked.getString("after", "");
        Iterator<Map.Entry<String, Head>> all = folder.heads.from(after.compareTo(prefix) > 0 ? after : prefix);
        JsonArray files = new JsonArray();
        while (all.hasNext()) {
            Head head = all.next().getValue();
            if (!head.path().startsWith(prefix)) {
                break;
            }
            if (head.path().equals(after) || !head.entry().isThere()) {
                continue;
            }
            if (files.size() == limit(asked)) {
                return new JsonObject()
                        .put("files", files)
                        .put("next", files.getJsonObject(files.size() - 1).getString("path"));
            }
            files.add(shown.of(head));
        }
        return new JsonObject().put("files", files);
    }

    private static JsonObject json(Folder folder, Head head) {
        return head.toJson().put("id", Ids.of(folder.id, head.path())).put("folder", folder.id);
    }

    /** {@code files/:id}: one of them, and which machines have it. Deletions that not all have done are there, too. */
    public JsonObject file(JsonObject asked) {
        Found found = found(asked.getString("id"));
        JsonArray nodes = new JsonArray();
        coordinator.nodes.values().stream()
                .filter(node -> node.folders.contains(found.folder.id))
                .filter(node -> found.folder.applied(node.id) >= found.head.seq())
                .forEach(node -> nodes.add(node.name));
        return json(found.folder, found.head).put("nodes", nodes);
    }

    /** {@code nodes/:node/files}: what a folder holds, and whether this machine has it. */
    public JsonObject filesOfNode(JsonObject asked) {
        Node node = node(asked);
        Folder folder = folder(asked);
        if (!node.folders.contains(folder.id)) {
            throw new ActionRefusal(404, "unknown_folder", "the machine does not belong to this folder");
        }
        long applied = folder.applied(node.id);
        return files(folder, asked, head -> json(folder, head).put("isThere", head.seq() <= applied));
    }

    /** {@code nodes}. */
    public JsonObject nodes(JsonObject asked) {
        return new JsonObject().put("nodes", state.nodes());
    }

    /** {@code nodes/:node}: one of them, by id or name, with its folders. */
    public JsonObject oneNode(JsonObject asked) {
        Node node = node(asked);
        return state.node(node)
                .put("id", node.id)
                .put("joinedAt", node.joinedAt)
                .put("folders", new JsonArray(List.copyOf(node.folders)));
    }

    /** {@code conflicts}. */
    public JsonObject conflicts(JsonObject asked) {
        String wanted = asked.getString("state", "");
        JsonArray all = new JsonArray();
        coordinator
                .folders
                .values()
                .forEach(folder -> folder.heads.conflicts().from(null).forEachRemaining(each -> {
                    if (wanted.isEmpty() || each.getValue().state().equals(wanted)) {
                        all.add(State.conflict(folder.id, each.getValue()));
                    }
                }));
        return new JsonObject().put("conflicts", all);
    }

    /** {@code conflicts/:conflict}: one of them, by the id that the board has for it. */
    public JsonObject conflict(JsonObject asked) {
        Orders.Decided one = Orders.conflict(coordinator, asked.getString("conflict"));
        return State.conflict(one.folder().id, one.conflict());
    }

    /** {@code files/:id/conflicts}: those at a path, decided ones too. */
    public JsonObject conflictsOfFile(JsonObject asked) {
        Found found = found(asked.getString("id"));
        JsonArray all = new JsonArray();
        Iterator<Map.Entry<String, Conflict>> each =
                found.folder.heads.conflicts().from(null);
        while (each.hasNext()) {
            Conflict conflict = each.next().getValue();
            if (List.of(conflict.path(), conflict.copyPath()).contains(found.head.path())) {
                all.add(State.conflict(found.folder.id, conflict));
            }
        }
        return new JsonObject().put("conflicts", all);
    }

    /** {@code events}: the last ones of all, or what is kept of one path. */
    public JsonObject events(JsonObject asked) {
        long after = number(asked, "after", 0);
        String path = asked.getString("path", "");
        List<JsonObject> all =
                path.isEmpty() ? coordinator.events.after(after) : folder(asked).historyOf(path);
        return new JsonObject()
                .put(
                        "events",
                        new JsonArray(all.stream()
                                .filter(event -> event.getLong("seq") > after)
                                .toList()));
    }

    /** {@code summary}: all of it in a few numbers. */
    public JsonObject summary(JsonObject asked) {
        JsonObject nodes = new JsonObject();
        coordinator.nodes.values().forEach(node -> nodes.put(node.word(), nodes.getInteger(node.word(), 0) + 1));
        return new JsonObject()
                .put("nodes", nodes)
                .put("folders", state.folders())
                .put("holds", state.holds().size())
                .put("totals", state.totals());
    }

    /** {@code clocks}: of each machine, how many of each other machine's edits it has; the board shows 32 machines. */
    public JsonObject clocks(JsonObject asked) {
        return new JsonObject().put("clocks", state.clocks(Integer.MAX_VALUE));
    }

    /** {@code delta}. */
    public JsonObject delta(JsonObject asked) {
        return coordinator.tallies.delta();
    }

    /** {@code topology}: machines, how far they are, and what moved between them. How it is drawn is the page's. */
    public JsonObject topology(JsonObject asked) {
        JsonObject nodes = new JsonObject();
        for (Map.Entry<String, Object> each : state.nodes()) {
            JsonObject node = (JsonObject) each.getValue();
            JsonObject one = new JsonObject();
            for (String key : List.of("name", "status", "address", "roundTripMilliseconds")) {
                if (node.containsKey(key)) {
                    one.put(key, node.getValue(key));
                }
            }
            nodes.put(each.getKey(), one);
        }
        return new JsonObject().put("nodes", nodes).put("links", coordinator.tallies.links(System.nanoTime()));
    }

    /** {@code causal-order}: changes in the order of the coordinator, each with its relation to the one before. */
    public JsonObject causalOrder(JsonObject asked) {
        Folder folder = folder(asked);
        long after = number(asked, "after", 0);
        int limit = limit(asked);
        JsonArray all = new JsonArray();
        Head before = null;
        for (Head head : folder.heads.after(Math.max(0, after - 1), limit + 1)) {
            if (head.seq() > after && all.size() < limit) {
                all.add(related(json(folder, head), head, before));
            }
            before = head;
        }
        return new JsonObject().put("changes", all).put("headSequence", folder.heads.seq());
    }

    private static JsonObject related(JsonObject json, Head head, @Nullable Head before) {
        if (before == null) {
            return json;
        }
        String relation = head.entry()
                .version()
                .compare(Objects.requireNonNull(before).entry().version())
                .name()
                .toLowerCase(Locale.ROOT);
        return json.put("relation", relation);
    }
}
