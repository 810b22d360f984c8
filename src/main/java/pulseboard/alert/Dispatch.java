package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.alert.channel.ChannelContext;
import pulseboard.alert.channel.ChannelFailure;
import pulseboard.alert.channel.Message;
import pulseboard.alert.channel.Minutely;

/**
 * Has messages sent: between the {@link Messenger}, which says what is due, the disk, on which it is before it is sent, and the channels.
 * One timer is armed for what comes next, and none while there is nothing. Used on the context of the verticle.
 */
final class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final long LONGEST_TIMER = TimeUnit.HOURS.toMillis(1);

    private final Vertx vertx;
    private final Owner owner;
    private final Speaker speaker;
    private final People people;
    private final Messenger messenger;
    private final ChannelSet channels;
    private final Standby standby;
    private List<String> mistakes = List.of();
    private Routing routing = Routing.NOBODY;
    private int beingKept;
    private long timer = -1;
    private long minute = -1;
    private long peopleTimer = -1;
    private boolean isClosed;

    /** Whoever has the alerts. */
    interface Owner {

        /** Unix milliseconds. */
        long now();

        /** The alerts on the board, by id. */
        Map<String, JsonObject> shown();

        /** Whether anything is judged: whoever hears each minute from this program takes it for that. */
        boolean isJudging();

        /** Something is to be kept, which {@link Dispatch#take} writes. */
        Future<Boolean> settle();

        /** What the board shows of messages is another now. */
        void publish();
    }

    /** Sends nothing yet. */
    Dispatch(Vertx vertx, ChannelContext context, Owner owner, Speaker speaker) {
        this.speaker = speaker;
        this.vertx = vertx;
        this.owner = owner;
        this.people = new People(context.readers());
        this.messenger = new Messenger(speaker.host(), speaker.link());
        this.channels = new ChannelSet(vertx, context, owner::now);
        this.standby = new Standby(vertx, letter -> {
            messenger.again(letter, owner.now());
            settle();
        });
    }

    /** Takes up what was kept, by the names of maps and their keys. */
    void restore(Map<String, Map<String, JsonObject>> maps) {
        messenger.restore(maps);
        people.restore(maps);
    }

    /** From now on these parts of files count; one that is wrong stays as it was. */
    void settings(JsonObject parts) {
        List<String> wrong = new ArrayList<>(channels.settings(parts.getJsonObject("channels", new JsonObject())));
        people.files(parts, channels.names());
        try {
            routing = people.routing();
        } catch (IllegalArgumentException e) {
            wrong.add(e.getMessage());
            routing = routing.with(channels.names());
        }
        if (!wrong.equals(mistakes)) {
            wrong.forEach(each -> LOG.warn("A setting of messages is wrong, and counts as it was before: {}", each));
        }
        mistakes = wrong;
        rerouted();
        armMinutely();
    }

    private void rerouted() {
        messenger.routing(routing, owner.now());
        lookForPeople();
        settle();
    }

    /** Who is a user, and of which role, may be another any time. */
    private void lookForPeople() {
        vertx.cancelTimer(peopleTimer);
        if (people.mayChange()) {
            peopleTimer = vertx.setTimer(speaker.minute(), due -> reroute());
        }
    }

    /** Who is told is looked up anew, since people, or what they chose, may be others. */
    void reroute() {
        if (!isClosed && !people.areAsIn(routing)) {
            routing = people.routing();
            rerouted();
        } else if (!isClosed) {
            lookForPeople();
        }
    }

    /** Whom the files name, and what they chose; what is changed there counts after {@link #reroute}. */
    People people() {
        return people;
    }

    /** Adds what is wrong with the parts of files to problems by number. */
    void addMistakes(JsonObject problems) {
        mistakes.forEach(each -> problems.put(Integer.toString(problems.size() + 1), JsonObject.of("what", each)));
    }

    /** Takes what became of alerts, and writes what comes of that. */
    void take(List<Transition> became, Batch batch) {
        if (!became.isEmpty()) {
            messenger.take(became, owner.now());
            if (channels.hasMinutely()) {
                vertx.runOnContext(next -> tellMinutely());
            }
        }
        messenger.save(batch);
        people.save(batch);
    }

    /** What was written gets to the disk; messages are sent after that, or when the disk does not answer. */
    void keeping(Future<?> kept) {
        beingKept++;
        kept.timeout(speaker.diskPatience(), TimeUnit.MILLISECONDS).onComplete(any -> {
            beingKept--;
            send();
        });
    }

    /** Something is due, or the clock was set. */
    void wake() {
        owner.shown().forEach(messenger::refresh);
        messenger.tick(owner.now());
        settle();
    }

    private void settle() {
        owner.settle();
        if (beingKept == 0) {
            send();
        }
    }

    private void send() {
        if (isClosed) {
            return;
        }
        if (beingKept == 0) {
            messenger.due(owner.now()).forEach(this::send);
        }
        arm();
    }

    private void send(Letter letter) {
        String id = letter.message().id();
        Future<String> sending = standby.holds(letter)
                ? Future.succeededFuture("another hub tells of it")
                : channels.send(letter.channel(), letter.message()).onSuccess(taken -> standby.sent(letter));
        sending.onComplete(result -> {
            if (isClosed) {
                return;
            }
            if (result.succeeded()) {
                messenger.sent(id, result.result(), owner.now());
            } else {
                messenger.failed(id, (ChannelFailure) result.cause(), owner.now());
                LOG.debug(
                        "A message was not taken by {}: {}",
                        letter.channel(),
                        result.cause().getMessage());
            }
            settle();
            owner.publish();
        });
    }

    /** A timer of long ago is as good as none when the clock is set, so none is longer than an hour. */
    private void arm() {
        vertx.cancelTimer(timer);
        long next = messenger.nextAt(owner.now());
        if (next != Long.MAX_VALUE) {
            timer = vertx.setTimer(Math.max(1, Math.min(next - owner.now(), LONGEST_TIMER)), fired -> wake());
        }
    }

    private void armMinutely() {
        vertx.cancelTimer(minute);
        if (channels.hasMinutely()) {
            minute = vertx.setPeriodic(1, speaker.minute(), fired -> tellMinutely());
        }
    }

    private void tellMinutely() {
        if (isClosed || !owner.isJudging()) {
            return;
        }
        List<Message.Item> items = owner.shown().entrySet().stream()
                .flatMap(each -> Wording.firing(each.getKey(), each.getValue()).stream())
                .toList();
        JsonObject before = channelsOnBoard();
        channels.tick(new Minutely.Firing(speaker.host(), items, speaker.link(), owner.now()))
                .onComplete(any -> {
                    if (!channelsOnBoard().equals(before)) {
                        owner.publish();
                    }
                });
    }

    /** Holds back messages about some alerts. */
    Silence silence(Selector selector, long until, String why, String by) {
        long now = owner.now();
        String id = Wording.id(now + by + selector + until).substring(0, 8);
        Silence silence = new Silence(id, selector, now, until, why, by);
        messenger.silence(silence, now);
        return silence;
    }

    /** Ends a silence; whether there was one. */
    boolean unsilence(String id) {
        return messenger.unsilence(id, owner.now());
    }

    /** Sends a message that looks like a test, the same way as others. */
    Future<String> test(String channel, String who) {
        Message test = Wording.test(channel, who, speaker, owner.now());
        return channels.send(channel, test);
    }

    boolean hasChannel(String name) {
        return channels.has(name);
    }

    /** Why somebody was told of an alert, or was not; empty when nothing is known of it. */
    Optional<JsonObject> why(String id) {
        return messenger.why(id, owner.now());
    }

    /** What waits to be sent, and what was given up. */
    JsonObject outbox() {
        return messenger.outbox();
    }

    /** The maintenance during which something became of an alert, by its name; empty: none. */
    String maintenance(Transition transition) {
        return routing.maintenance(transition.alert(), transition.at());
    }

    /** Adds to an alert on the board until when it is silenced and in how many messages it was. */
    JsonObject onBoard(String id, JsonObject alert) {
        messenger.silencedUntil(alert, owner.now()).ifPresent(until -> alert.put("silencedUntil", until));
        int count = messenger.messageCount(id);
        return count == 0 ? alert : alert.put("messageCount", count);
    }

    /** Silences for the board, by id. */
    JsonObject silencesOnBoard() {
        return messenger.silencesOnBoard();
    }

    /** How channels do, for the board, by name. */
    JsonObject channelsOnBoard() {
        JsonObject board = messenger.channelsOnBoard();
        channels.minutelyOnBoard().forEach(board::put);
        return board;
    }

    /** Sends nothing more; what is under way is sent again by the next one. */
    void close() {
        isClosed = true;
        vertx.cancelTimer(timer);
        vertx.cancelTimer(minute);
        vertx.cancelTimer(peopleTimer);
        channels.close();
    }
}
