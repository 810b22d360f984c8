package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.Replica;
import pulseboard.link.LinkConfig;
import pulseboard.link.LinkFollower;
import pulseboard.link.LinkServer;

/**
 * Owns the board {@code fleet}: each machine that is in the registry, how it stands, and some figures of it; this machine, too. Looks
 * each second, and publishes every other. Nothing is subscribed for a machine: what came of it is known where its link is. Used on
 * the event loop of the links.
 */
public final class Fleet implements LinkFollower {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final long LOOK_MILLISECONDS = 1_000;
    private static final int PUBLISH_EVERY = 2;
    private static final long NOTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String HOST = "host";

    private final FleetRows rows;
    private final Liveness liveness;
    private final Isolation isolation = new Isolation();
    private final Doorkeeper doorkeeper;
    private final Consumer<Map<String, String>> groups;
    private final FleetActions actions;
    private final Map<String, Tracked> tracked = new HashMap<>();
    private final Replica own = new Replica();
    private final long begunNanos = System.nanoTime();
    private Registry registry = Registry.NONE;
    private boolean isReadable = true;
    private long notedNanos = begunNanos;

    /** Linked, and not in the registry yet. */
    private final Set<String> fresh = new HashSet<>();

    private long ticks;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    private LinkServer links;

    @SuppressWarnings("NullAway.Init")
    private FeedPublisher publisher;

    /**
     * Makes it; it begins with the links.
     *
     * @param actions what administrators may do
     * @param groups is told, whenever that is new, which group each machine is in
     * @param own what this machine is called
     */
    public Fleet(LinkConfig config, FleetActions actions, Consumer<Map<String, String>> groups, String own) {
        this.rows = new FleetRows(own);
        this.liveness = new Liveness(TimeUnit.SECONDS.toNanos(config.offlineSeconds()));
        this.doorkeeper = actions.doorkeeper();
        this.groups = groups;
        this.actions = actions;
    }

    @Override
    public Future<?> start(Vertx on, LinkServer server) {
        vertx = on;
        links = server;
        publisher = new FeedPublisher(vertx, FleetInfo.INFO);
        actions.serve(vertx, publisher, this::look);
        FeedSubscription unused = new FeedSubscription(vertx, HOST, own);
        return look().compose(read -> publisher.ready()).onSuccess(ready -> {
            publish();
            again();
        });
    }

    private void again() {
        vertx.setTimer(
                LOOK_MILLISECONDS,
                id -> look().onComplete(looked -> {
                    if (++ticks % PUBLISH_EVERY == 0) {
                        publish();
                    }
                    again();
                }));
    }

    /** Takes what the registry is by now: the command line may have changed it. */
    private Future<?> look() {
        boolean isNoting = !fresh.isEmpty() || System.nanoTime() - notedNanos > NOTE_NANOS;
        Future<Registry> read = isNoting ? note() : vertx.executeBlocking(doorkeeper.file()::read);
        return read.onSuccess(this::take).recover(failure -> {
            if (isReadable) {
                LOG.warn("The list of machines stays as it was: {}", failure.getMessage());
            }
            isReadable = false;
            return Future.succeededFuture();
        });
    }

    /** Writes down who is new, and when machines were last heard of, so that it is known after a restart: all at once. */
    private Future<Registry> note() {
        notedNanos = System.nanoTime();
        Map<String, Tracked> heard = new HashMap<>(tracked);
        heard.values().removeIf(each -> each.isNoted);
        Set<String> added = Set.copyOf(fresh);
        if (heard.isEmpty() && added.isEmpty()) {
            return vertx.executeBlocking(doorkeeper.file()::read);
        }
        fresh.clear();
        Map<String, Host> last = new HashMap<>();
        heard.forEach((id, each) -> {
            each.isNoted = true;
            last.put(id, Host.added(id, "", "", 0).heard(each.heardAt, each.version));
        });
        long now = System.currentTimeMillis();
        return vertx.executeBlocking(() -> doorkeeper
                        .file()
                        .update(before -> before.linked(added, now).heard(last)))
                .onFailure(failure -> fresh.addAll(added));
    }

    @SuppressWarnings("ReferenceEquality") // The same while nobody has changed it.
    private void take(Registry now) {
        isReadable = true;
        if (now == registry) {
            return;
        }
        for (String id : registry.hosts().keySet()) {
            if (!now.hosts().containsKey(id)) {
                links.shutOut(id, id + " was removed here");
                tracked.remove(id);
            }
        }
        registry = now;
        Map<String, String> all = new HashMap<>();
        now.hosts().forEach((id, host) -> {
            all.put(id, host.group());
            Tracked one = tracked.computeIfAbsent(id, missing -> new Tracked());
            one.heardAt = Math.max(one.heardAt, host.heardAt());
            if (!host.isLetIn()) {
                links.shutOut(id, id + " is not let in by an administrator");
            }
        });
        groups.accept(all);
    }

    private void publish() {
        long began = System.nanoTime();
        boolean isIsolated = isolation.look(
                tracked.values().stream()
                        .filter(Tracked::isExpected)
                        .mapToLong(Tracked::heardNanos)
                        .toArray(),
                began);
        JsonObject hosts = new JsonObject();
        JsonObject ours = own.state();
        if (ours != null) {
            hosts.put(HOST, rows.own(ours));
        }
        int live = 0;
        for (Map.Entry<String, Host> each : registry.hosts().entrySet()) {
            Tracked one = tracked.computeIfAbsent(each.getKey(), missing -> new Tracked());
            move(one, each.getValue(), isIsolated, began);
            live += one.state == Liveness.State.LIVE ? 1 : 0;
            hosts.put(each.getKey(), rows.of(one, each.getValue(), figures(each.getKey(), one), began));
        }
        JsonObject hub = JsonObject.of("hostCount", registry.hosts().size(), "liveCount", live)
                .put("isolated", isIsolated)
                .put("store", isReadable ? "ok" : "read-only");
        publisher.publish(JsonObject.of("hosts", hosts, "hub", hub));
        publisher.ticked(System.nanoTime() - began);
    }

    private void move(Tracked one, Host host, boolean isIsolated, long nanos) {
        Liveness.State next = host.isLetIn() ? liveness.state(one.seen(), begunNanos, nanos) : Liveness.State.REFUSED;
        boolean isUnsure = isIsolated && (next == Liveness.State.LATE || next == Liveness.State.OFFLINE);
        Liveness.State told = isUnsure ? Liveness.State.UNKNOWN : next;
        if (told != one.state || one.since == 0) {
            one.state = told;
            boolean isSilent = told == Liveness.State.LATE || told == Liveness.State.OFFLINE;
            one.since = isSilent && one.heardAt > 0 ? one.heardAt : System.currentTimeMillis();
        }
    }

    /** Those of now; none of a machine of which nothing is heard. */
    private JsonObject figures(String id, Tracked one) {
        if (one.state != Liveness.State.LIVE && one.state != Liveness.State.LATE) {
            one.figures = FleetRows.NOTHING;
            one.isFresh = true; // When it is back.
        } else if (one.isFresh) {
            one.isFresh = false;
            JsonObject state = links.state(id, HOST);
            one.figures = state == null ? FleetRows.NOTHING : Row.of(state);
        }
        return one.figures;
    }

    @Override
    public Future<?> stop() {
        return note().otherwiseEmpty();
    }

    @Override
    public Optional<ActionRefusal> refusal(String source) {
        Host host = registry.hosts().get(source);
        if (host == null || host.isLetIn()) {
            return Optional.empty();
        }
        String why = host.isRefused()
                ? "an administrator of the other machine has shut out " + source
                : source + " waits for an administrator of the other machine to approve it";
        return Optional.of(new ActionRefusal(403, "host_refused", why));
    }

    @Override
    public void linked(String source, String version, long clockSkewMilliseconds) {
        Tracked one = tracked.computeIfAbsent(source, missing -> new Tracked());
        one.version = version;
        one.clockSkewMilliseconds = clockSkewMilliseconds;
        if (!registry.hosts().containsKey(source)) {
            fresh.add(source); // A thousand may come at once.
        }
    }

    private void change(UnaryOperator<Registry> change) {
        vertx.executeBlocking(() -> doorkeeper.file().update(change))
                .onSuccess(this::take)
                .onFailure(failure -> LOG.warn("The list of machines stays as it was: {}", failure.getMessage()));
    }

    @Override
    public void heard(String source, String board, int bytes) {
        Tracked one = tracked.get(source);
        if (one != null) {
            one.heard(System.nanoTime(), System.currentTimeMillis(), bytes);
            one.isFresh |= board.equals(HOST);
        }
    }

    @Override
    public void resynced(String source) {
        Tracked one = tracked.get(source);
        if (one != null) {
            one.resynced();
        }
    }

    @Override
    public void replaced(String source) {
        Tracked one = tracked.get(source);
        if (one != null) {
            one.replaced(System.nanoTime());
        }
    }

    @Override
    public void ended(String source, String reason) {
        Tracked one = tracked.get(source);
        if (one != null) {
            one.ended(System.nanoTime(), reason);
            notedNanos = begunNanos - NOTE_NANOS; // Soon.
        }
    }

    @Override
    public void revoked(String source) {
        Host host = registry.hosts().get(source);
        if (host != null && host.machine().isEmpty()) {
            change(before -> before.forget(source));
        }
    }
}
