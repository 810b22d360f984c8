package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Answer;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Replica;
import pulseboard.board.sync.rules.Task;
import pulseboard.board.sync.rules.Version;

/** One folder of an agent, kept equal to the others'. All of it is used by the loop. */
final class FolderSync {

    private static final Logger LOG = LoggerFactory.getLogger(FolderSync.class);
    private static final int MOST_CHANGES = 500;
    private static final int MOST_PLACED_AT_ONCE = 128;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    final String id;
    final Tree tree;
    final Index index;
    final Replica replica;
    final Placer placer;
    final Versions versions;
    final Fetcher fetcher;
    final Guard guard;
    final Ignores ignores;
    final String mode;
    final Losses losses = new Losses(this);
    final Restoring restoring = new Restoring(this);

    private final Consumer<JsonObject> send;
    private final Consumer<String> look;
    private final Placing placing;
    private boolean isConnected;
    private boolean isAnnouncing;
    private boolean isAsking;
    private boolean isPaused;
    private long told = -1;
    private long workedNanos = System.nanoTime() - PAUSE_NANOS;

    /** What it works with. */
    record Means(String id, Place place, Fetcher fetcher, Guard guard, String device, String mode) {}

    /** Sends by the one; has directories looked at by the other. */
    FolderSync(Means means, Consumer<JsonObject> send, Consumer<String> look) {
        id = means.id;
        tree = means.place.tree();
        index = means.place.index();
        ignores = means.place.ignores();
        mode = means.mode;
        fetcher = means.fetcher;
        guard = means.guard;
        this.send = send;
        this.look = look;
        replica = new Replica(index.tables(), new SecureRandom().nextLong());
        placer = new Placer(tree, index, means.device);
        versions = placer.versions();
        placing = new Placing(this, look);
    }

    /** What is here is told as new, and nothing as deleted. */
    void beginAnew() throws IOException {
        LOG.warn("The folder {} or what was known of it is older than what was told: its files are only added", id);
        replica.beginAnew(new SecureRandom().nextLong());
        guard.beginAnew();
        told = -1;
    }

    void connected() {
        isConnected = true;
        isAnnouncing = false;
        isAsking = false;
        told = -1;
        fetcher.tryAgain();
        announce();
        ask();
    }

    void lost() {
        isConnected = false;
    }

    void pause(boolean isWanted) {
        isPaused = isWanted;
        work();
    }

    /** Names that this file system takes for the same as others. */
    int clashes() {
        return placing.clashes();
    }

    boolean isPaused() {
        return isPaused;
    }

    /** Somebody has looked. What does not look so any more is looked at again. */
    void changes(List<Change> changes) {
        for (Change change : changes) {
            try {
                if (!tree.stat(change.path()).isSame(change.stat())) {
                    look.accept(Tree.parent(change.path()));
                    continue;
                }
                boolean isFresh = change.stat().isFresh(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
                index.noteStat(change.path(), isFresh ? change.stat().toReadAgain() : change.stat());
                index.noteKept(change.path(), false);
                if (change.entry().hasContent()) {
                    index.noteContent(change.path(), change.entry().contentId(), change.content());
                }
                boolean unused = replica.observe(change.path(), change.entry());
            } catch (IOException e) {
                LOG.debug("{} cannot be looked at", change.path(), e);
            }
        }
        announce();
    }

    void announce() {
        if (!isConnected || isAnnouncing || guard.isHeld() || replica.isTold() || isDrift()) {
            return;
        }
        index.commit(); // A counter is durable before it is told.
        JsonArray changes = new JsonArray();
        replica.untold(MOST_CHANGES)
                .forEach((path, entry) -> changes.add(entry.toJson().put("path", path)));
        isAnnouncing = true;
        send.accept(frame("announce").put("changes", changes));
    }

    private JsonObject frame(String kind) {
        return new JsonObject().put("kind", kind).put("folder", id);
    }

    void answers(JsonObject frame) {
        for (Object each : frame.getJsonArray("answers")) {
            JsonObject one = (JsonObject) each;
            Answer answer = new Answer(
                    Answer.Verdict.valueOf(one.getString("verdict").toUpperCase(Locale.ROOT)), one.getLong("seq"));
            replica.answered(one.getString("path"), Version.of(one.getString("version")), answer);
        }
        isAnnouncing = false;
        announce();
        work();
    }

    void askAnew() {
        isAsking = false;
        ask();
    }

    /** The coordinator answers as soon as there is something. */
    void ask() {
        if (isConnected && !isAsking) {
            isAsking = true;
            send.accept(frame("heads").put("after", replica.cursor()));
        }
    }

    void heads(JsonObject frame) {
        List<Head> heads = new ArrayList<>();
        for (Object each : frame.getJsonArray("heads")) {
            Head head = Head.of((JsonObject) each);
            if (!isLeftOut(head.path(), head.entry())) {
                heads.add(head);
            }
        }
        boolean unused = replica.heads(frame.getLong("after"), heads, frame.getLong("upTo"), frame.getLong("floor"));
        isAsking = false;
        ask();
        work();
    }

    private boolean isLeftOut(String path, Entry entry) {
        return ignores.now().isIgnored(path, entry.kind() == Entry.Kind.DIRECTORY);
    }

    /** The lines of what is left out are others than they were. */
    void rules() {
        replica.leaveOut(this::isLeftOut);
        askAnew();
    }

    /** Whether what is changed here is told to nobody. */
    boolean isDrift() {
        return mode.equals(AgentLimits.RECEIVE);
    }

    /** Does what can be done now: puts in place what has come, and fetches what is missing. */
    void work() {
        workedNanos = System.nanoTime();
        if (guard.isHeld() || isPaused || mode.equals(AgentLimits.SEND)) {
            tellApplied();
            return;
        }
        List<Task> ready = new ArrayList<>();
        List<Task> fetches = new ArrayList<>();
        long now = System.nanoTime();
        for (Head head : replica.wanted().all()) {
            if (fetcher.cannotYet(head.entry(), fetches.size())) {
                continue;
            }
            Task task = placing.isWaiting(head.path(), now) ? null : replica.task(head.path(), fetcher::isFetched);
            Task move = task != null && task.kind() == Task.Kind.FETCH ? move(task) : null;
            if (move != null) {
                ready.add(move);
            } else if (task != null) {
                (task.kind() == Task.Kind.FETCH ? fetches : ready).add(task);
            }
            if (ready.size() >= MOST_PLACED_AT_ONCE) {
                workedNanos -= PAUSE_NANOS; // There is more.
                break;
            }
        }
        if (!ready.isEmpty() && placing.place(ready)) {
            workedNanos -= PAUSE_NANOS;
        }
        fetcher.fetch(fetches, (outcome, trouble) -> came.accept(outcome));
        tellApplied();
    }

    private Consumer<Fetcher.Outcome> came = outcome -> {};

    /** Where outcomes are handed to, so that the loop takes them. */
    void onCame(Consumer<Fetcher.Outcome> handler) {
        came = handler;
    }

    private @Nullable Task move(Task fetch) {
        String holder = index.holder(fetch.head().entry().contentId());
        return holder == null ? null : replica.move(fetch, List.of(holder));
    }

    /** Contents have come, or have not. */
    void came(Fetcher.Outcome outcome) {
        fetcher.ended(outcome);
        if (isConnected) {
            for (Head head : outcome.missing()) {
                send.accept(frame("missing").put("head", head.toJson()));
            }
        }
        work();
    }

    /** Has somebody look at a directory. */
    void lookAt(String directory) {
        look.accept(directory);
    }

    /** Answers a question of the coordinator. */
    void tell(long ask, JsonObject said) {
        send.accept(frame("told").put("ask", ask).mergeIn(said));
    }

    void tellApplied() {
        long applied = mode.equals(AgentLimits.SEND) ? replica.cursor() : replica.applied();
        if (isConnected && applied != told) {
            told = applied;
            send.accept(frame("applied").put("seq", applied));
        }
    }

    /** From time to time: what waited may be done now, and what was put aside is let go of. */
    void tick() throws IOException {
        placer.lookAside(false).forEach(look);
        versions.tick();
        if (System.nanoTime() - workedNanos > PAUSE_NANOS) { // Else whatever made a difference has had it done.
            work();
        }
        announce();
        if (replica.isTold() && replica.wanted().size() == 0 && fetcher.isIdle()) {
            fetcher.drop(replica.wanted()::wants);
            index.commit();
        }
    }
}
