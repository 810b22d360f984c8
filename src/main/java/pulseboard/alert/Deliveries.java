package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulseboard.alert.channel.ChannelFailure;
import pulseboard.alert.channel.Message;

/** Messages on their way to channels, how each channel does, and what is too much for it. Not thread-safe. */
final class Deliveries {

    private final String host;
    private final String link;
    private final SavedMap<ToldAlert> told;
    private final SavedMap<ChannelState> channels = new SavedMap<>("channels", ChannelState::toJson);
    private final Outbox outbox = new Outbox();

    /** What a channel is told of one alert. */
    record Part(ToldAlert alert, Need need) {}

    Deliveries(String host, String link, SavedMap<ToldAlert> told) {
        this.host = host;
        this.link = link;
        this.told = told;
    }

    /** From now on there are these channels. */
    void channels(Collection<String> names, long now) {
        for (Map.Entry<String, ChannelState> each : channels.entries()) {
            if (!names.contains(each.getKey())) {
                outbox.drop(each.getKey(), now);
                channels.remove(each.getKey());
            }
        }
        names.stream().filter(name -> !has(name)).forEach(name -> channels.put(name, new ChannelState()));
    }

    boolean has(String channel) {
        return channels.get(channel) != null;
    }

    /** Whether the next digest of a channel will tell of an alert. */
    boolean isKept(String channel, String alert) {
        return channels.require(channel).isKept(alert);
    }

    /** The same for any channel. */
    boolean isKept(String alert) {
        return channels.values().stream().anyMatch(state -> state.isKept(alert));
    }

    /** Makes a message, or keeps it for the digest. */
    void post(String channel, List<Part> parts, long now) {
        ChannelState state = channels.require(channel);
        channels.touch(channel);
        if (state.isFull(now)) {
            Set<String> alerts = parts.stream().map(part -> part.alert.id()).collect(Collectors.toSet());
            state.keep(alerts, now);
            parts.forEach(part -> step(part, now, channel + ": kept for a digest, since there are too many messages"));
        } else {
            send(channel, draft(kind(parts), now), parts);
        }
    }

    private static String kind(List<Part> parts) {
        Set<Need> needs = parts.stream().map(Part::need).collect(Collectors.toSet());
        needs.remove(Need.END);
        return needs.equals(Set.of(Need.REMINDER)) ? Wording.REMINDER : Wording.FIRING;
    }

    private Message draft(String kind, long now) {
        return new Message("", kind, "", host, "", List.of(), now, link);
    }

    /** The channels whose digest is due. */
    List<String> dueDigests(long now) {
        return channels.entries().stream()
                .filter(each -> each.getValue().digestAt() <= now)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Takes out the alerts of a digest. */
    Set<String> takeDigest(String channel) {
        channels.touch(channel);
        return channels.require(channel).takeDigest();
    }

    /** How many messages wait for the digest. */
    int digestCount(String channel) {
        return channels.require(channel).digestCount();
    }

    /** Makes one message of many. */
    void postDigest(String channel, int count, List<Part> parts, long now) {
        List<Message.Item> items = items(channel, parts, now);
        Message draft = new Message("", Wording.DIGEST, "", host, Wording.digest(count, items), List.of(), now, link);
        send(channel, draft, parts);
    }

    private static List<Message.Item> items(String channel, List<Part> parts, long now) {
        return parts.stream()
                .map(part -> Wording.item(part.alert, channel, part.need, now))
                .toList();
    }

    private void send(String channel, Message draft, List<Part> parts) {
        long now = draft.at();
        Message message = Wording.message(channel, Wording.with(draft, items(channel, parts, now)));
        outbox.add(channel, message, now);
        for (Part part : parts) {
            part.alert.tell(channel, part.need, now);
            step(part, now, channel + ": message " + message.id() + ": " + message.subject());
        }
        channels.require(channel).count(now);
        outbox.settle(channel, id -> isDelivered(channel, id));
    }

    private void step(Part part, long now, String text) {
        part.alert.step(now, "message", text);
        told.touch(part.alert.id());
    }

    private boolean isDelivered(String channel, String alert) {
        return Optional.ofNullable(told.get(alert))
                .flatMap(each -> Optional.ofNullable(each.known(channel)))
                .map(Known::isDelivered)
                .orElse(false);
    }

    /** What is to be sent now, which then is under way until it is {@link #sent} or {@link #failed}. */
    List<Letter> due(long now) {
        return outbox.due(now);
    }

    /** When the next one is to be sent, or the next digest is due. */
    long nextAt() {
        return Math.min(
                outbox.nextAt(),
                channels.values().stream()
                        .mapToLong(ChannelState::digestAt)
                        .min()
                        .orElse(Long.MAX_VALUE));
    }

    /** It counts as taken, and was not: it is sent after all. */
    void again(Letter letter, long now) {
        if (has(letter.channel())) {
            outbox.add(letter.channel(), letter.message(), now);
        }
    }

    /** A message was taken. What became of trouble with the channel, if another one was told of it. */
    Optional<Transition> sent(String id, String answer, long now) {
        Letter letter = outbox.sent(id).orElse(null);
        if (letter == null || !has(letter.channel())) {
            return Optional.empty();
        }
        String channel = letter.channel();
        for (Message.Item item : letter.message().items()) {
            Optional.ofNullable(told.get(item.alertId())).ifPresent(alert -> {
                if (item.endedAt() == 0) {
                    alert.known().computeIfPresent(channel, (name, known) -> known.delivered());
                }
                alert.step(now, "channel", channel + " took message " + id + ": " + answer);
                told.touch(alert.id());
            });
        }
        ChannelState state = channels.require(channel);
        channels.touch(channel);
        return state.works(answer, now) ? recover(channel, state, now) : Optional.empty();
    }

    /** What waited is sent now, and what was given up and still fires is told again. */
    private Optional<Transition> recover(String channel, ChannelState state, long now) {
        outbox.hasten(channel, now);
        for (ToldAlert alert : told.values()) {
            Known known = alert.known(channel);
            if (known != null && known.isDead() && !alert.isOver()) {
                alert.known().remove(channel);
                told.touch(alert.id());
            }
        }
        if (state.toldTo().isEmpty()) {
            return Optional.empty();
        }
        Transition ended = ChannelTrouble.ended(channel, state, now);
        state.toldTo("");
        return Optional.of(ended);
    }

    /** A message was not taken. What became of trouble with the channel, if another one is to be told of it. */
    Optional<Transition> failed(String id, ChannelFailure failure, List<Route> routes, long now) {
        Letter letter = outbox.failed(id, failure, now).orElse(null);
        if (letter == null || !has(letter.channel())) {
            return Optional.empty();
        }
        boolean isWaiting = outbox.isWaiting(id);
        note(letter, isWaiting, failure.isForGood(), now);
        outbox.settle(letter.channel(), alert -> isDelivered(letter.channel(), alert));
        ChannelState state = channels.require(letter.channel());
        channels.touch(letter.channel());
        boolean isTrouble = state.fails(letter.reason(), failure.isForGood(), now);
        if (!isTrouble || !state.toldTo().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> other = other(letter.channel(), routes);
        other.ifPresent(state::toldTo);
        List<String> waiting = outbox.texts(letter.channel());
        return other.map(to -> ChannelTrouble.began(letter.channel(), state, waiting, now));
    }

    private void note(Letter letter, boolean isWaiting, boolean isForGood, long now) {
        String text =
                letter.channel() + " did not take message " + letter.message().id() + ": " + letter.reason();
        for (Message.Item item : letter.message().items()) {
            Optional.ofNullable(told.get(item.alertId())).ifPresent(alert -> {
                alert.step(now, "channel", isWaiting ? text : text + "; given up");
                if (!isWaiting && !isForGood) {
                    alert.known().computeIfPresent(letter.channel(), (name, known) -> known.givenUp());
                }
                told.touch(alert.id());
            });
        }
    }

    /** One of the same route rather than another, one that works rather than one that does not. */
    private Optional<String> other(String channel, List<Route> routes) {
        Set<String> near = routes.stream()
                .filter(route -> route.channels().contains(channel))
                .flatMap(route -> Stream.concat(route.channels().stream(), route.escalation().channels().stream()))
                .collect(Collectors.toSet());
        return channels.entries().stream()
                .filter(each -> !each.getKey().equals(channel))
                .min(Comparator.comparing((Map.Entry<String, ChannelState> each) ->
                                !each.getValue().isOk())
                        .thenComparing(each -> !near.contains(each.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /** Nothing waits longer than this, such as after the clock was put back. */
    void hasten(long tries, long digests) {
        outbox.hasten(tries);
        channels.entries().forEach(each -> {
            each.getValue().hasten(digests);
            channels.touch(each.getKey());
        });
    }

    /** For the board, by name. */
    JsonObject toBoard() {
        JsonObject board = new JsonObject();
        channels.entries()
                .forEach(each -> board.put(each.getKey(), each.getValue().toBoard(outbox.waiting(each.getKey()))));
        return board;
    }

    /** What waits, and what was given up. */
    JsonObject outbox() {
        return outbox.toJson();
    }

    void save(Batch batch) {
        channels.save(batch);
        outbox.save(batch);
    }

    void restore(Map<String, Map<String, JsonObject>> maps) {
        channels.restore(maps, (name, json) -> ChannelState.of(json));
        outbox.restore(maps);
    }
}
