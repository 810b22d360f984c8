package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Identity;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Directory;

/**
 * The receiving ends of all links: who is linked, and which boards came by each. The boards of a machine that is gone stay, as
 * they were last, and say since when; they leave when the machine comes back without them, or its token is revoked. Used on one
 * event loop, that of {@link #start}.
 */
public final class LinkServer implements Directory.Listener {

    /** The subprotocol of the WebSocket, which names the version that is spoken here. */
    public static final String SUBPROTOCOL = LinkProtocol.SUBPROTOCOL;

    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);

    private final String version;
    private final LinkPolicy policy;
    private final Map<String, LinkedSource> sources = new HashMap<>();
    private final Set<BoardId> known = new HashSet<>();
    private final Set<BoardId> relayed = new HashSet<>();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anyone is let in.
    private Vertx vertx;

    /**
     * Knows nobody yet.
     *
     * @param version of this program, for people
     */
    public LinkServer(String version, LinkPolicy policy) {
        this.version = version;
        this.policy = policy;
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
        return Directory.follow(on, this);
    }

    @Override
    public void announced(BoardInfo board) {
        known.add(board.id());
    }

    @Override
    public void withdrawn(BoardId board) {
        known.remove(board);
    }

    /** Why no link of this grant can be taken, one sentence; nothing when it can. */
    public Optional<String> refusal(LinkGrant grant) {
        if (!grant.isWorker()
                && (policy.reserved().contains(grant.source()) || known.contains(BoardId.local(grant.source())))) {
            return Optional.of(grant.source() + " is the name of a board here, so no machine can be called that");
        }
        if (!policy.workers().containsAll(grant.names())) {
            return Optional.of("these settings have no job for all boards that the token is for: " + policy.workers());
        }
        boolean isFull = !grant.isWorker()
                && !sources.containsKey(grant.key())
                && sources.size() >= policy.config().maxAgents();
        return isFull ? Optional.of("fleet.maxAgents machines are linked already") : Optional.empty();
    }

    /** Ends a connection whose token was revoked while it was made. */
    public void refuse(ServerWebSocket socket) {
        socket.close((short) LinkProtocol.TOKEN_REFUSED, "the token was revoked or has expired")
                .onFailure(late -> {});
    }

    /** Takes a connection that was let in. */
    public void accept(ServerWebSocket socket, LinkGrant grant, String from) {
        LinkedSource source = sources.computeIfAbsent(
                grant.key(), missing -> new LinkedSource(vertx, grant, proxy(grant), this::isTaken));
        source.accept(socket, grant, version, from);
    }

    private @Nullable ResourceProxy proxy(LinkGrant grant) {
        return grant.isWorker() ? new ResourceProxy(vertx, policy.resources()) : null;
    }

    /** Whether a board of this name is there that did not come by a link, or came by that of another source. */
    private boolean isTaken(LinkedSource by, BoardId board) {
        boolean isOurs = board.isLocal() && !policy.workers().contains(board.name());
        boolean isOfOther = sources.values().stream().anyMatch(each -> each != by && each.holds(board));
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
            }
        }
    }

    /** Tells all that this process restarts. */
    public void announceEnd() {
        sources.values().forEach(LinkedSource::announceEnd);
    }
}
