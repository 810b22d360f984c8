package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import pulseboard.alert.channel.ChannelFailure;
import pulseboard.alert.channel.Message;

/**
 * A messenger with a disk, channels that may be away, and a clock that jumps from one thing to do to the next. It can be killed at each
 * write, just before it is on disk or just after.
 */
final class MessengerRun {

    /** Something that is done at a time. */
    interface Deed {
        void on(MessengerRun run);
    }

    /** A message that a channel took, or did not. */
    record Delivery(long at, String channel, Message message, boolean isTaken) {}

    /** The program is gone. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final ZoneId zone;
    private final JsonObject parts;
    private final List<String> channels;
    private final Map<String, LongPredicate> away = new HashMap<>();
    private final TreeMap<Long, List<Deed>> script = new TreeMap<>();
    private final Map<String, Map<String, String>> disk = new HashMap<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private Messenger messenger = new Messenger("web1", "");
    private int commits;
    private int killAt = -1;
    private boolean isKilledBefore;
    private boolean isRestarted = true;
    private long now;

    MessengerRun(ZoneId zone, JsonObject parts, String... channels) {
        this.zone = zone;
        this.parts = parts;
        this.channels = List.of(channels);
    }

    MessengerRun away(String channel, LongPredicate when) {
        away.put(channel, when);
        return this;
    }

    MessengerRun at(long time, Deed deed) {
        script.computeIfAbsent(time, missing -> new ArrayList<>()).add(deed);
        return this;
    }

    /** Kills it at this write, once. */
    MessengerRun killAt(int commit, boolean isBefore) {
        killAt = commit;
        isKilledBefore = isBefore;
        return this;
    }

    int commits() {
        return commits;
    }

    long now() {
        return now;
    }

    Messenger messenger() {
        return messenger;
    }

    /** As after the end of the program; what is on disk counts. */
    void restart() {
        isRestarted = true;
    }

    /** Until nothing is left to do, or until this time. */
    MessengerRun until(long end) {
        while (true) {
            try {
                if (isRestarted) {
                    begin();
                }
                long next = Math.min(next(), script.isEmpty() ? Long.MAX_VALUE : script.firstKey());
                if (next > end) {
                    return this;
                }
                now = Math.max(now, next);
                step();
            } catch (Killed e) {
                isRestarted = true;
            }
        }
    }

    private long next() {
        long next = messenger.nextAt(now);
        if (next <= now) {
            throw new IllegalStateException(
                    "there is nothing to do at " + now + ", and it wants to be woken at " + next);
        }
        return next;
    }

    private void begin() {
        messenger = restored();
        isRestarted = false;
        messenger.routing(Routing.of(parts, channels), now);
        commit();
        send();
    }

    /** What is on disk says all of what is there. */
    void assertRestored() {
        Messenger restored = restored();
        assertEquals(messenger.outbox(), restored.outbox());
        assertEquals(messenger.silencesOnBoard(), restored.silencesOnBoard());
        assertEquals(messenger.channelsOnBoard(), restored.channelsOnBoard());
        restored.routing(Routing.of(parts, channels), now);
        messenger.tick(now);
        assertEquals(messenger.nextAt(now), restored.nextAt(now));
        disk.getOrDefault("told", Map.of())
                .keySet()
                .forEach(id -> assertEquals(messenger.why(id, now), restored.why(id, now)));
    }

    private Messenger restored() {
        Map<String, Map<String, JsonObject>> kept = new HashMap<>();
        disk.forEach((name, map) -> {
            Map<String, JsonObject> values = new TreeMap<>();
            map.forEach((key, value) -> values.put(key, new JsonObject(value)));
            kept.put(name, values);
        });
        Messenger restored = new Messenger("web1", "");
        restored.restore(kept);
        return restored;
    }

    private void step() {
        List<Deed> deeds = script.getOrDefault(now, List.of());
        while (!deeds.isEmpty()) {
            deeds.get(0).on(this);
            if (!isRestarted) {
                commit();
            }
            deeds.remove(0); // What is not on disk is done again.
            if (isRestarted) {
                begin();
            }
        }
        script.remove(now);
        messenger.tick(now);
        commit();
        send();
    }

    private void send() {
        List<Letter> due = messenger.due(now);
        while (!due.isEmpty()) {
            for (Letter letter : due) {
                boolean isTaken =
                        !away.getOrDefault(letter.channel(), time -> false).test(now);
                deliveries.add(new Delivery(now, letter.channel(), letter.message(), isTaken));
                String id = letter.message().id();
                if (isTaken) {
                    messenger.sent(id, "250 OK", now);
                } else {
                    messenger.failed(id, new ChannelFailure("connection refused", false, 0), now);
                }
                commit();
            }
            due = messenger.due(now);
        }
    }

    private void commit() {
        Batch batch = new Batch();
        messenger.save(batch);
        if (batch.isEmpty()) {
            return;
        }
        commits++;
        if (commits == killAt && isKilledBefore) {
            throw new Killed();
        }
        for (Batch.Write write : batch.writes()) {
            Map<String, String> map = disk.computeIfAbsent(write.map(), missing -> new TreeMap<>());
            @Nullable String value = write.value();
            if (value == null) {
                map.remove(write.key());
            } else {
                map.put(write.key(), value);
            }
        }
        if (commits == killAt && !isKilledBefore) {
            throw new Killed();
        }
    }

    /** Each try, taken or not. */
    List<Delivery> tries() {
        return deliveries;
    }

    /** What receivers got that drop a message which they have already. */
    List<Delivery> received() {
        Set<String> ids = new HashSet<>();
        return deliveries.stream()
                .filter(each -> each.isTaken()
                        && ids.add(each.channel() + each.message().id()))
                .toList();
    }

    /** The same, a line each; of one time by channel, in the order of each. */
    String lines() {
        StringBuilder lines = new StringBuilder();
        List<Delivery> received = received().stream()
                .sorted(Comparator.comparingLong(Delivery::at).thenComparing(Delivery::channel))
                .toList();
        received.forEach(each -> lines.append(clock(each.at()))
                .append(' ')
                .append(each.channel())
                .append(' ')
                .append(each.message().kind())
                .append(' ')
                .append(each.message().level())
                .append(": ")
                .append(each.message().subject())
                .append('\n'));
        return lines.toString();
    }

    private String clock(long time) {
        return DateTimeFormatter.ofPattern("EE HH:mm:ss", Locale.ROOT)
                .format(Instant.ofEpochMilli(time).atZone(zone));
    }
}
