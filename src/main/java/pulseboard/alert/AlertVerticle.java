package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Change;
import pulseboard.feed.Directory;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.FeedReader;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.Replica;
import pulseboard.feed.RuleInfo;
import pulseboard.feed.Snapshot;

/**
 * Owns the board {@code alerts}: reads every board that brings rules, judges it, and says whether all is well, also at {@link
 * Addresses#VERDICT}. A board from which nothing comes is itself what is wrong. To be deployed on an event loop.
 */
public final class AlertVerticle extends VerticleBase implements Directory.Listener {

    private static final long TICK_MILLISECONDS = 1_000;

    /** A sample may be late on a machine that is busy, and that is another verdict. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final String BOARD = "alerts";

    /** Of each board by its title. */
    private static final RuleInfo SILENCE = RuleInfo.of("silent", "*.silent", "there are no new figures of {{key}}")
            .alarms("is true")
            .helps("GET /api/health says which part does not answer; the log has more.");

    private final Engine engine = new Engine(System::currentTimeMillis);
    private final Map<String, Judged> boards = new HashMap<>();
    private Verdict verdict = Verdict.UNKNOWN;
    private long since;
    private boolean wasSilent;
    private boolean wasQuiet;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    @Override
    public Future<?> start() {
        since = System.currentTimeMillis();
        engine.rules(BOARD, List.of(SILENCE));
        publisher = new FeedPublisher(vertx, BoardInfo.of(BOARD, "Alerts"));
        publish();
        MessageConsumer<JsonObject> asked =
                vertx.eventBus().consumer(Addresses.VERDICT, request -> request.reply(verdict.toWholeJson(since)));
        vertx.setPeriodic(TICK_MILLISECONDS, id -> tick());
        return Future.all(publisher.ready(), asked.completion(), Directory.follow(vertx, this));
    }

    @Override
    public void announced(BoardInfo board) {
        String name = board.id().toString();
        Judged before = boards.remove(name);
        if (before != null) {
            before.subscription.close();
        }
        if (!board.rules().isEmpty()) {
            engine.rules(name, board.rules());
            boards.put(name, new Judged(name, board.title()));
        }
    }

    @Override
    public void withdrawn(BoardId board) {
        Judged gone = boards.remove(board.toString());
        if (gone != null) {
            gone.subscription.close();
            engine.forget(board.toString());
            publish();
        }
    }

    private void tick() {
        boolean isSilent = boards.values().stream().anyMatch(Judged::isSilent);
        if (isSilent || wasSilent) {
            JsonObject silence = new JsonObject();
            boards.values().forEach(each -> silence.put(each.title, JsonObject.of("silent", each.isSilent())));
            engine.judge(BOARD, silence, now());
            wasSilent = isSilent;
        }
        engine.tick(now());
        publishUnlessQuiet();
    }

    /** While nothing fires nor is about to, there is nothing new to say, and all of this costs next to nothing. */
    private void publishUnlessQuiet() {
        boolean isQuiet = engine.isQuiet();
        if (!isQuiet || !wasQuiet) {
            publish();
        }
        wasQuiet = isQuiet;
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void publish() {
        Verdict newest = judged();
        if (!newest.level().equals(verdict.level())) {
            since = System.currentTimeMillis();
        }
        verdict = newest;
        JsonObject alerts = new JsonObject();
        engine.alerts().forEach((id, alert) -> alerts.put(id, alert.toJson()));
        publisher.publish(new JsonObject()
                .put("verdict", verdict.toJson(since))
                .put("alerts", alerts)
                .put("engine", JsonObject.of("rulesCount", engine.size())));
    }

    private Verdict judged() {
        return boards.values().stream().anyMatch(each -> each.replica.state() != null)
                ? Verdict.of(engine.alerts().values())
                : Verdict.UNKNOWN;
    }

    /** One board that brings rules. */
    private final class Judged implements FeedReader.Sink {

        private final String name;
        private final String title;
        private final Replica replica = new Replica();
        private final FeedSubscription subscription;
        private long heardNanos = System.nanoTime();

        Judged(String name, String title) {
            this.name = name;
            this.title = title;
            this.subscription = new FeedSubscription(vertx, name, this);
        }

        boolean isSilent() {
            return System.nanoTime() - heardNanos > SILENT_NANOS;
        }

        @Override
        public void replace(Snapshot snapshot) {
            heardNanos = System.nanoTime();
            replica.replace(snapshot);
            engine.judge(name, snapshot.state(), now());
            publish();
        }

        @Override
        public void apply(Change change) {
            heardNanos = System.nanoTime();
            replica.apply(change);
            if (!change.patch().isEmpty()) {
                engine.judge(name, Objects.requireNonNull(replica.state()), change.patch(), now());
                publishUnlessQuiet();
            }
        }
    }
}
