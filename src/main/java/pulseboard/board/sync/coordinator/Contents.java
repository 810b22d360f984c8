package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Names;
import pulseboard.feed.ActionRefusal;

/** Where contents can be had and put, and what has to be so for that. Used on the coordinator's context. */
public final class Contents {

    private static final String WHATEVER_IS_THERE = "*";

    private final Coordinator coordinator;
    private final Reports reports;

    /** Of this coordinator. */
    public Contents(Coordinator coordinator, Reports reports) {
        this.coordinator = coordinator;
        this.reports = reports;
    }

    /** A machine that is there, and where it gives and takes contents. */
    public record Place(String device, String name, String host, int port) {}

    /**
     * A content that somebody wants.
     *
     * @param contentId of now, or of an old version
     * @param places machines that may have it, the one that told it first
     */
    public record Wanted(String folder, String path, String contentId, List<Place> places) {}

    /**
     * Where somebody wants to put a file.
     *
     * @param version what is there now, as {@code If-Match} has it; empty for nothing
     */
    public record Target(String folder, String path, String version, Place place) {}

    /** Some of the chunks of a content. */
    public record Chunks(Wanted wanted, int first, int most) {}

    /** Some of the chunks of a file's content. */
    public Chunks chunks(JsonObject asked) {
        long first = Math.max(0, Math.min(Integer.MAX_VALUE, Reports.number(asked, "first", 0)));
        return new Chunks(wanted(asked, "contentId"), (int) first, Reports.limit(asked));
    }

    /** By the file's id, or by its folder and path. */
    public Wanted wanted(JsonObject asked, String contentIdName) {
        String id = asked.getString("id");
        Reports.Found found = id == null ? null : reports.found(id);
        Folder folder = found == null ? Lookup.folder(coordinator, asked.getString("folder")) : found.folder();
        String path = found == null ? asked.getString("path", "") : found.head().path();
        String named = asked.getString(contentIdName, "");
        String contentId = named.isEmpty() ? contentOf(folder, path) : named;
        if (!contentId.matches("[0-9a-f]{64}")) {
            throw new ActionRefusal(400, "bad_parameter", contentIdName + " has 64 hexadecimal digits");
        }
        return new Wanted(folder.id, path, contentId, places(folder, path, asked.getString("node", "")));
    }

    /** The content that a path has by the coordinator's last word. */
    private static String contentOf(Folder folder, String path) {
        Head head = folder.heads.get(path);
        if (head == null || !head.entry().hasContent()) {
            throw new ActionRefusal(404, "unknown_file", "there is no such file");
        }
        return head.entry().contentId();
    }

    private List<Place> places(Folder folder, String path, String node) {
        if (!node.isEmpty()) {
            return List.of(place(folder, node));
        }
        Head head = folder.heads.get(path);
        String first = head == null ? "" : head.device();
        return coordinator.online(folder.id).stream()
                .sorted((one, other) -> Boolean.compare(other.equals(first), one.equals(first)))
                .map(each -> Lookup.node(coordinator, each))
                .map(Contents::place)
                .toList();
    }

    private static Place place(Node node) {
        return new Place(node.id, node.name, node.host, node.port);
    }

    private Place place(Folder folder, @Nullable String name) {
        Node node = Lookup.node(coordinator, name);
        if (!node.isOnline() || !node.folders.contains(folder.id)) {
            throw new ActionRefusal(409, "node_offline", "this machine is not there, or not of this folder");
        }
        return place(node);
    }

    /**
     * Where a file is to be put.
     *
     * @param ifMatch the version that is there, {@code *} for whichever, or null where nothing is
     * @throws ActionRefusal when it cannot be, above all when another version came first
     */
    public Target target(JsonObject asked, @Nullable String ifMatch) {
        Folder folder = Lookup.folder(coordinator, asked.getString("folder"));
        String path = asked.getString("path", "");
        if (!Names.isGood(path)) {
            throw new ActionRefusal(400, "bad_name", "no file of a folder can have this path");
        }
        String version = requireMatch(folder.heads.get(path), ifMatch);
        return new Target(folder.id, path, version, place(folder, asked.getString("node")));
    }

    private static String requireMatch(@Nullable Head head, @Nullable String ifMatch) {
        Entry entry = head == null ? Entry.ABSENT : head.entry();
        boolean isThere = entry.isThere();
        String now = isThere ? entry.version().toString() : "";
        String wanted = ifMatch == null ? "" : ifMatch.strip().replaceAll("^\"|\"$", "");
        boolean isIt = isThere
                && !wanted.isEmpty()
                && List.of(WHATEVER_IS_THERE, entry.contentId()).contains(wanted);
        if (!isIt && !wanted.equals(now)) {
            throw new ActionRefusal(
                    412,
                    "stale_version",
                    isThere
                            ? "there is another version; If-Match names the one that is there"
                            : "there is no such file");
        }
        return now;
    }

    /** Deletes a file or a link, as an edit after all that is known of it. */
    public JsonObject delete(JsonObject asked, @Nullable String ifMatch) {
        Reports.Found found = reports.found(asked.getString("id"));
        Head head = found.head();
        if (!head.entry().isThere() || head.entry().kind() == Entry.Kind.DIRECTORY) {
            throw new ActionRefusal(404, "unknown_file", "there is no such file");
        }
        String before = requireMatch(head, ifMatch);
        Folder folder = found.folder();
        folder.decide(head.path(), Entry.deleted(head.entry().version()), head.device());
        folder.happened("file_deleted", head.device(), head.path(), new JsonObject());
        folder.commit();
        folder.tell(coordinator::session);
        return new JsonObject().put("accepted", true).put("before", before);
    }
}
