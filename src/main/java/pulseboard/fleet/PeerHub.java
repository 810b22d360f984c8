package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pulseboard.feed.Change;
import pulseboard.feed.Snapshot;
import pulseboard.link.LinkServer;
import pulseboard.link.OtherHub;

/** One other hub: what is known of it, and how it is asked. Used on the event loop of the links. */
final class PeerHub implements OtherHub {

    private final String name;
    private final Exchange exchange;
    private final LinkServer links;
    private final Set<String> wantedHere = new TreeSet<>();
    private String run = "";
    private long heardNanos;
    private boolean isThere;

    /** Machines that are linked there, with the number of what they said of their boards. */
    private final Map<String, Long> described = new HashMap<>();

    /** Boards of machines that are linked here, and watched there. */
    private Set<String> wantedThere = Set.of();

    PeerHub(String name, Exchange exchange, LinkServer links) {
        this.name = name;
        this.exchange = exchange;
        this.links = links;
    }

    /** Where changes of a board are published. */
    static String subject(String board) {
        return "board." + board.replace('/', '.');
    }

    @Override
    public String name() {
        return name;
    }

    boolean isThere() {
        return isThere;
    }

    long heardNanos() {
        return heardNanos;
    }

    Map<String, Long> described() {
        return described;
    }

    Set<String> wantedThere() {
        return wantedThere;
    }

    void wantsThere(Set<String> boards) {
        wantedThere = boards;
    }

    /** It said something; another run of it knows nothing of the one before. */
    void heard(String itsRun, long nanos) {
        if (!itsRun.equals(run)) {
            described.clear();
            run = itsRun;
        }
        isThere = true;
        heardNanos = nanos;
    }

    /** Nothing comes of it any more. */
    void gone() {
        isThere = false;
        wantedThere = Set.of();
        Set.copyOf(described.keySet()).forEach(id -> lost(id, "hub_lost"));
    }

    /** A machine is not linked there any more. */
    void lost(String machine, String reason) {
        if (described.remove(machine) != null) {
            links.nowhere(machine, name, reason);
        }
    }

    @Override
    public void watch(String source, String board, boolean isWanted) {
        String id = source + "/" + board;
        if (isWanted && wantedHere.add(id)) {
            exchange.subscribe(subject(id), json -> links.changed(source, board, Change.of(json)));
            tellWanted();
        } else if (!isWanted && wantedHere.remove(id)) {
            exchange.unsubscribe(subject(id));
            tellWanted();
        }
    }

    /** Tells it again which of its boards are watched here, where any are: the last time may have been lost. */
    void tellAgain() {
        if (!wantedHere.isEmpty()) {
            tellWanted();
        }
    }

    private void tellWanted() {
        exchange.publish(
                "watch." + exchange.hub(),
                JsonObject.of("hub", exchange.hub(), "at", name, "boards", new JsonArray(List.copyOf(wantedHere))));
    }

    Future<JsonObject> ask(JsonObject question) {
        return exchange.ask("ask." + name, question).compose(PeerHub::orRefusal);
    }

    private static Future<JsonObject> orRefusal(JsonObject answer) {
        String error = answer.getString("error");
        return error == null
                ? Future.succeededFuture(answer)
                : Future.failedFuture(
                        new ReplyException(ReplyFailure.RECIPIENT_FAILURE, answer.getInteger("status", -1), error));
    }

    @Override
    public Future<Snapshot> snapshot(String source, String board) {
        return ask(JsonObject.of("type", "get", "board", source + "/" + board))
                .map(answer -> Snapshot.of(answer.getJsonObject("body")));
    }

    @Override
    public Future<String> past(String source, String board, boolean isOfSeries, JsonObject question) {
        return ask(JsonObject.of("type", isOfSeries ? "series" : "history", "board", source + "/" + board)
                        .put("body", question))
                .map(answer -> answer.getString("text"));
    }
}
