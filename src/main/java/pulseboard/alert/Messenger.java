package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import pulseboard.alert.channel.ChannelFailure;

/**
 * Who is told what, and when. It compares how alerts stand with what each channel knows of them: what differs is told, unless something
 * holds it back, together with what else is to be told within a short time. All times are Unix milliseconds and are told by the caller.
 * What changes is written by {@link #save}; messages may be sent once that is on disk. Not thread-safe.
 */
final class Messenger {

    private static final long FINISHED_KEPT = TimeUnit.DAYS.toMillis(7);
    private static final int MOST_FINISHED = 200;
    private static final long LONGEST_TRY = TimeUnit.MINUTES.toMillis(15);

    private final SavedMap<ToldAlert> told = new SavedMap<>("told", ToldAlert::toJson);
    private final Silences silences = new Silences();
    private final Grouping grouping = new Grouping();
    private final Deliveries deliveries;
    private final Paths paths;
    private final MessageMaker maker;
    private Routing routing = Routing.NOBODY;
    private long latest;

    /**
     * Tells nobody anything yet.
     *
     * @param host the name of the machine
     * @param link where the page shows alerts; empty when its address is not known
     */
    Messenger(String host, String link) {
        deliveries = new Deliveries(host, link, told);
        paths = new Paths(silences, deliveries);
        maker = new MessageMaker(told, grouping, deliveries, paths);
    }

    /** Takes up what {@link #save} wrote: values by key, by the name of their map. */
    void restore(Map<String, Map<String, JsonObject>> maps) {
        told.restore(maps, ToldAlert::of);
        silences.restore(maps);
        grouping.restore(maps);
        deliveries.restore(maps);
    }

    /** Writes what changed since this was done before. */
    void save(Batch batch) {
        told.save(batch);
        silences.save(batch);
        grouping.save(batch);
        deliveries.save(batch);
    }

    /** From now on there are these channels and rules about who is told. */
    void routing(Routing newest, long now) {
        routing = newest;
        paths.routing(newest);
        deliveries.channels(newest.channels(), now);
        for (ToldAlert alert : told.values()) {
            if (alert.known().keySet().retainAll(newest.channels())) {
                told.touch(alert.id());
            }
        }
        tick(now);
    }

    /** Takes what became of alerts. */
    void take(List<Transition> transitions, long now) {
        keepTime(now);
        transitions.forEach(transition -> take(transition, now));
        maker.flush(now);
    }

    private void take(Transition transition, long now) {
        ToldAlert alert = told.get(transition.id());
        if (alert == null) {
            if (transition.kind().isEnd()) {
                return; // Nobody was told that it fires.
            }
            prune(now);
            alert = new ToldAlert(transition.id());
            told.put(transition.id(), alert);
        } else if (alert.isOver() && transition.kind().isEnd()) {
            return;
        }
        alert.apply(transition);
        alert.step(
                transition.at(),
                "rule",
                transition.kind().text() + ": " + alert.alert().getString("text", ""));
        told.touch(alert.id());
        maker.settle(alert, true, now);
    }

    private void prune(long now) {
        List<ToldAlert> finished = told.values().stream()
                .filter(alert -> alert.finishedAt() != 0)
                .sorted(Comparator.comparingLong(ToldAlert::finishedAt))
                .toList();
        for (int i = 0; i < finished.size(); i++) {
            ToldAlert alert = finished.get(i);
            if (finished.size() - i > MOST_FINISHED || now - alert.finishedAt() > FINISHED_KEPT) {
                told.remove(alert.id());
            }
        }
    }

    /** The text and the figures of an alert are others now. */
    void refresh(String id, JsonObject alert) {
        ToldAlert known = told.get(id);
        if (known != null && !known.isOver()) {
            known.refresh(alert);
        }
    }

    /** Does what is due. */
    void tick(long now) {
        keepTime(now);
        silences.expire(now);
        for (ToldAlert alert : List.copyOf(told.values())) {
            if (alert.finishedAt() == 0) {
                maker.escalate(alert, now);
                maker.settle(alert, false, now);
            }
        }
        maker.flush(now);
    }

    /** Nothing waits for a time that is far away only because the clock was put back. */
    private void keepTime(long now) {
        if (now < latest) {
            deliveries.hasten(now + LONGEST_TRY, now + ChannelState.SPAN);
            grouping.hasten(now + TimeUnit.MINUTES.toMillis(1));
        }
        latest = now;
    }

    /** What is to be sent now, each until it is {@link #sent} or {@link #failed}; only after what was {@link #save saved} is on disk. */
    List<Letter> due(long now) {
        return deliveries.due(now);
    }

    /** A message was taken, and this was the answer. */
    void sent(String id, String answer, long now) {
        deliveries.sent(id, answer, now).ifPresent(transition -> take(transition, now));
        tick(now);
    }

    /** A message was not taken. */
    void failed(String id, ChannelFailure failure, long now) {
        deliveries.failed(id, failure, routing.routes(), now).ifPresent(transition -> take(transition, now));
        tick(now);
    }

    /** What another hub was to send is to be sent by this one. */
    void again(Letter letter, long now) {
        deliveries.again(letter, now);
    }

    /** When there is something to do next; {@link Long#MAX_VALUE} when there is nothing. */
    long nextAt(long now) {
        return Math.min(maker.nextAt(now), silences.nextAt());
    }

    /**
     * Nobody is told of these alerts for a while.
     *
     * @throws IllegalArgumentException when that cannot be; the message says how to mend it
     */
    void silence(Silence silence, long now) {
        silences.add(silence);
        tick(now);
    }

    /** Ends a silence; whether there was one. */
    boolean unsilence(String id, long now) {
        boolean wasThere = silences.remove(id);
        tick(now);
        return wasThere;
    }

    /** Until when silences hold back an alert that stands so on the board; empty when none does. */
    OptionalLong silencedUntil(JsonObject alert, long now) {
        return silences.hold(alert, now).stream().mapToLong(Held::until).findFirst();
    }

    /** In how many messages an alert was. */
    int messageCount(String id) {
        ToldAlert alert = told.get(id);
        return alert == null ? 0 : alert.messages();
    }

    /** Why somebody was told of an alert, or was not: each step with its time; empty when there is no such alert. */
    Optional<JsonObject> why(String id, long now) {
        return Optional.ofNullable(told.get(id)).map(alert -> paths.why(alert, now));
    }

    /** Silences for the board, by id. */
    JsonObject silencesOnBoard() {
        return silences.toBoard();
    }

    /** How channels do, for the board, by name. */
    JsonObject channelsOnBoard() {
        return deliveries.toBoard();
    }

    /** What waits to be sent, and what was given up. */
    JsonObject outbox() {
        return deliveries.outbox();
    }
}
