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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.FeedPublisher;
import pulseboard.link.LinkConfig;
import pulseboard.link.LinkFollower;
import pulseboard.link.LinkGreeting;
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
    private static final int PROBE_EVERY = 5;
    private static final long NOTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FleetRows rows;
    private final Liveness liveness;
    private final Isolation isolation = new Isolation();
    private final Doorkeeper doorkeeper;
    private final Consumer<Map<String, String>> groups;
    private final FleetActions actions;
    private final Map<String, Tracked> tracked = new HashMap<>();
    private final @Nullable OtherHubs others;
    private final OwnMachine own = new OwnMachine();
    private final long begunNanos = System.nanoTime();
    private Registry registry = Registry.NONE;
    private boolean isReadable = true;
    private long notedNanos = begunNanos;

    /** Linked, and not in the registry yet. */
    private final Set<String> fresh = new HashSet<>();

    private long ticks;
    private final boolean isSummary;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    private LinkServer links;

    @SuppressWarnings("NullAway.Init")
    private FeedPublisher publisher;

    @SuppressWarnings("NullAway.Init")
    private Backfill backfill;

    /**
     * Makes it; it begins with the links.
     *
     * @param actions what administrators may do
     * @param groups is told, whenever that is new, which group each machine is in
     */
    public Fleet(LinkConfig config, FleetActions actions, Consumer<Map<String, String>> groups, Hub self) {
        Exchange exchange = self.exchange();
        this.rows = new FleetRows(self.machine(), self.name());
        this.others = exchange == null ? null : new OtherHubs(exchange, tracked, id -> registry.isLetIn(id));
        this.liveness = new Liveness(TimeUnit.SECONDS.toNanos(config.offlineSeconds()));
        this.isSummary = config.keep().equals(LinkConfig.SUMMARY);
        this.doorkeeper = actions.doorkeeper();
        this.groups = groups;
        this.actions = actions;
    }

    @Override
    public Future<?> start(Vertx on, LinkServer server) {
        vertx = on;
        links = server;
        backfill = new Backfill(vertx, links, isSummary);
        publisher = new FeedPublisher(vertx, FleetInfo.INFO);
        actions.serve(vertx, publisher, this::look);
        own.follow(vertx);
        if (others != null) {
            others.start(vertx, links);
        }
        return look().compose(read -> publisher.ready()).onSuccess(ready -> {
            publish();
            again();
        });
    }

    private void again() {
        vertx.setTimer(
                LOOK_MILLISECONDS,
                id -> look().onComplete(looked -> {
                    backfill.look(System.currentTimeMillis());
                    if (++ticks % PUBLISH_EVERY == 0) {
                        publish();
                    }
                    if (others != null && ticks % PROBE_EVERY == 0) {
                        others.probe().onFailure(failure -> LOG.warn("NATS was not asked", failure));
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
        heard.forEach((id, each) -> last.put(id, each.note(id)));
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
        own.row(rows).ifPresent(row -> hosts.put(OwnMachine.HOST, row));
        int live = 0;
        for (Map.Entry<String, Host> each : registry.hosts().entrySet()) {
            Tracked one = tracked.computeIfAbsent(each.getKey(), missing -> new Tracked());
            move(one, each.getValue(), isIsolated, began);
            live += one.state == Liveness.State.LIVE ? 1 : 0;
            hosts.put(each.getKey(), rows.of(one, each.getValue(), figures(each.getKey(), one), began));
        }
        JsonObject hub = JsonObject.of("hostCount", registry.hosts().size(), "liveCount", live)
                .put("isolated", isIsolated)
                .mergeIn(backfill.counts())
                .put("store", isReadable && (others == null || others.isWritable()) ? "ok" : "read-only");
        Optional.ofNullable(others).ifPresent(each -> hub.put("nodes", each.tell(began)));
        publisher.publish(JsonObject.of("hosts", hosts, "hub", hub));
        publisher.ticked(System.nanoTime() - began);
    }

    private void move(Tracked one, Host host, boolean isIsolated, long nanos) {
        Liveness.State next = host.isLetIn() ? liveness.state(one.seen(), begunNanos, nanos) : Liveness.State.REFUSED;
        boolean isSilent = next == Liveness.State.LATE || next == Liveness.State.OFFLINE;
        boolean isUnsure = isSilent && (isIsolated || (others != null && others.isUnsure(one.hub, nanos)));
        Liveness.State told = isUnsure ? Liveness.State.UNKNOWN : next;
        one.become(told, System.currentTimeMillis());
    }

    /** Those of now; none of a machine of which nothing is heard. */
    private JsonObject figures(String id, Tracked one) {
        if (one.state != Liveness.State.LIVE && one.state != Liveness.State.LATE) {
            one.figures = FleetRows.NOTHING;
            one.isFresh = true; // When it is back.
        } else if (one.isFresh && one.hub.isEmpty()) {
            one.isFresh = false;
            JsonObject state = links.state(id, OwnMachine.HOST);
            one.figures = (state == null ? new JsonObject() : Row.of(state))
                    .mergeIn(OwnAlerts.counts(links.state(id, OwnAlerts.BOARD)), false);
        }
        return one.figures;
    }

    @Override
    public Future<?> stop() {
        return note().otherwiseEmpty();
    }

    @Override
    public Optional<ActionRefusal> refusal(String source) {
        return registry.refusal(source);
    }

    @Override
    public void linked(String source, LinkGreeting greeting) {
        Tracked one = tracked.computeIfAbsent(source, missing -> new Tracked());
        one.version = greeting.version();
        one.clockSkewMilliseconds = greeting.clockSkewMilliseconds();
        one.page = greeting.page();
        backfill.linked(source, one.heardAt, greeting.clockSkewMilliseconds());
        if (!registry.hosts().containsKey(source)) {
            fresh.add(source); // A thousand may come at once.
        }
    }

    @Override
    public boolean follows(String board) {
        return board.equals(OwnMachine.HOST) || board.equals(OwnAlerts.BOARD);
    }

    @Override
    public void heard(String source, String board, int bytes) {
        Tracked one = tracked.get(source);
        if (one != null) {
            if (one.heardAt == 0) {
                notedNanos = begunNanos - NOTE_NANOS; // Whoever has just joined it looks whether it is there.
            }
            one.heard(System.nanoTime(), System.currentTimeMillis(), bytes);
            one.isFresh |= follows(board);
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
            vertx.executeBlocking(() -> doorkeeper.file().update(before -> before.forget(source)))
                    .onSuccess(this::take)
                    .onFailure(failure -> LOG.warn("{} stays in the list: {}", source, failure.getMessage()));
        }
    }
}
