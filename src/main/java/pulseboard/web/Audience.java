package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;
import pulseboard.feed.Addresses;
import pulseboard.feed.Change;
import pulseboard.feed.Feed;
import pulseboard.feed.FeedReader;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.Replica;
import pulseboard.feed.Snapshot;

/**
 * The list of machines for those who may see the same ones of them, and no others: a board of its own, with its own epoch and numbers,
 * made once however many they are. A machine that they may not see is in no row, no count and no series. Used on one event loop.
 */
final class Audience implements FeedReader.Sink {

    /** The list of machines. */
    static final String FLEET = "fleet";

    private static final int UNAVAILABLE = 503;
    private static final Pattern SERIES = Pattern.compile("hosts\\.([a-z0-9-]+)\\.[A-Za-z0-9]+");

    private final Vertx vertx;
    private final Identity who;
    private final String home;

    /** On the bus of this process; nobody can ask for it by a name. */
    private final String name = FLEET + "~" + UUID.randomUUID();

    private final Replica whole = new Replica();
    private final Feed feed = new Feed(UUID.randomUUID().toString().substring(0, 8), System::currentTimeMillis);
    private final MessageConsumer<JsonObject> snapshots;
    private final FeedSubscription subscription;
    private long saidNanos = System.nanoTime();

    /**
     * Begins to follow the list.
     *
     * @param who one of them
     * @param home what the row of this machine is called, as its board
     */
    Audience(Vertx vertx, Identity who, String home) {
        this.vertx = vertx;
        this.who = who;
        this.home = home;
        this.snapshots = vertx.eventBus().consumer(Addresses.snapshot(name), this::reply);
        this.subscription = new FeedSubscription(vertx, FLEET, this);
    }

    /** Where it is published. */
    String name() {
        return name;
    }

    /** Whether somebody sees the same as they do. */
    boolean isOf(Identity other) {
        return other.scopes().equals(who.scopes());
    }

    /** Whether somebody may see this machine. */
    static boolean sees(Identity who, String machine, String home) {
        return who.mayRead(machine.equals(home) ? machine : machine + "/" + home);
    }

    /** Whether all these series, and at least one, are of machines that they may see. */
    boolean maySee(JsonArray series) {
        return !series.isEmpty() && series.stream().allMatch(each -> maySee(String.valueOf(each)));
    }

    private boolean maySee(String series) {
        Matcher of = SERIES.matcher(series);
        return of.matches() && sees(who, of.group(1), home);
    }

    @Override
    public void replace(Snapshot snapshot) {
        whole.replace(snapshot);
        publish();
    }

    @Override
    public void apply(Change change) {
        whole.apply(change);
        publish();
    }

    private void publish() {
        Change change = feed.update(seen()).orElse(null);
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - saidNanos);
        if (change == null && silence >= Feed.HEARTBEAT_MILLISECONDS / 2) { // The list has said that it is alive.
            change = feed.heartbeat();
        }
        if (change != null) {
            saidNanos = System.nanoTime();
            vertx.eventBus().publish(Addresses.changes(name), change.toJson());
        }
    }

    private JsonObject seen() {
        JsonObject state = whole.state() == null ? new JsonObject() : whole.state();
        JsonObject hosts = new JsonObject();
        int count = 0;
        int live = 0;
        for (Map.Entry<String, Object> host : state.getJsonObject("hosts", new JsonObject())) {
            if (sees(who, host.getKey(), home)) {
                hosts.put(host.getKey(), host.getValue());
                boolean isOther = !host.getKey().equals(home);
                count += isOther ? 1 : 0;
                live += isOther && isLive(host.getValue()) ? 1 : 0;
            }
        }
        JsonObject hub = JsonObject.of("hostCount", count, "liveCount", live);
        JsonObject told = state.getJsonObject("hub", new JsonObject());
        for (String key : new String[] {"isolated", "store"}) {
            if (told.containsKey(key)) {
                hub.put(key, told.getValue(key));
            }
        }
        return JsonObject.of("hosts", hosts, "hub", hub);
    }

    private static boolean isLive(@Nullable Object row) {
        return row instanceof JsonObject host && "live".equals(host.getValue("state"));
    }

    private void reply(Message<JsonObject> request) {
        subscription.ready().onComplete(begun -> {
            if (whole.state() == null) {
                request.fail(UNAVAILABLE, "the list of machines does not answer");
            } else {
                request.reply(feed.snapshot().toJson());
            }
        });
    }

    void close() {
        subscription.close();
        Future<Void> unused = snapshots.unregister();
    }
}
