package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pulseboard.alert.channel.ChannelFailure;
import pulseboard.alert.channel.Message;

/**
 * Messages that are not delivered yet, and those that were given up. A channel has one under way at a time; one that is about the same
 * alert as an earlier one waits for that. Not thread-safe.
 */
final class Outbox {

    private static final int MOST_DEAD = 1_000;

    private final SavedMap<Letter> letters = new SavedMap<>("outbox", Letter::toJson);
    private final SavedMap<JsonObject> dead = new SavedMap<>("dead", JsonObject::copy);
    private final Set<String> underWay = new HashSet<>();
    private long number;

    /** From now on this is to be sent. */
    void add(String channel, Message message, long now) {
        letters.put(message.id(), new Letter(channel, message, ++number, 0, now, now, ""));
    }

    /** What is to be sent now, which then is under way. */
    List<Letter> due(long now) {
        List<Letter> due = new ArrayList<>();
        for (String channel : channels()) {
            free(channel)
                    .filter(letter -> letter.nextAt() <= now)
                    .min(Comparator.comparingLong(Letter::number))
                    .ifPresent(due::add);
        }
        due.forEach(letter -> underWay.add(letter.message().id()));
        return due;
    }

    /** When the next one is to be sent. */
    long nextAt() {
        return channels().stream()
                .flatMap(this::free)
                .mapToLong(Letter::nextAt)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private List<String> channels() {
        return letters.values().stream()
                .map(Letter::channel)
                .distinct()
                .sorted()
                .toList();
    }

    private List<Letter> of(String channel) {
        return letters.values().stream()
                .filter(letter -> letter.channel().equals(channel))
                .sorted(Comparator.comparingLong(Letter::number))
                .toList();
    }

    /** Those of a channel that wait for nothing but their time. */
    private Stream<Letter> free(String channel) {
        List<Letter> all = of(channel);
        if (all.stream().anyMatch(this::isUnderWay)) {
            return Stream.empty();
        }
        return all.stream()
                .filter(letter ->
                        all.stream().noneMatch(other -> other.number() < letter.number() && other.shares(letter)));
    }

    private boolean isUnderWay(Letter letter) {
        return underWay.contains(letter.message().id());
    }

    /** It was taken. */
    Optional<Letter> sent(String id) {
        underWay.remove(id);
        return Optional.ofNullable(letters.remove(id));
    }

    /** It was not taken; {@link Letter#tries()} of what is returned says how often, and {@link #isWaiting} whether it is tried again. */
    Optional<Letter> failed(String id, ChannelFailure failure, long now) {
        underWay.remove(id);
        Letter letter = letters.get(id);
        if (letter == null) {
            return Optional.empty();
        }
        long retryAfter = TimeUnit.SECONDS.toMillis(Math.max(0, Math.min(failure.retryAfterSeconds(), 1_000_000)));
        Letter next = letter.failed(String.valueOf(failure.getMessage()), retryAfter, now);
        if (failure.isForGood() || next.isTooOld(now)) {
            giveUp(next, now);
        } else {
            letters.put(id, next);
        }
        return Optional.of(next);
    }

    boolean isWaiting(String id) {
        return letters.get(id) != null;
    }

    private void giveUp(Letter letter, long now) {
        letters.remove(letter.message().id());
        dead.put(letter.message().id(), letter.toJson().put("diedAt", now));
        if (dead.size() > MOST_DEAD) {
            dead.remove(dead.entries().stream()
                    .min(Comparator.comparingLong(each -> each.getValue().getLong("diedAt", 0L)))
                    .orElseThrow()
                    .getKey());
        }
    }

    /** The channel is there no more. */
    void drop(String channel, long now) {
        String reason = "there is no channel " + channel + " any more";
        of(channel).forEach(letter -> giveUp(letter.failed(reason, 0, now), now));
    }

    /** The channel works again: what waits for it is sent now. */
    void hasten(String channel, long now) {
        of(channel).forEach(letter -> letters.put(letter.message().id(), letter.by(now)));
    }

    /** None waits longer than this, such as after the clock was put back. */
    void hasten(long latest) {
        letters.entries().forEach(each -> {
            if (each.getValue().nextAt() > latest) {
                letters.put(each.getKey(), each.getValue().by(latest));
            }
        });
    }

    /**
     * What a later message says of an alert is not said by an earlier one that nobody got: where both the beginning and the end of an
     * alert wait, the end says both.
     *
     * @param isTold whether the channel took a message that an alert fires
     */
    void settle(String channel, Predicate<String> isTold) {
        List<Letter> all = of(channel);
        for (Letter earlier : all) {
            if (isUnderWay(earlier)) {
                continue;
            }
            List<Message.Item> rest = new ArrayList<>(earlier.message().items());
            for (Letter later : all) {
                if (later.number() > earlier.number()
                        && rest.removeIf(item -> item.endedAt() == 0 && later.has(item.alertId()))) {
                    reword(later.message().id(), isTold);
                }
            }
            if (rest.isEmpty()) {
                letters.remove(earlier.message().id());
            } else if (rest.size() < earlier.message().items().size()) {
                letters.put(earlier.message().id(), earlier.with(Wording.with(earlier.message(), rest)));
            }
        }
    }

    private void reword(String id, Predicate<String> isTold) {
        Letter letter = letters.require(id);
        List<Message.Item> items = letter.message().items().stream()
                .map(item -> item.endedAt() == 0 || isTold.test(item.alertId()) ? item : Wording.was(item))
                .toList();
        letters.put(id, letter.with(Wording.with(letter.message(), items)));
    }

    /** How many wait for a channel. */
    int waiting(String channel) {
        return of(channel).size();
    }

    /** What waits for a channel, a few words about each alert. */
    List<String> texts(String channel) {
        return of(channel).stream()
                .flatMap(letter -> letter.message().items().stream())
                .map(Message.Item::text)
                .distinct()
                .toList();
    }

    /** What waits and what was given up, the newest last. */
    JsonObject toJson() {
        List<JsonObject> waiting = letters.values().stream()
                .sorted(Comparator.comparingLong(Letter::number))
                .map(Letter::toJson)
                .toList();
        return JsonObject.of("waiting", new JsonArray(waiting), "dead", new JsonArray(List.copyOf(dead.values())));
    }

    void save(Batch batch) {
        letters.save(batch);
        dead.save(batch);
    }

    void restore(Map<String, Map<String, JsonObject>> maps) {
        letters.restore(maps, (id, json) -> Letter.of(json));
        dead.restore(maps, (id, json) -> json);
        number = letters.values().stream().mapToLong(Letter::number).max().orElse(0);
    }
}
