package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import pulseboard.board.sync.rules.Head;
import pulseboard.feed.ActionRefusal;

/** What the machines still have of a path, and where a content can be had. Used on the coordinator's context. */
public final class OldVersions {

    private final Coordinator coordinator;
    private final Reports reports;

    /** Of this coordinator. */
    public OldVersions(Coordinator coordinator, Reports reports) {
        this.coordinator = coordinator;
        this.reports = reports;
    }

    /** Ends a question after a while. */
    public void giveUp(long question) {
        coordinator.questions.giveUp(question);
    }

    /**
     * Asks all machines that are there for the old versions of a path, which is named by its id, or with its folder.
     *
     * @return the number of the question
     */
    public long list(JsonObject asked, Consumer<JsonObject> done) {
        String id = asked.getString("id");
        Reports.Found found = id == null ? null : reports.found(id);
        Folder folder = found == null ? Lookup.folder(coordinator, asked.getString("folder")) : found.folder();
        String path = found == null ? asked.getString("path", "") : found.head().path();
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
        Folder folder = Lookup.folder(coordinator, body.getString("folder"));
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

    /** Why a machine has not put an old version at its path, by its word for it. */
    public static ActionRefusal refusal(String word) {
        return switch (word) {
            case "busy_file" ->
                new ActionRefusal(409, "busy_file", "the file was changed there a moment ago, or is none; ask again");
            case "held" ->
                new ActionRefusal(
                        409, "held", "the folder is held or paused there, or is for receive; ask another machine");
            case "unknown_version" ->
                new ActionRefusal(409, "unknown_version", "that machine does not keep this old version any more");
            case "bad_name" ->
                new ActionRefusal(400, "bad_name", "no file can have this path there, or the folder leaves it out");
            case "stale_version" -> new ActionRefusal(412, "stale_version", "there is another version on that machine");
            case "disk_full" -> new ActionRefusal(507, "disk_full", "the disk of that machine is full");
            default -> new ActionRefusal(409, "node_offline", "the machine does not answer");
        };
    }
}
