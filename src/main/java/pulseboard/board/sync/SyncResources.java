package pulseboard.board.sync;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.coordinator.Contents;
import pulseboard.board.sync.coordinator.Invitations;
import pulseboard.board.sync.coordinator.OldVersions;
import pulseboard.board.sync.coordinator.Reports;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** What the board serves beside its state, and who answers. Requests come on the loop of whoever serves. */
final class SyncResources {

    private static final Logger LOG = LoggerFactory.getLogger(SyncResources.class);
    private static final long ANSWER_MILLISECONDS = 5_000;

    private static final ResourceInfo CONTENT = get(
                    "content",
                    "A file, or an old version of it (folder, path, contentId), from a machine that has it (node); Range is answered")
            .forOperators();
    private static final ResourceInfo CONTENT_OF_ID = get(
                    "files/:id/content", "The same by the file's id (contentId, node)")
            .forOperators();
    private static final ResourceInfo PUT = new ResourceInfo(
            "PUT",
            "files",
            "Puts the body at a path (folder, path) of a machine (node), as its edit; If-Match names the version or contentId that is there, * any, and without it nothing may be there");
    private static final ResourceInfo DELETE =
            new ResourceInfo("DELETE", "files/:id", "Deletes a file or link on all machines; If-Match as with PUT");
    private static final ResourceInfo VERSIONS =
            get("versions", "The old versions of a file that machines still have (folder, path), the newest first");
    private static final ResourceInfo HISTORY = get("files/:id/history", "The same by the file's id");
    private static final ResourceInfo CHUNKS = get(
            "files/:id/chunks",
            "How the content is cut (contentId): offset, length and SHA-256 (first, limit: 1 to 1000)");
    private static final ResourceInfo DELTA = get(
            "files/:id/delta", "What it costs at most to get from one content of the file to another one (from, to)");

    private final Vertx vertx;
    private final Context context;
    private final Map<ResourceInfo, Function<JsonObject, JsonObject>> reports = new LinkedHashMap<>();
    private final OldVersions versions;
    private final Contents contents;
    private final SyncContents moved;

    /** The context is the coordinator's. */
    SyncResources(Vertx vertx, Reports all, OldVersions versions, SyncContents moved) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.versions = versions;
        this.moved = moved;
        this.contents = moved.contents();
        reports.put(get("files", "What a folder holds, by path (folder, prefix, after, limit: 1 to 1000)"), all::files);
        reports.put(get("files/:id", "One of them by its id, and which machines have it"), all::file);
        reports.put(get("files/:id/conflicts", "The conflicts at its path, decided ones too"), all::conflictsOfFile);
        reports.put(
                get(
                        "events",
                        "What happened after a number (after), of the last 1000; or to one path (folder, path), of the last 50"),
                all::events);
        reports.put(
                get("conflicts", "All conflicts, decided ones too (state: open, resolved, by_itself)"), all::conflicts);
        reports.put(get("conflicts/:conflict", "One of them, by the id that the board has for it"), all::conflict);
        reports.put(get("nodes", "All machines"), all::nodes);
        reports.put(get("nodes/:node", "One of them, by id or name, and its folders"), all::oneNode);
        reports.put(
                get("nodes/:node/files", "What a folder holds (folder, prefix, after, limit), and whether it is there"),
                all::filesOfNode);
        reports.put(get("summary", "All of it in a few numbers"), all::summary);
        reports.put(get("clocks", "Of each machine, how many of each other machine's edits it has"), all::clocks);
        reports.put(get("delta", "What the last contents have cost, and all of them together"), all::delta);
        reports.put(get("topology", "Machines, their round trips, and bytes between them"), all::topology);
        reports.put(
                get(
                        "causal-order",
                        "Changes of a folder in the order of the coordinator, each with its relation to the one before (folder, after, limit)"),
                all::causalOrder);
    }

    /** What administrators see of invitations. */
    void add(Invitations invitations) {
        reports.put(get("invitations", "Invitations that are not long over").forAdmins(), invitations::list);
        reports.put(
                get("invitations/:invitation", "One of them: whether it is open, used (and by whom) or expired")
                        .forAdmins(),
                invitations::one);
        reports.put(
                new ResourceInfo(
                                "DELETE",
                                "invitations/:invitation",
                                "Takes an invitation back: nobody can join by it any more")
                        .forAdmins(),
                invitations::withdraw);
    }

    private static ResourceInfo get(String path, String description) {
        return new ResourceInfo("GET", path, description);
    }

    BoardInfo addTo(BoardInfo info) {
        BoardInfo more = info;
        for (ResourceInfo each : reports.keySet()) {
            more = more.resource(each);
        }
        return more.resource(CONTENT)
                .resource(CONTENT_OF_ID)
                .resource(PUT)
                .resource(DELETE)
                .resource(VERSIONS)
                .resource(HISTORY)
                .resource(CHUNKS)
                .resource(DELTA);
    }

    void answerBy(FeedPublisher publisher) {
        reports.forEach((info, report) -> publisher.onRequest(info, request -> answer(request, report)));
        publisher.onRequest(CONTENT, moved::content);
        publisher.onRequest(CONTENT_OF_ID, moved::content);
        publisher.onRequest(PUT, moved::put);
        publisher.onRequest(DELETE, request -> {
            String ifMatch = request.http().getHeader("If-Match");
            answer(request, asked -> contents.delete(asked, ifMatch));
        });
        publisher.onRequest(VERSIONS, this::versions);
        publisher.onRequest(HISTORY, this::versions);
        publisher.onRequest(CHUNKS, moved::chunks);
        publisher.onRequest(DELTA, moved::delta);
    }

    /** What the address says, its path first. */
    static JsonObject asked(Resources.Request request) {
        JsonObject asked = new JsonObject();
        request.http().params().forEach(each -> asked.put(each.getKey(), each.getValue()));
        request.path().forEach(asked::put);
        return asked;
    }

    /** Comes on the loop of whoever serves, and is answered from the context of the coordinator. */
    private void answer(Resources.Request request, Function<JsonObject, JsonObject> report) {
        JsonObject asked = asked(request);
        HttpServerResponse response = request.http().response();
        context.runOnContext(now -> {
            try {
                end(response, 200, report.apply(asked));
            } catch (ActionRefusal refusal) {
                refuse(response, refusal);
            }
        });
    }

    /** Asks the machines for what they have kept of a path. */
    private void versions(Resources.Request request) {
        JsonObject asked = asked(request);
        HttpServerResponse response = request.http().response();
        context.runOnContext(now -> {
            try {
                long question = versions.list(asked, answer -> end(response, 200, answer));
                vertx.setTimer(ANSWER_MILLISECONDS, id -> versions.giveUp(question));
            } catch (ActionRefusal refusal) {
                refuse(response, refusal);
            }
        });
    }

    static void refuse(HttpServerResponse response, ActionRefusal refusal) {
        end(
                response,
                refusal.status(),
                new JsonObject().put("error", refusal.word()).put("message", refusal.getMessage()));
    }

    private static void end(HttpServerResponse response, int status, JsonObject answer) {
        json(response, status, answer).onFailure(gone -> LOG.debug("Nobody waits for the answer any more", gone));
    }

    static Future<Void> json(HttpServerResponse response, int status, JsonObject answer) {
        return response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(answer.toBuffer());
    }
}
