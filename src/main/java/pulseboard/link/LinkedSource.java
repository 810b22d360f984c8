package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Identity;
import pulseboard.feed.BoardHealth;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedRelay;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;
import pulseboard.feed.Snapshot;

/** One machine or worker that is or was linked, with its boards, whichever connection they came by. Used on one event loop. */
final class LinkedSource {

    private static final Logger LOG = LoggerFactory.getLogger(LinkedSource.class);

    private final Vertx vertx;
    private final LinkLimits limits = LinkLimits.DEFAULT;
    private final SourceLimiter limiter = new SourceLimiter(System::nanoTime);
    private final BiPredicate<LinkedSource, BoardId> isTaken;
    private final Map<String, LinkedBoard> boards = new HashMap<>();
    private LinkGrant grant;
    private String from = "";
    private final @Nullable ResourceProxy proxy;
    private @Nullable LinkSession session;

    LinkedSource(
            Vertx vertx, LinkGrant grant, @Nullable ResourceProxy proxy, BiPredicate<LinkedSource, BoardId> isTaken) {
        this.vertx = vertx;
        this.grant = grant;
        this.proxy = proxy;
        this.isTaken = isTaken;
    }

    Identity identity() {
        return grant.identity();
    }

    String title() {
        return grant.title();
    }

    /** The newer connection wins: the older one may be half open for minutes. */
    void accept(ServerWebSocket socket, LinkGrant newest, String version, String address) {
        grant = newest;
        from = address;
        LinkSession before = session;
        session = new LinkSession(vertx, socket, limits, this);
        if (before != null) {
            if (limiter.mayTell()) {
                LOG.warn(
                        "{} links again while it is linked: one machine replaces the other, or two use one token",
                        title());
            }
            before.close(LinkProtocol.REPLACED, "a newer link of " + title() + " replaces this one");
        }
        session.start(version);
    }

    /** The greeting: these are all boards that there are; others leave. */
    void greeted(LinkSession by, JsonObject infos, JsonObject facts) {
        for (String name : List.copyOf(boards.keySet())) {
            if (!infos.containsKey(name)) {
                withdraw(name);
            }
        }
        infos.fieldNames().forEach(name -> announce(by, name, infos.getJsonObject(name), facts.getJsonObject(name)));
        if (limiter.mayTell()) { // By now they are names.
            LOG.info("{} is linked from {}: {}", title(), from, new TreeSet<>(boards.keySet()));
        }
    }

    SourceLimiter limiter() {
        return limiter;
    }

    /**
     * A board is there, or says something else of itself.
     *
     * @throws LinkRefusal when it cannot be taken
     * @throws RuntimeException when it is none
     */
    void announce(LinkSession by, String name, @Nullable JsonObject json, @Nullable JsonObject facts) {
        BoardId id = grant.board(name);
        BoardInfo info = limits.bounded(BoardInfo.of(id, json == null ? new JsonObject() : json), grant.isWorker());
        LinkedBoard board = boards.get(name);
        if (board == null) {
            if (boards.size() >= limits.boards()) {
                throw LinkRefusal.tooMuch("it has more than " + limits.boards() + " boards");
            }
            limiter.brings(name);
            if (isTaken.test(this, id)) {
                throw new LinkRefusal(LinkProtocol.NAME_TAKEN, "there is a board " + id + " already");
            }
            board = new LinkedBoard(name);
            boards.put(name, board);
            board.relay = new FeedRelay(vertx, info, board);
        } else {
            board.relay().announce(info);
        }
        board.facts = bounded(name, facts == null ? new JsonObject() : facts);
        board.rate = new MessageRate(limits.messagesPerSecond(), limits.burst(), System::nanoTime);
        board.begin(by);
    }

    private JsonObject bounded(String name, JsonObject facts) {
        if (facts.encode().length() > limits.patchBytes()) {
            throw LinkRefusal.tooMuch("the facts of " + name + " are longer than " + limits.patchBytes() + " bytes");
        }
        return facts;
    }

    void withdraw(String name) {
        LinkedBoard board = boards.remove(name);
        if (board != null) {
            board.relay().close();
        }
    }

    /** Whether one of its boards is called so here. */
    boolean holds(BoardId board) {
        return boards.values().stream()
                .anyMatch(each -> each.relay().info().id().equals(board));
    }

    @Nullable
    LinkedBoard board(String name) {
        return boards.get(name);
    }

    /** The connection is gone. */
    void ended(LinkSession ended, String reason) {
        if (session != ended) {
            return;
        }
        session = null;
        if (limiter.mayTell()) {
            LOG.info("The link of {} ended: {}", title(), reason);
        }
        BoardHealth health = BoardHealth.offline(System.currentTimeMillis(), reason);
        boards.values().forEach(board -> board.goOffline(health));
    }

    /** Its token is not good any more. */
    void revoke() {
        LinkSession open = session;
        session = null;
        if (open != null) {
            open.close(LinkProtocol.TOKEN_REFUSED, "the token was revoked or has expired");
        }
        List.copyOf(boards.keySet()).forEach(this::withdraw);
    }

    void announceEnd() {
        if (session != null) {
            session.close(LinkProtocol.RESTARTING, "restarting");
        }
    }

    /** One board of this source. */
    final class LinkedBoard implements FeedRelay.Origin {

        final String name;
        private JsonObject facts = new JsonObject();
        MessageRate rate = new MessageRate(1, 1, System::nanoTime);
        private @Nullable FeedRelay relay;
        private int viewers;
        private boolean isWatched;

        /** At most so many: what the state was when it was looked at last, and all changes since. */
        private int bytes;

        LinkedBoard(String name) {
            this.name = name;
        }

        FeedRelay relay() {
            if (relay == null) {
                throw new IllegalStateException("made right after this");
            }
            return relay;
        }

        /** The state is another one, of so many bytes. */
        void replaced(int length) {
            bytes = 0;
            grown(length);
        }

        /**
         * A change of so many bytes has been applied.
         *
         * @throws LinkRefusal when the state, or all states of the source together, are too large
         */
        void grown(int length) {
            bytes += length;
            if (isTooLarge()) { // Or so it seems: most changes make nothing larger.
                boards.values().forEach(LinkedBoard::measure);
                if (isTooLarge()) {
                    throw LinkRefusal.tooMuch("its states are larger than " + limits.messageBytes()
                            + " bytes, or all together than " + limits.sourceBytes());
                }
            }
        }

        private boolean isTooLarge() {
            return bytes > limits.messageBytes()
                    || boards.values().stream().mapToInt(each -> each.bytes).sum() > limits.sourceBytes();
        }

        private void measure() {
            bytes = relay().state().encode().length();
            limiter.looksAt(bytes);
        }

        /** What is sampled always is watched always; what costs something is watched while somebody looks. */
        private void begin(LinkSession by) {
            isWatched = false;
            watchIfWanted(by);
        }

        private void watchIfWanted(LinkSession by) {
            boolean isWanted = !relay().info().isOnDemand() || viewers > 0;
            if (isWanted != isWatched) {
                isWatched = isWanted;
                relay().follow(isWanted);
                by.watch(name, isWanted);
            }
        }

        private void goOffline(BoardHealth health) {
            isWatched = false;
            relay().follow(false);
            relay().announce(relay().info().withHealth(health));
        }

        @Override
        public Future<Snapshot> snapshot() {
            return session == null ? unavailable() : session.snapshot(name);
        }

        @Override
        public JsonObject facts() {
            return facts;
        }

        @Override
        public Future<JsonObject> act(String action, JsonObject body) {
            return session == null ? unavailable() : session.act(name, action, body);
        }

        @Override
        public void serve(ResourceInfo resource, Resources.Request request) {
            if (session == null || proxy == null) {
                ResourceProxy.refuse(request.http().response(), 503);
            } else {
                proxy.serve(session.secret(), name, resource, request);
            }
        }

        @Override
        public void watched(int count) {
            viewers = count;
            if (session != null && session.isGreeted()) {
                watchIfWanted(session);
            }
        }

        private <T> Future<T> unavailable() {
            Promise<T> none = Promise.promise();
            none.fail(title() + " is not linked");
            return none.future();
        }
    }
}
