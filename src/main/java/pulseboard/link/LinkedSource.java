package pulseboard.link;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
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
import pulseboard.feed.KeptNumbers;

/** One machine or worker that is or was linked, with its boards, whichever connection they came by. Used on one event loop. */
final class LinkedSource {

    private static final Logger LOG = LoggerFactory.getLogger(LinkedSource.class);
    private static final LinkLimits LIMITS = LinkLimits.DEFAULT;

    private final Vertx vertx;
    private final SourceLimiter limiter = new SourceLimiter(System::nanoTime);
    private final Map<String, LinkedBoard> boards = new HashMap<>();
    private LinkGrant grant;
    private String from = "";
    private long descriptions;
    private final Terms terms;
    private @Nullable LinkPeer session;

    /**
     * What holds for it here.
     *
     * @param proxy for what a worker's boards serve; null for an agent
     * @param isTaken whether a name is that of a board which is not its own
     * @param everySeconds how often changes come while nobody looks
     * @param isKept whether the history keeps what its boards say
     * @param follower who keeps book; null if nobody does
     */
    record Terms(
            @Nullable ResourceProxy proxy,
            BiPredicate<LinkedSource, BoardId> isTaken,
            int everySeconds,
            boolean isKept,
            @Nullable LinkFollower follower) {

        /** Whether a board has to come though nobody looks. */
        boolean wants(String board) {
            return isKept || follower == null || follower.follows(board);
        }
    }

    LinkedSource(Vertx vertx, LinkGrant grant, Terms terms) {
        this.vertx = vertx;
        this.grant = grant;
        this.terms = terms;
    }

    boolean isWorker() {
        return grant.isWorker();
    }

    /** The state of one board; null when there is none. */
    @Nullable
    JsonObject state(String name) {
        LinkedBoard board = boards.get(name);
        return board == null ? null : board.relay().state();
    }

    /** Something came of a board. */
    void heard(String board, int bytes) {
        if (terms.follower != null) {
            terms.follower.heard(title(), board, bytes);
        }
    }

    /** A state is to be sent anew, as changes were lost. */
    void resynced() {
        if (terms.follower != null) {
            terms.follower.resynced(title());
        }
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
        LinkPeer before = session;
        LinkSession opened = new LinkSession(vertx, socket, version, this);
        session = opened;
        if (before != null && before.isElsewhere()) {
            before.close(LinkProtocol.REPLACED, "it is linked here now");
        } else if (before != null) {
            if (limiter.mayTell()) {
                LOG.warn(
                        "{} links again while it is linked: one machine replaces the other, or two use one token",
                        title());
            }
            if (terms.follower != null) {
                terms.follower.replaced(title());
            }
            before.close(LinkProtocol.REPLACED, "a newer link of " + title() + " replaces this one");
        }
        opened.start();
    }

    /** It is linked to another hub: what there is of it is there. */
    void elsewhere(OtherHub hub, LinkGreeting greeting, JsonObject infos, JsonObject facts) {
        LinkPeer before = session;
        from = hub.name();
        session = new RemoteSession(hub, this);
        if (before != null) {
            before.close(LinkProtocol.REPLACED, "a newer link of " + title() + " is at " + hub.name());
        }
        greeted(session, greeting, infos, facts);
    }

    /** The other hub has it no more. */
    void nowhere(String hub, String reason) {
        LinkPeer open = session;
        if (open instanceof RemoteSession remote && remote.hub().name().equals(hub)) {
            open.close(LinkProtocol.REPLACED, reason);
            ended(open, reason);
        }
    }

    /** What there is, for another hub. */
    JsonObject described() {
        JsonObject infos = new JsonObject();
        JsonObject facts = new JsonObject();
        boards.forEach((name, board) -> {
            infos.put(name, board.relay().info().toJson());
            facts.put(name, board.facts());
        });
        return JsonObject.of("boards", infos, "facts", facts);
    }

    /** So often did boards come or go, or say something else of themselves. */
    long descriptions() {
        return descriptions;
    }

    /** The greeting: these are all boards that there are; others leave. */
    void greeted(LinkPeer by, LinkGreeting greeting, JsonObject infos, JsonObject facts) {
        if (terms.follower != null && !by.isElsewhere()) {
            terms.follower.linked(title(), greeting);
        }
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
    void announce(LinkPeer by, String name, @Nullable JsonObject json, @Nullable JsonObject facts) {
        BoardId id = grant.board(name);
        BoardInfo said = LIMITS.bounded(BoardInfo.of(id, json == null ? new JsonObject() : json), grant.isWorker());
        BoardInfo info = terms.isKept ? said : said.keeping(KeptNumbers.NONE);
        LinkedBoard board = boards.get(name);
        if (board == null) {
            if (boards.size() >= LIMITS.boards()) {
                throw LinkRefusal.tooMuch("it has more than " + LIMITS.boards() + " boards");
            }
            limiter.brings(name);
            if (terms.isTaken.test(this, id)) {
                throw new LinkRefusal(LinkProtocol.NAME_TAKEN, "there is a board " + id + " already");
            }
            board = new LinkedBoard(this, name);
            boards.put(name, board);
            FeedRelay relay = new FeedRelay(vertx, info, board);
            if (!terms.isKept) {
                relay.answerPast();
            }
            board.relayed(relay);
        } else {
            board.relay().announce(info);
        }
        descriptions++;
        board.facts(bounded(name, facts == null ? new JsonObject() : facts));
        board.rate = new MessageRate(LIMITS.messagesPerSecond(), LIMITS.burst(), System::nanoTime);
        board.begin(by);
    }

    private JsonObject bounded(String name, JsonObject facts) {
        if (facts.encode().length() > LIMITS.patchBytes()) {
            throw LinkRefusal.tooMuch("the facts of " + name + " are longer than " + LIMITS.patchBytes() + " bytes");
        }
        return facts;
    }

    void withdraw(String name) {
        LinkedBoard board = boards.remove(name);
        descriptions++;
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
    void ended(LinkPeer ended, String reason) {
        if (session != ended) {
            return;
        }
        session = null;
        if (limiter.mayTell()) {
            LOG.info("The link of {} ended: {}", title(), reason);
        }
        BoardHealth health = BoardHealth.offline(System.currentTimeMillis(), reason);
        boards.values().forEach(board -> board.goOffline(health));
        if (terms.follower != null && !ended.isElsewhere()) {
            terms.follower.ended(title(), reason);
        }
    }

    /** Its token is not good any more. */
    void revoke() {
        leave(LinkProtocol.TOKEN_REFUSED, LinkProtocol.TOKEN_REVOKED);
    }

    /** An administrator does not want it here. */
    void shutOut(String reason) {
        leave(LinkProtocol.NAME_TAKEN, reason);
    }

    private void leave(int code, String reason) {
        LinkPeer open = session;
        session = null;
        if (open != null) {
            open.close(code, reason);
        }
        List.copyOf(boards.keySet()).forEach(this::withdraw);
    }

    void announceEnd() {
        if (session != null && !session.isElsewhere()) {
            session.close(LinkProtocol.RESTARTING, "restarting");
        }
    }

    /** The connection; null while there is none. */
    @Nullable
    LinkPeer session() {
        return session;
    }

    Terms terms() {
        return terms;
    }

    /** All its boards. */
    Collection<LinkedBoard> boards() {
        return boards.values();
    }
}
