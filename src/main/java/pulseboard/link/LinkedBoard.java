package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.BoardHealth;
import pulseboard.feed.FeedRelay;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;
import pulseboard.feed.Snapshot;

/** One board of a machine or worker that is or was linked. Used on one event loop. */
final class LinkedBoard implements FeedRelay.Origin {

    private static final LinkLimits LIMITS = LinkLimits.DEFAULT;

    private final LinkedSource source;

    final String name;
    private JsonObject facts = new JsonObject();
    MessageRate rate = new MessageRate(1, 1, System::nanoTime);
    private @Nullable FeedRelay relay;
    private int viewers;
    private boolean isWatchedElsewhere;
    private boolean isJudged;

    /** How often changes were asked for; 0 while none are. */
    private int watchedSeconds;

    /** At most so many: what the state was when it was looked at last, and all changes since. */
    private int bytes;

    LinkedBoard(LinkedSource source, String name) {
        this.source = source;
        this.name = name;
    }

    /** What puts it on the bus; set right after it is made. */
    void relayed(FeedRelay by) {
        relay = by;
    }

    /** What never changes while it runs. */
    void facts(JsonObject now) {
        facts = now;
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
            source.boards().forEach(LinkedBoard::measure);
            if (isTooLarge()) {
                throw LinkRefusal.tooMuch("its states are larger than " + LIMITS.messageBytes()
                        + " bytes, or all together than " + LIMITS.sourceBytes());
            }
        }
    }

    private boolean isTooLarge() {
        return bytes > LIMITS.messageBytes()
                || source.boards().stream().mapToInt(each -> each.bytes).sum() > LIMITS.sourceBytes();
    }

    private void measure() {
        bytes = relay().state().encode().length();
        source.limiter().looksAt(bytes);
    }

    /** What is sampled always is watched always; what costs something is watched while somebody looks. */
    void begin(LinkPeer by) {
        watchedSeconds = 0;
        if (by.isElsewhere()) {
            relay().follow(false); // It may have been linked here until now.
        }
        watchIfWanted(by);
    }

    /** Whoever looks wants to see each second. */
    private void watchIfWanted(LinkPeer by) {
        boolean isLookedAt = viewers > 0 || (isWatchedElsewhere && !by.isElsewhere());
        int wanted = isLookedAt ? 1 : isWantedAlways(by) ? source.terms().everySeconds() : 0;
        if (wanted != watchedSeconds) {
            watchedSeconds = wanted;
            relay().follow(wanted > 0);
            by.watch(name, wanted);
        }
    }

    /** What costs something is sampled for nobody; of what another hub has, only what is judged here comes. */
    private boolean isWantedAlways(LinkPeer by) {
        return !relay().info().isOnDemand()
                && (isJudged || (!by.isElsewhere() && source.terms().wants(name)));
    }

    /** Begins anew with its state, after a hole. */
    void again(LinkPeer by) {
        source.resynced();
        by.watch(name, Math.max(1, watchedSeconds));
    }

    void goOffline(BoardHealth health) {
        watchedSeconds = 0;
        relay().follow(false);
        relay().announce(relay().info().withHealth(health));
    }

    @Override
    public Future<Snapshot> snapshot() {
        LinkPeer session = source.session();
        return session == null ? unavailable() : session.snapshot(name);
    }

    @Override
    public JsonObject facts() {
        return facts;
    }

    @Override
    public Future<JsonObject> act(String action, JsonObject body, String who) {
        LinkPeer session = source.session();
        return session == null ? unavailable() : session.act(name, action, body, who);
    }

    @Override
    public void serve(ResourceInfo resource, Resources.Request request) {
        LinkPeer session = source.session();
        ResourceProxy proxy = source.terms().proxy();
        if (session == null || proxy == null) {
            ResourceProxy.refuse(request.http().response(), 503);
        } else {
            proxy.serve(session.secret(), name, resource, request);
        }
    }

    @Override
    public Future<String> past(boolean isOfSeries, JsonObject question) {
        LinkPeer session = source.session();
        return session == null ? unavailable() : session.past(name, isOfSeries, question);
    }

    @Override
    public void watched(int count) {
        viewers = count;
        look();
    }

    /** What is judged here has to come here, also from another hub; what is linked here comes anyway. */
    @Override
    public void judged(boolean now) {
        isJudged = now;
        look();
    }

    /** Somebody watches at another hub, or nobody does any more. */
    void watchedElsewhere(boolean isWatched) {
        isWatchedElsewhere = isWatched;
        look();
    }

    private void look() {
        LinkPeer session = source.session();
        if (session != null && session.isGreeted()) {
            watchIfWanted(session);
        }
    }

    private <T> Future<T> unavailable() {
        return Future.failedFuture(source.title() + " is not linked");
    }
}
