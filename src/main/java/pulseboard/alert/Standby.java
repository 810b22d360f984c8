package pulseboard.alert;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pulseboard.alert.channel.Message;
import pulseboard.feed.Addresses;

/**
 * Where several hubs judge the same machines, one tells of them and the others stand by: they make the same messages and do not send
 * them, and one that takes over sends what the other cannot have told any more. What is told of alerts of this machine itself is not
 * concerned. Used on one context.
 */
final class Standby {

    /** So long after it was due the other one, if it was not there any more, has been missed. */
    private static final long MISSED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final String FLEET = "fleet";

    private final Vertx vertx;
    private final Consumer<Letter> again;
    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Told> told = new ArrayDeque<>();
    private boolean isOn;

    private record Held(Letter letter, long nanos) {}

    private record Told(String channel, Set<String> alerts, long nanos) {}

    /** Sends what was held by {@code again}, when it takes over. */
    Standby(Vertx vertx, Consumer<Letter> again) {
        this.vertx = vertx;
        this.again = again;
        MessageConsumer<Boolean> unused = vertx.eventBus().consumer(Addresses.STANDBY, now -> set(now.body()));
        MessageConsumer<JsonObject> unusedToo =
                vertx.eventBus().consumer(Addresses.TOLD_ELSEWHERE, message -> toldElsewhere(message.body()));
    }

    private void set(boolean now) {
        forget();
        isOn = now;
        if (!now) {
            List<Held> due = new ArrayList<>(held);
            held.clear();
            due.forEach(each -> again.accept(each.letter));
        }
    }

    /** Whether this one is for another hub to send; it is kept for a while. */
    boolean holds(Letter letter) {
        if (!isOn || !isShared(letter.message())) {
            return false;
        }
        forget();
        if (told.stream()
                .noneMatch(each ->
                        each.channel.equals(letter.channel()) && each.alerts.containsAll(alerts(letter.message())))) {
            held.addLast(new Held(letter, System.nanoTime()));
        }
        return true;
    }

    /** It was sent: others need not. */
    void sent(Letter letter) {
        if (isShared(letter.message())) {
            JsonArray alerts = new JsonArray(List.copyOf(alerts(letter.message())));
            vertx.eventBus().publish(Addresses.TOLD, JsonObject.of("channel", letter.channel(), "alerts", alerts));
        }
    }

    private void toldElsewhere(JsonObject message) {
        Set<String> alerts = new HashSet<>();
        message.getJsonArray("alerts", new JsonArray()).forEach(each -> alerts.add(String.valueOf(each)));
        Told now = new Told(message.getString("channel", ""), alerts, System.nanoTime());
        forget();
        told.addLast(now);
        held.removeIf(
                each -> each.letter.channel().equals(now.channel) && alerts.containsAll(alerts(each.letter.message())));
    }

    private void forget() {
        long now = System.nanoTime();
        held.removeIf(each -> now - each.nanos > MISSED_NANOS);
        told.removeIf(each -> now - each.nanos > MISSED_NANOS);
    }

    /** Whether other hubs judge the same: machines, and not this one itself. */
    private static boolean isShared(Message message) {
        return !message.items().isEmpty()
                && message.items().stream()
                        .allMatch(item -> item.board().equals(FLEET)
                                || item.board().contains("/")
                                || item.rule().equals(Presence.MACHINE_OFFLINE));
    }

    private static Set<String> alerts(Message message) {
        Set<String> alerts = new HashSet<>();
        message.items().forEach(item -> alerts.add(item.alertId() + (item.endedAt() == 0 ? "" : " ended")));
        return alerts;
    }
}
