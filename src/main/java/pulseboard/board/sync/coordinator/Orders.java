package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Conflict;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.feed.ActionRefusal;

/** What people can have done, and what the board shows. */
public final class Orders {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    private final Coordinator coordinator;
    private final State state;

    /** Of this coordinator. */
    public Orders(Coordinator coordinator) {
        this.coordinator = coordinator;
        this.state = new State(coordinator);
    }

    /** The board's document. */
    public JsonObject state(long nowNanos) {
        return state.toJson(nowNanos);
    }

    /** Whether a folder can be called so. */
    public boolean isName(@Nullable String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /**
     * Does one of the board's actions.
     *
     * @throws ActionRefusal when it cannot be done
     */
    public JsonObject act(String what, JsonObject body) {
        switch (what) {
            case "forget" -> {
                boolean unused = coordinator.forget(Lookup.node(coordinator, body.getString("node")).id);
            }
            case "release", "reject" -> hold(what, body.getString("hold"));
            case "resolve" -> resolve(body.getString("conflict"), body.getString("strategy"));
            default -> tell(Lookup.node(coordinator, body.getString("node")), what);
        }
        return new JsonObject().put("accepted", true);
    }

    private void tell(Node node, String what) {
        for (String folder : node.folders) {
            tell(node, folder, what);
        }
    }

    private void tell(Node node, String folder, String what) {
        boolean isThere = coordinator.tell(
                node.id,
                new JsonObject().put("kind", "do").put("folder", folder).put("what", what));
        if (!isThere) {
            throw new ActionRefusal(409, "node_offline", "the machine " + node.name + " is not there");
        }
    }

    private void hold(String what, String id) {
        String[] parts = id.split("@", 2);
        Optional<Node> node = coordinator.nodes.values().stream()
                .filter(each -> parts.length == 2 && each.name.equals(parts[1]))
                .filter(each ->
                        each.status.getJsonObject(parts[0], new JsonObject()).containsKey("held"))
                .findFirst();
        tell(
                node.orElseThrow(() -> new ActionRefusal(404, "unknown_hold", "nothing is held under this name")),
                parts[0],
                what);
    }

    /** A conflict, and whose it is. */
    record Decided(Folder folder, Conflict conflict) {}

    static Decided conflict(Coordinator coordinator, @Nullable String id) {
        String[] parts = String.valueOf(id).split("@", 2);
        Folder folder = parts.length == 2 ? coordinator.folders.get(parts[1]) : null;
        Conflict conflict = folder == null ? null : folder.heads.conflicts().get(parts[0]);
        if (folder == null || conflict == null) {
            throw new ActionRefusal(404, "unknown_conflict", "there is no such conflict");
        }
        return new Decided(folder, conflict);
    }

    private void resolve(String id, String strategy) {
        Decided one = conflict(coordinator, id);
        Folder folder = one.folder;
        Conflict conflict = one.conflict;
        if (!conflict.state().equals(Conflict.OPEN)) {
            throw new ActionRefusal(409, "already_resolved", "somebody has decided this conflict already");
        }
        Head head = folder.heads.get(conflict.path());
        Head copy = folder.heads.get(conflict.copyPath());
        String chosen = strategy.equals("newest_by_file_time") ? newest(conflict) : strategy;
        switch (chosen) {
            case "keep_both" -> {}
            case "keep_head" -> delete(folder, copy);
            case "keep_other" -> {
                if (copy == null || !copy.entry().isThere() || head == null) {
                    throw new ActionRefusal(409, "no_source", "the other content is not there any more");
                }
                folder.decide(conflict.path(), copy.entry(), copy.device());
                delete(folder, copy);
            }
            default ->
                throw new ActionRefusal(
                        400, "bad_parameter", "strategy is keep_head, keep_other, keep_both or newest_by_file_time");
        }
        folder.heads.resolve(conflict);
        folder.happened(
                "conflict_resolved",
                conflict.other().device(),
                conflict.path(),
                new JsonObject().put("strategy", strategy));
        folder.commit();
        folder.tell(coordinator::session);
    }

    private static String newest(Conflict conflict) {
        boolean isOther =
                conflict.other().entry().mtimeNanos() > conflict.head().entry().mtimeNanos();
        return isOther ? "keep_other" : "keep_head";
    }

    private static void delete(Folder folder, @Nullable Head copy) {
        if (copy != null && copy.entry().isThere()) {
            folder.decide(copy.path(), Entry.deleted(copy.entry().version()), copy.device());
        }
    }
}
