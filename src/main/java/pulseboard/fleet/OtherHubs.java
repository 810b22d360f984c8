package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.link.LinkServer;

/**
 * What this hub and the others tell each other: each 2 s the machines that are linked to it, with their figures and how old those are;
 * and which boards of the others are watched here. A hub of which nothing came for 7 s is not there. Of two links of one machine the
 * one that began later counts. Used on the event loop of the links.
 */
final class OtherHubs {

    private static final Logger LOG = LoggerFactory.getLogger(OtherHubs.class);
    private static final long THERE_NANOS = TimeUnit.SECONDS.toNanos(7);

    /** So long the machines of a hub that is gone have to come to another one, before anybody calls them offline. */
    private static final long MOVING_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A hub that was taken away for good. */
    private static final long FORGOTTEN_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Exchange exchange;
    private final Map<String, Tracked> tracked;
    private final Predicate<String> isLetIn;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, PeerHub> peers = new TreeMap<>();
    private boolean isStandby;
    private boolean isNameTold;

    @SuppressWarnings("NullAway.Init") // These are set by start(), before anything else runs.
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    private LinkServer links;

    @SuppressWarnings("NullAway.Init")
    private AskedByHubs asked;

    /**
     * Hears nothing yet.
     *
     * @param tracked all machines; what other hubs tell of theirs is noted there
     * @param isLetIn whether a machine may be linked anywhere
     */
    OtherHubs(Exchange exchange, Map<String, Tracked> tracked, Predicate<String> isLetIn) {
        this.exchange = exchange;
        this.tracked = tracked;
        this.isLetIn = isLetIn;
    }

    /** Begins to listen. */
    void start(Vertx on, LinkServer server) {
        vertx = on;
        links = server;
        exchange.begin(vertx);
        asked = new AskedByHubs(vertx, exchange, links);
        exchange.subscribe("fleet.*", this::heard);
        exchange.subscribe("watch.*", this::watched);
        exchange.subscribe("told.*", told -> {
            if (!exchange.hub().equals(told.getString("hub"))) {
                vertx.eventBus().publish(Addresses.TOLD_ELSEWHERE, told);
            }
        });
        MessageConsumer<JsonObject> unused = vertx.eventBus()
                .consumer(
                        Addresses.TOLD,
                        told -> exchange.publish(
                                "told." + exchange.hub(), told.body().copy().put("hub", exchange.hub())));
    }

    /** Whether what all hubs share can be changed. */
    boolean isWritable() {
        return exchange.isConnected() && exchange.isWritable();
    }

    /** Tries that. */
    Future<?> probe() {
        return vertx.executeBlocking(() -> {
            exchange.probe();
            return "";
        });
    }

    /** Whether nobody can know here how machines do that are linked to this hub: others are not heard, or it has just gone. */
    boolean isUnsure(String hub, long nanos) {
        PeerHub peer = peers.get(hub);
        return !hub.isEmpty()
                && (!exchange.isConnected()
                        || (peer != null && !peer.isThere() && nanos - peer.heardNanos() < MOVING_NANOS));
    }

    /**
     * Looks who is there, and tells all of the machines that are linked here, or were last.
     *
     * @return each hub for the board, with its state and how many machines are linked there
     */
    JsonObject tell(long nanos) {
        peers.values().removeIf(peer -> !peer.isThere() && nanos - peer.heardNanos() > FORGOTTEN_NANOS);
        for (PeerHub peer : peers.values()) {
            if (peer.isThere() && nanos - peer.heardNanos() > THERE_NANOS) {
                LOG.warn("The hub {} is not heard of", peer.name());
                peer.gone();
            } else if (peer.isThere()) {
                peer.tellAgain();
            }
        }
        JsonObject ours = ours(nanos);
        exchange.publish("fleet." + exchange.hub(), JsonObject.of("hub", exchange.hub(), "run", run, "hosts", ours));
        forward();
        judge();
        return nodes();
    }

    private JsonObject ours(long nanos) {
        JsonObject ours = new JsonObject();
        tracked.forEach((id, one) -> {
            if (one.hub.isEmpty() && one.isEverHeard()) {
                ours.put(
                        id,
                        one.told(nanos)
                                .put("lastedMilliseconds", links.lastedMilliseconds(id))
                                .put("descriptions", links.descriptions(id)));
            }
        });
        return ours;
    }

    /** Of all that are there the first by name tells of alerts; the others stand by. */
    private void judge() {
        boolean now = exchange.isConnected()
                && peers.values().stream()
                        .anyMatch(peer -> peer.isThere() && peer.name().compareTo(exchange.hub()) < 0);
        if (now != isStandby) {
            isStandby = now;
            LOG.info("{} tells of alerts of machines", now ? "Another hub" : "This hub");
            vertx.eventBus().publish(Addresses.STANDBY, now);
        }
    }

    private JsonObject nodes() {
        long here = tracked.keySet().stream().filter(links::isLinkedHere).count();
        JsonObject nodes = JsonObject.of(exchange.hub(), node(true, here));
        peers.forEach((name, peer) ->
                nodes.put(name, node(peer.isThere(), peer.described().size())));
        return nodes;
    }

    private static JsonObject node(boolean isThere, long agentCount) {
        return JsonObject.of("state", isThere ? "live" : "gone", "agentCount", agentCount);
    }

    private void heard(JsonObject message) {
        String name = message.getString("hub", "");
        String itsRun = message.getString("run", "");
        if (name.equals(exchange.hub())) {
            tellOfName(itsRun);
        } else if (NatsConfig.isName(name)) {
            PeerHub peer = peers.computeIfAbsent(name, missing -> new PeerHub(name, exchange, links));
            if (!peer.isThere()) {
                LOG.info("The hub {} is there", name);
            }
            peer.heard(itsRun, System.nanoTime());
            heard(peer, message.getJsonObject("hosts", new JsonObject()));
        }
    }

    private void tellOfName(String itsRun) {
        if (!itsRun.equals(run) && !isNameTold) {
            isNameTold = true;
            LOG.error("Another hub is called {}, too: set nats.hubName on one of them", exchange.hub());
        }
    }

    private void heard(PeerHub peer, JsonObject hosts) {
        for (String id : hosts.fieldNames()) {
            if (BoardId.isSource(id) && isLetIn.test(id)) {
                heard(peer, id, Elsewhere.of(peer.name(), hosts.getJsonObject(id)));
            }
        }
        for (String id : Set.copyOf(peer.described().keySet())) {
            if (!hosts.containsKey(id)) {
                peer.lost(id, "link_lost");
            }
        }
    }

    /** Of two links the newer counts; the other may be half open for long, or its hub stood still meanwhile. */
    private void heard(PeerHub peer, String id, Elsewhere told) {
        long here = links.lastedMilliseconds(id);
        if (here >= 0 && (!told.isLinked() || here <= told.lastedMilliseconds())) {
            peer.described().remove(id);
            return;
        }
        tracked.computeIfAbsent(id, missing -> new Tracked())
                .heardElsewhere(told, System.nanoTime(), System.currentTimeMillis());
        if (!told.isLinked()) {
            peer.lost(id, told.ended().isEmpty() ? "link_lost" : told.ended());
        } else if (!Long.valueOf(told.descriptions()).equals(peer.described().get(id))) {
            describe(peer, id, told.descriptions());
        }
    }

    private void describe(PeerHub peer, String id, long number) {
        peer.described().put(id, number);
        peer.ask(JsonObject.of("type", "describe", "machine", id))
                .onSuccess(answer -> {
                    long there = answer.getLong("lastedMilliseconds", -1L);
                    long here = links.lastedMilliseconds(id); // It may have come here meanwhile.
                    if (there >= 0
                            && (here < 0 || there < here)
                            && peer.described().containsKey(id)) {
                        links.elsewhere(id, peer, answer.getJsonObject("body"));
                    }
                })
                .onFailure(failure -> peer.described().remove(id)); // The next message asks again.
    }

    /** Which boards of machines that are linked here are watched at another hub. */
    private void watched(JsonObject message) {
        PeerHub peer = peers.get(message.getString("hub", ""));
        if (peer != null && exchange.hub().equals(message.getString("at"))) {
            Set<String> wanted = new HashSet<>();
            message.getJsonArray("boards", new JsonArray()).forEach(board -> wanted.add((String) board));
            peer.wantsThere(wanted);
            forward();
        }
    }

    private void forward() {
        Set<String> wanted = new TreeSet<>();
        peers.values().forEach(peer -> wanted.addAll(peer.wantedThere()));
        asked.forward(wanted);
    }
}
