package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.alert.channel.Channel;
import pulseboard.alert.channel.ChannelContext;
import pulseboard.alert.channel.ChannelFailure;
import pulseboard.alert.channel.Channels;
import pulseboard.alert.channel.Message;
import pulseboard.alert.channel.Minutely;

/** The channels that the settings name. Those whose settings did not change stay as they are. Used on one context. */
final class ChannelSet {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSet.class);
    private static final long DEADLINE_SECONDS = 60;

    private final Vertx vertx;
    private final ChannelContext channelContext;
    private final LongSupplier clock;
    private final Map<String, Made> made = new TreeMap<>();

    private record Made(JsonObject settings, Channel channel, ChannelState state) {}

    ChannelSet(Vertx vertx, ChannelContext channelContext, LongSupplier clock) {
        this.vertx = vertx;
        this.channelContext = channelContext;
        this.clock = clock;
    }

    /** From now on there are these, by name. What is wrong with any of them, a line each: such a one stays as it was, if it was. */
    List<String> settings(JsonObject newest) {
        List<String> mistakes = new ArrayList<>();
        List.copyOf(made.keySet()).stream()
                .filter(name -> !newest.containsKey(name))
                .forEach(this::close);
        for (String name : newest.fieldNames()) {
            try {
                make(name, newest.getValue(name));
            } catch (IllegalArgumentException e) {
                String mistake = String.valueOf(e.getMessage());
                mistakes.add(mistake.startsWith("channels.") ? mistake : "channels: " + name + ": " + mistake);
            }
        }
        return mistakes;
    }

    private void make(String name, @Nullable Object value) {
        if (!(value instanceof JsonObject settings)) {
            throw new IllegalArgumentException("expected names and values, such as kind: mail");
        }
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("a name has lower-case letters, digits and hyphens, at most 63");
        }
        Made before = made.get(name);
        if (before == null || !before.settings.equals(settings)) {
            Channel channel = channel(name, settings, before != null);
            close(name);
            made.put(name, new Made(settings, channel, new ChannelState()));
        }
    }

    /** One whose settings are wrong from the start is one that fails, so that what is for it waits and another one is told. */
    private Channel channel(String name, JsonObject settings, boolean hasOther) {
        try {
            return Channels.of(vertx, name, settings, channelContext);
        } catch (IllegalArgumentException e) {
            if (!hasOther) {
                ChannelFailure failure = new ChannelFailure("its settings are wrong: " + e.getMessage(), false, 0);
                ChannelState state = new ChannelState();
                boolean unused = state.fails(String.valueOf(failure.getMessage()), false, clock.getAsLong());
                made.put(name, new Made(settings, message -> Future.failedFuture(failure), state));
            }
            throw e;
        }
    }

    private void close(String name) {
        Made gone = made.remove(name);
        if (gone != null) {
            gone.channel.close();
        }
    }

    /** Closes all. */
    void close() {
        List.copyOf(made.keySet()).forEach(this::close);
    }

    boolean has(String name) {
        return made.containsKey(name);
    }

    /** Those that are told by messages. */
    List<String> names() {
        return named(false).toList();
    }

    /** Whether some hear each minute what fires. */
    boolean hasMinutely() {
        return named(true).findAny().isPresent();
    }

    private Stream<String> named(boolean isMinutely) {
        return made.entrySet().stream()
                .filter(each -> each.getValue().channel instanceof Minutely == isMinutely)
                .map(Map.Entry::getKey);
    }

    /** Sends a message; fails with a {@link ChannelFailure} and nothing else, after a minute at the latest. */
    Future<String> send(String name, Message message) {
        Made channel = made.get(name);
        if (channel == null) {
            return Future.failedFuture(new ChannelFailure("there is no channel " + name, true, 0));
        }
        return guarded(() -> channel.channel.send(message));
    }

    private interface Sending {
        Future<String> begin();
    }

    private Future<String> guarded(Sending sending) {
        Future<String> sent;
        try {
            sent = sending.begin().timeout(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            sent = Future.failedFuture(e);
        }
        return sent.recover(failure -> Future.failedFuture(failure(failure)));
    }

    private static ChannelFailure failure(Throwable failure) {
        if (failure instanceof ChannelFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new ChannelFailure("no answer within " + DEADLINE_SECONDS + " s", false, 0);
        }
        LOG.warn("A message could not be sent", failure);
        return new ChannelFailure("something went wrong here; the log says what", false, 0);
    }

    /** Tells those that hear each minute what fires. Done when all have answered. */
    Future<?> tick(Minutely.Firing firing) {
        List<Future<?>> ticks = new ArrayList<>();
        made.forEach((name, each) -> {
            if (each.channel instanceof Minutely minutely) {
                ticks.add(guarded(() -> minutely.tick(firing))
                        .onSuccess(answer -> each.state.works(answer, clock.getAsLong()))
                        .onFailure(failure ->
                                each.state.fails(String.valueOf(failure.getMessage()), false, clock.getAsLong())));
            }
        });
        return ticks.isEmpty() ? Future.succeededFuture() : Future.join(ticks);
    }

    /** How those do that hear each minute what fires, for the board. */
    Map<String, JsonObject> minutelyOnBoard() {
        Map<String, JsonObject> board = new LinkedHashMap<>();
        named(true).forEach(name -> {
            Made each = made.get(name);
            if (each != null) {
                board.put(name, each.state.toBoard(0));
            }
        });
        return board;
    }
}
