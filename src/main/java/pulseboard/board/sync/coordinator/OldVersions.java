package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Head;
import pulseboard.feed.ActionRefusal;

/** What the machines still have of a path, and where a content can be had. Used on the coordinator's context. */
public final class OldVersions {

    private final Coordinator coordinator;

    /** Of this coordinator. */
    public OldVersions(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** Where a content can be had, and what it is called. */
    public record Place(String device, String host, int port) {}

    private Folder folder(@Nullable String id) {
        Folder folder = coordinator.folders.get(id == null ? "" : id);
        if (folder == null) {
            throw new ActionRefusal(404, "unknown_folder", "there is no such folder; the board lists those there are");
        }
        return folder;
    }

    /** Ends a question after a while. */
    public void giveUp(long question) {
        coordinator.questions.giveUp(question);
    }

    /**
     * Asks all machines that are there for the old versions of a path.
     *
     * @return the number of the question
     */
    public long list(String id, String path, Consumer<JsonObject> done) {
        Folder folder = folder(id);
        Set<String> devices = coordinator.online(folder.id);
        long question = coordinator.questions.ask(devices, said -> done.accept(answer(folder, path, said)));
        devices.forEach(each -> coordinator.tell(each, frame(folder.id, "versions", path, question)));
        if (devices.isEmpty()) {
            coordinator.questions.giveUp(question);
        }
        return question;
    }

    private static JsonObject frame(String folder, String what, String path, long question) {
        return new JsonObject()
                .put("kind", "do")
                .put("folder", folder)
                .put("what", what)
                .put("path", path)
                .put("ask", question);
    }

    private JsonObject answer(Folder folder, String path, Map<String, JsonObject> said) {
        Map<String, JsonObject> versions = new TreeMap<>();
        said.forEach((device, frame) -> {
            for (Object each : frame.getJsonArray("versions", new JsonArray())) {
                JsonObject one = (JsonObject) each;
                JsonObject known = versions.computeIfAbsent(
                        one.getString("contentId"), first -> one.copy().put("nodes", new JsonArray()));
                known.put("keptAt", Math.max(known.getLong("keptAt"), one.getLong("keptAt")));
                known.getJsonArray("nodes").add(coordinator.nameOf(device));
            }
        });
        JsonArray all = new JsonArray();
        versions.values().stream()
                .sorted((one, other) -> Long.compare(other.getLong("keptAt"), one.getLong("keptAt")))
                .forEach(all::add);
        Head head = folder.heads.get(path);
        JsonObject answer = new JsonObject().put("versions", all);
        return head == null || !head.entry().isThere() ? answer : answer.put("now", head.toJson());
    }

    /** Has a machine put an old version at its path again. Returns the number of the question. */
    public long restore(JsonObject body, Consumer<String> done) {
        Folder folder = folder(body.getString("folder"));
        Node node = coordinator.nodes.values().stream()
                .filter(each -> each.isOnline() && each.folders.contains(folder.id))
                .filter(each -> each.id.equals(body.getString("node")) || each.name.equals(body.getString("node")))
                .findFirst()
                .orElseThrow(() -> new ActionRefusal(409, "node_offline", "this machine is not there"));
        long question = coordinator.questions.ask(
                Set.of(node.id),
                said -> done.accept(said.getOrDefault(node.id, new JsonObject()).getString("refused", "node_offline")));
        coordinator.tell(
                node.id,
                frame(folder.id, "restore", body.getString("path"), question)
                        .put("contentId", body.getString("contentId")));
        return question;
    }

    /** Machines that may have a content, the one that told it first. */
    public java.util.List<Place> places(String folder, String path) {
        Head head = folder(folder).heads.get(path);
        String first = head == null ? "" : head.device();
        return coordinator.online(folder).stream()
                .sorted((one, other) -> Boolean.compare(other.equals(first), one.equals(first)))
                .map(coordinator.nodes::get)
                .map(node -> new Place(node.id, node.host, node.port))
                .toList();
    }

    /** The content that a path has by the coordinator's last word. */
    public String contentOf(String folder, String path) {
        Head head = folder(folder).heads.get(path);
        if (head == null || !head.entry().hasContent()) {
            throw new ActionRefusal(404, "unknown_file", "there is no such file");
        }
        return head.entry().contentId();
    }

    /** Why a machine has not put an old version at its path, by its word for it. */
    public static ActionRefusal refusal(String word) {
        return switch (word) {
            case "busy_file" ->
                new ActionRefusal(409, "busy_file", "the file was changed there a moment ago, or is none; ask again");
            case "held" ->
                new ActionRefusal(409, "held", "the folder is held there, or is for receive; ask another machine");
            case "unknown_version" ->
                new ActionRefusal(409, "unknown_version", "that machine does not keep this old version any more");
            case "disk_full" -> new ActionRefusal(507, "disk_full", "the disk of that machine is full");
            default -> new ActionRefusal(409, "node_offline", "the machine does not answer");
        };
    }
}
