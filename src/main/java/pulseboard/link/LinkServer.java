package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Identity;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Change;
import pulseboard.feed.Directory;
import pulseboard.feed.KeptNumbers;

/**
 * The receiving ends of all links: who is linked, and which boards came by each. The boards of a machine that is gone stay, as
 * they were last, and say since when; they leave when the machine comes back without them, or its token is revoked. Used on one
 * event loop, that of {@link #start}.
 */
public final class LinkServer implements Directory.Listener {

    /** The subprotocol of the WebSocket, which names the version that is spoken here. */
    public static final String SUBPROTOCOL = LinkProtocol.SUBPROTOCOL;

    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);
    private static final int CONFLICT = 409;

    private final String version;
    private final LinkPolicy policy;
    private final @Nullable LinkFollower follower;
    private final Map<String, LinkedSource> sources = new HashMap<>();
    private final Set<BoardId> known = new HashSet<>();
    private final Set<BoardId> relayed = new HashSet<>();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anyone is let in.
    private Vertx vertx;

    /**
     * Knows nobody yet.
     *
     * @param version of this program, for people
     * @param follower who keeps book of machines; null where none is taken
     */
    public LinkServer(String version, LinkPolicy policy, @Nullable LinkFollower follower) {
        this.version = version;
        this.policy = policy;
        this.follower = follower;
    }

    /** Whether other machines may link. */
    public boolean takesAgents() {
        return policy.config().accept();
    }

    /** How long frames have to be taken, where viewers may send so many bytes. */
    public int frameBytes(int ofViewers) {
        return Math.max(LinkProtocol.FRAME_BYTES, ofViewers);
    }

    /** Whether a worker of this machine may. */
    public boolean takesWorkers() {
        return !policy.workers().isEmpty();
    }

    /** Begins to follow the directory; to be called on the event loop on which the rest is. */
    public Future<Void> start(Vertx on) {
        vertx = on;
        Future<Void> known = Directory.follow(on, this);
        return follower == null
                ? known
                : known.compose(told -> follower.start(on, this).mapEmpty());
    }

    @Override
    public void announced(BoardInfo board) {
        known.add(board.id());
    }

    @Override
    public void withdrawn(BoardId board) {
        known.remove(board);
    }

    /** Why no link of this grant can be taken; nothing when it can. */
    public Optional<ActionRefusal> refusal(LinkGrant grant) {
        if (!grant.isWorker()
                && (policy.reserved().contains(grant.source()) || known.contains(BoardId.local(grant.source())))) {
            return taken(grant.source() + " is the name of a board here, so no machine can be called that");
        }
        if (!policy.workers().containsAll(grant.names())) {
            return taken("these settings have no job for all boards that the token is for: " + policy.workers());
        }
        boolean isFull = !grant.isWorker()
                && !sources.containsKey(grant.key())
                && sources.size() >= policy.config().maxAgents();
        if (isFull) {
            return taken("fleet.maxAgents machines are linked already");
        }
        return grant.isWorker() || follower == null ? Optional.empty() : follower.refusal(grant.source());
    }

    private static Optional<ActionRefusal> taken(String message) {
        return Optional.of(new ActionRefusal(CONFLICT, "name_taken", message));
    }

    /** The state of a board of a machine, as it came last; null when there is none. Not to be modified. */
    public @Nullable JsonObject state(String source, String board) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        return linked == null ? null : linked.state(board);
    }

    /** Whether a machine is linked to this hub, and not to another one. */
    public boolean isLinkedHere(String source) {
        return lastedMilliseconds(source) >= 0;
    }

    /** How long the link of a machine has lasted, in milliseconds; -1 where there is none here. */
    public long lastedMilliseconds(String source) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        return linked != null && linked.session() instanceof LinkSession here && here.isGreeted()
                ? here.milliseconds()
                : -1;
    }

    /** What the history keeps of each board, by its name, of a machine, whether somebody looks at them or not. */
    public Map<String, KeptNumbers> kept(String source) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        Map<String, KeptNumbers> kept = new TreeMap<>();
        if (linked != null) {
            linked.boards().stream()
                    .map(board -> board.relay().info())
                    .filter(info -> !info.isOnDemand() && !info.kept().isNothing())
                    .forEach(info -> kept.put(info.id().name(), info.kept()));
        }
        return kept;
    }

    /**
     * Asks a machine that is linked here what one of its boards showed before, by its own history; fails with a {@link
     * ReplyException} when that says no, or nothing in time.
     *
     * @param isOfSeries whether only the names of its series are wanted
     */
    public Future<String> past(String source, String board, boolean isOfSeries, JsonObject question) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        return linked != null && linked.session() instanceof LinkSession here && here.isGreeted()
                ? here.past(board, isOfSeries, question)
                : Future.failedFuture(source + " is not linked");
    }

    /** What another hub has to know of a machine that is linked here: {@code boards} and {@code facts}, by name. */
    public JsonObject described(String source) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        return linked == null ? new JsonObject() : linked.described();
    }

    /** Another number whenever {@link #described} may be another. */
    public long descriptions(String source) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        return linked == null ? 0 : linked.descriptions();
    }

    /** A machine is linked to another hub, which says this of it: {@link #described}. */
    public void elsewhere(String source, OtherHub hub, JsonObject described) {
        LinkGrant grant = new LinkGrant(source, Set.of(), Identity.ofLink(source));
        try {
            sources.computeIfAbsent(grant.key(), missing -> new LinkedSource(vertx, grant, terms(grant)))
                    .elsewhere(
                            hub,
                            LinkGreeting.NOTHING,
                            described.getJsonObject("boards", new JsonObject()),
                            described.getJsonObject("facts", new JsonObject()));
        } catch (LinkRefusal refusal) {
            LOG.warn("What {} says of {} cannot be taken: {}", hub.name(), source, refusal.reason());
        }
    }

    /** The other hub, by its name, has the link of this machine no more. */
    public void nowhere(String source, String hub, String reason) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        if (linked != null) {
            linked.nowhere(hub, reason);
        }
    }

    /** A change of a board came from the hub that has the link. */
    public void changed(String source, String board, Change change) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(source));
        if (linked != null && linked.session() instanceof RemoteSession remote) {
            remote.changed(board, change);
        }
    }

    /** Somebody watches a board at another hub, or nobody does any more. */
    public void watchedElsewhere(BoardId board, boolean isWatched) {
        LinkedSource linked = sources.get(LinkGrant.agentKey(board.source()));
        LinkedBoard at = linked == null ? null : linked.board(board.name());
        if (at != null) {
            at.watchedElsewhere(isWatched);
        }
    }

    /** Cuts off a machine that may not link any more, and says why; its boards leave. */
    public void shutOut(String source, String reason) {
        LinkedSource linked = sources.remove(LinkGrant.agentKey(source));
        if (linked != null) {
            linked.shutOut(reason);
        }
    }

    /** Ends a connection whose token was revoked while it was made. */
    public void refuse(ServerWebSocket socket) {
        socket.close((short) LinkProtocol.TOKEN_REFUSED, LinkProtocol.TOKEN_REVOKED)
                .onFailure(late -> {});
    }

    /** Takes a connection that was let in. */
    public void accept(ServerWebSocket socket, LinkGrant grant, String from) {
        LinkedSource source =
                sources.computeIfAbsent(grant.key(), missing -> new LinkedSource(vertx, grant, terms(grant)));
        source.accept(socket, grant, version, from);
    }

    private LinkedSource.Terms terms(LinkGrant grant) {
        LinkConfig config = policy.config();
        return grant.isWorker()
                ? new LinkedSource.Terms(new ResourceProxy(vertx, policy.resources()), this::isTaken, 1, true, null)
                : new LinkedSource.Terms(
                        null,
                        this::isTaken,
                        config.everySeconds(),
                        !config.keep().equals(LinkConfig.SUMMARY),
                        follower);
    }

    /** Whether a board of this name is there that did not come by a link, or came by that of another source. */
    private boolean isTaken(LinkedSource by, BoardId board) {
        boolean isOurs = board.isLocal() && !policy.workers().contains(board.name());
        // Names of another machine's boards begin with its own name.
        boolean isOfOther =
                board.isLocal() && sources.values().stream().anyMatch(each -> each != by && each.holds(board));
        boolean isTaken = isOurs || isOfOther || (known.contains(board) && !relayed.contains(board));
        if (!isTaken) {
            relayed.add(board);
        }
        return isTaken;
    }

    /** Cuts off those for whom this is not true any more; their boards leave. */
    public void closeUnless(Predicate<Identity> isCurrent) {
        for (LinkedSource source : List.copyOf(sources.values())) {
            if (!isCurrent.test(source.identity())) {
                LOG.info("The token of {} is not good any more: its boards leave", source.title());
                source.revoke();
                sources.values().remove(source);
                if (follower != null && !source.isWorker()) {
                    follower.revoked(source.title());
                }
            }
        }
    }

    /** Tells all that this process restarts. Done when whoever keeps book has written it down. */
    public Future<?> announceEnd() {
        sources.values().forEach(LinkedSource::announceEnd);
        return follower == null ? Future.succeededFuture() : follower.stop();
    }
}
