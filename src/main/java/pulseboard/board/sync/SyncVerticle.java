package pulseboard.board.sync;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import pulseboard.board.sync.coordinator.Contents;
import pulseboard.board.sync.coordinator.Coordinator;
import pulseboard.board.sync.coordinator.Invitations;
import pulseboard.board.sync.coordinator.OldVersions;
import pulseboard.board.sync.coordinator.Orders;
import pulseboard.board.sync.coordinator.Reports;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Invitation;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.Parameter;
import pulseboard.feed.RuleInfo;

/** Owns the board {@code sync} and the coordinator of file sync. It moves no content: the agents do that among themselves. */
public final class SyncVerticle extends VerticleBase {

    private static final long PUBLISH_MILLISECONDS = 500;
    private static final long PING_MILLISECONDS = 5_000;
    private static final long LOOK_MILLISECONDS = 1_000;
    private static final int MOST_SERIES = 200;
    private static final long RESTORE_MILLISECONDS = 20_000;
    private static final BoardInfo INFO = BoardInfo.of("sync", "File sync")
            .keeping(KeptNumbers.of(
                            "totals.*",
                            "folders.*.files",
                            "folders.*.bytes",
                            "folders.*.unresolvedConflicts",
                            "nodes.*.roundTripMilliseconds",
                            "nodes.*.behindFiles",
                            "links.*.bytesPerSecond")
                    .atMost(MOST_SERIES))
            .measuredBy(SyncMetrics.ALL)
            .judgedBy(java.util.List.of(RuleInfo.of(
                            "sync-held", "folders.*.heldMachines", "The folder {{key}} is held on {{value}} machines")
                    .warns("above 0 for 10s clear 0")
                    .helps("look at the folder there; then release or reject it on the board sync")))
            .action(
                    "invite",
                    ActionInfo.of("Makes an invitation with which one machine can join a folder, once, for 15 minutes")
                            .takes("folder", Parameter.Type.STRING, true, "The name of the folder")
                            .forAdmins())
            .action(
                    "forget",
                    node("Forgets a machine; its files stay where they are").forAdmins())
            .action("rescan", node("Has all folders of a machine looked at again"))
            .action("pause", node("Puts nothing in its place on a machine until it is resumed"))
            .action("resume", node("Goes on after a pause"))
            .action("revert", node("Has what was changed where others decide be what it was, in folders for receive"))
            .action(
                    "restore",
                    ActionInfo.of("Puts an old version at its path again; what is there now becomes an old version")
                            .takes("folder", Parameter.Type.STRING, true, "The name of the folder")
                            .takes("path", Parameter.Type.STRING, true, "The path of the file")
                            .takes("contentId", Parameter.Type.STRING, true, "Which version, as versions says")
                            .takes("node", Parameter.Type.STRING, true, "A machine that has it, as versions says"))
            .action("release", hold("What is missing there was deleted on purpose: the others delete it, too"))
            .action("reject", hold("What is missing there is to come back from the others"))
            .action(
                    "resolve",
                    ActionInfo.of("Decides a conflict")
                            .takes("conflict", Parameter.Type.STRING, true, "The id of the conflict")
                            .takes(
                                    "strategy",
                                    Parameter.Type.STRING,
                                    true,
                                    "keep_head, keep_other, keep_both or newest_by_file_time"));

    private final SyncConfig config;
    private final Path folder;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Coordinator coordinator;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Orders orders;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private ControlServer server;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Identity identity;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private OldVersions old;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Invitations invitations;

    private int port;
    private boolean isPublishing;

    /** Makes the verticle, which keeps what it knows in this folder. */
    public SyncVerticle(SyncConfig config, Path folder) {
        this.config = config;
        this.folder = folder;
    }

    private static ActionInfo node(String description) {
        return ActionInfo.of(description).takes("node", Parameter.Type.STRING, true, "The id or name of the machine");
    }

    private static ActionInfo hold(String description) {
        return ActionInfo.of(description)
                .takes("hold", Parameter.Type.STRING, true, "The id of the hold, such as docs@web1");
    }

    @Override
    public Future<?> start() throws Exception {
        identity = Identity.in(folder);
        coordinator = new Coordinator(folder);
        orders = new Orders(coordinator);
        Reports reports = new Reports(coordinator);
        old = new OldVersions(coordinator, reports);
        SyncContents contents = new SyncContents(vertx, new Contents(coordinator, reports), identity);
        invitations = new Invitations(coordinator.invitations());
        SyncResources resources = new SyncResources(vertx, reports, old, contents);
        resources.add(invitations);
        publisher = new FeedPublisher(vertx, resources.addTo(INFO));
        resources.answerBy(publisher);
        publisher.onAction("restore", (body, who) -> restore(body));
        server = new ControlServer(vertx, identity, coordinator, this::changed);
        publisher.onAction("invite", this::invite);
        for (String each :
                java.util.List.of("forget", "rescan", "pause", "resume", "revert", "release", "reject", "resolve")) {
            publisher.onAction(each, (body, who) -> act(each, body));
        }
        vertx.setPeriodic(PING_MILLISECONDS, id -> {
            coordinator.ping(System.nanoTime());
            changed();
        });
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> {
            if (coordinator.expire(System.nanoTime())) {
                changed();
            }
        });
        return server.listen(config.host(), config.port()).compose(listening -> {
            port = listening;
            publish();
            return vertx.executeBlocking(this::noteAddress).compose(noted -> publisher.ready());
        });
    }

    /** For the command that invites: it reads where to come. */
    private Path noteAddress() throws java.io.IOException {
        Path made = folder.resolve("address.json.new");
        Files.writeString(
                made,
                new JsonObject()
                        .put("host", config.host())
                        .put("port", port)
                        .put("coordinator", identity.id())
                        .encode());
        return Files.move(made, folder.resolve("address.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Future<?> stop() {
        return server.close().onComplete(closed -> coordinator.close());
    }

    private Future<JsonObject> invite(JsonObject body, String who) {
        String name = body.getString("folder");
        if (!orders.isName(name)) {
            throw new ActionRefusal(
                    400, "bad_name", "a folder has a name of up to 32 small letters, digits, hyphens and underscores");
        }
        Invitation invitation = Invitation.to(config.host(), port, identity.id());
        return vertx.executeBlocking(() -> {
                    invitations.clean();
                    invitation.keep(coordinator.invitations(), name, System.currentTimeMillis());
                    return invitation;
                })
                .map(kept -> new JsonObject()
                        .put("id", kept.id())
                        .put("code", kept.code())
                        .put("command", "pulseboard sync agent --join " + kept.code() + " --folder " + name + "=PATH")
                        .put("expiresAt", System.currentTimeMillis() + Invitation.MILLISECONDS));
    }

    private Future<JsonObject> act(String what, JsonObject body) {
        JsonObject done = orders.act(what, body);
        changed();
        return Future.succeededFuture(done);
    }

    private Future<JsonObject> restore(JsonObject body) {
        Promise<JsonObject> done = Promise.promise();
        long question = old.restore(body, word -> {
            if (word.isEmpty()) {
                done.complete(new JsonObject().put("accepted", true));
            } else {
                done.fail(OldVersions.refusal(word));
            }
        });
        vertx.setTimer(RESTORE_MILLISECONDS, id -> old.giveUp(question));
        return done.future();
    }

    private void changed() {
        if (!isPublishing) {
            isPublishing = true;
            vertx.setTimer(PUBLISH_MILLISECONDS, id -> publish());
        }
    }

    private void publish() {
        isPublishing = false;
        long began = System.nanoTime();
        publisher.publish(orders.state(began));
        publisher.ticked(System.nanoTime() - began);
    }
}
