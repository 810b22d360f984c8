package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.alert.channel.ChannelContext;
import pulseboard.alert.channel.PushActions;
import pulseboard.alert.channel.Readers;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Directory;
import pulseboard.feed.FeedPublisher;

/**
 * Owns the board {@code alerts}: reads every board that has rules, judges it, keeps what came of it, and says whether all is well, also
 * at {@link Addresses#VERDICT}. A board from which nothing comes, and a machine that is not heard of, are themselves what is wrong. What
 * is told to whom is done by {@link Dispatch}. To be deployed on an event loop; what waits for the disk has threads of its own.
 */
public final class AlertVerticle extends VerticleBase implements Directory.Listener, JudgedBoard.Judge, Dispatch.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(AlertVerticle.class);
    static final String BOARD = "alerts";

    private final SteadyClock clock = new SteadyClock(System::currentTimeMillis, System::nanoTime);
    private final Engine engine = new Engine(clock.now());
    private final RuleBook book = new RuleBook();
    private final Presence presence = new Presence();
    private final Speaker speaker;
    private final ChannelContext channels;
    private final RuleFiles files;
    private final AlertJournal journal;
    private final Map<String, BoardInfo> announced = new HashMap<>();
    private final Map<String, JudgedBoard> boards = new HashMap<>();
    private final Forecasts forecasts = new Forecasts();
    private final Causes causes = new Causes();
    private Verdict verdict = Verdict.UNKNOWN;
    private long since;
    private final Calm calm = new Calm(engine);
    private String reason = "";
    private JsonObject summary = new JsonObject();
    private JsonObject problems = new JsonObject();

    @SuppressWarnings("NullAway.Init") // These are set by start(), before anything else runs.
    private FeedPublisher publisher;

    @SuppressWarnings("NullAway.Init")
    private AlertTick tick;

    @SuppressWarnings("NullAway.Init")
    private Dispatch dispatch;

    /**
     * Makes the verticle; it judges from when it is deployed.
     *
     * @param state the folder where it keeps what has to outlast a restart
     * @param host the name of this machine, for messages
     * @param readers who may know what the alerts say
     */
    public AlertVerticle(AlertConfig config, Path state, String host, Readers readers) {
        speaker = new Speaker(host, config.linkToAlerts());
        channels = ChannelContext.of(state, readers);
        files = new RuleFiles(config.folder());
        journal = new AlertJournal(new AlertStore(state), clock::now);
    }

    @Override
    public Future<?> start() {
        since = clock.now();
        dispatch = new Dispatch(vertx, channels, this, speaker);
        return journal.read(context)
                .compose(kept -> vertx.executeBlocking(files::changed).compose(read -> {
                    engine.resume(kept.getOrDefault(Engine.ALERTS, Map.of()));
                    kept.getOrDefault(AlertActions.RULES, Map.of()).forEach(book::page);
                    dispatch.restore(kept);
                    take(read.orElse(RuleFiles.Loaded.NOTHING));
                    return begin();
                }));
    }

    private Future<?> begin() {
        book.announced(BOARD, Presence.RULES);
        BoardInfo info = AlertActions.described(DispatchActions.described(BoardInfo.of(BOARD, "Alerts")));
        publisher = new FeedPublisher(vertx, PushActions.described(AlertResources.described(info)));
        new AlertActions(this).serve(publisher);
        new PushActions(vertx, channels).serve(publisher);
        new AlertResources(vertx, journal, book).serve(publisher);
        new DispatchActions(vertx, dispatch, this).serve(publisher);
        judgeBy();
        MessageConsumer<JsonObject> asked =
                vertx.eventBus().consumer(Addresses.VERDICT, request -> request.reply(judged().toWholeJson(since)));
        tick = new AlertTick(vertx, () -> calm.untilDue(now()), this::tick).start();
        new RuleFilesReader(vertx, files, loaded -> {
                    take(loaded);
                    judgeBy();
                })
                .start();
        return Future.all(publisher.ready(), asked.completion(), Directory.follow(vertx, this));
    }

    @Override
    public Future<?> stop() {
        dispatch.close();
        return journal.close(context);
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public Map<String, JsonObject> shown() {
        return engine.shown(now());
    }

    @Override
    public boolean isJudging() {
        return boards.values().stream().anyMatch(each -> each.state() != null);
    }

    Engine engine() {
        return engine;
    }

    RuleBook book() {
        return book;
    }

    /** The names of all boards that there are. */
    Set<String> boardNames() {
        return new TreeSet<>(announced.keySet());
    }

    @Override
    public void announced(BoardInfo board) {
        presence.announced(board);
        String name = board.id().toString();
        announced.put(name, board);
        JudgedBoard before = boards.remove(name);
        if (before != null) {
            before.close();
        }
        if (!name.equals(BOARD)) {
            book.announced(name, board.rules());
            judgeBy();
        }
    }

    @Override
    public void withdrawn(BoardId board) {
        presence.withdrawn(board);
        String name = board.toString();
        announced.remove(name);
        JudgedBoard gone = boards.remove(name);
        if (gone != null) {
            gone.close();
        }
        book.withdrawn(name);
        engine.forget(name, now());
        judgeBy();
    }

    /** All rules are what the book says from now on; boards that have any are read. */
    void judgeBy() {
        Map<String, List<Rule>> rules = book.published().rules();
        engine.rules(BOARD, rules.getOrDefault(BOARD, List.of()), now());
        for (BoardInfo board : announced.values()) {
            String name = board.id().toString();
            if (!name.equals(BOARD)) {
                if (rules.containsKey(name) || engine.knows(name)) {
                    engine.rules(name, rules.getOrDefault(name, List.of()), now());
                }
                if (rules.containsKey(name)) {
                    boards.computeIfAbsent(name, missing -> new JudgedBoard(vertx, name, board.title(), this));
                } else if (boards.containsKey(name)) {
                    Objects.requireNonNull(boards.remove(name)).close();
                }
            }
        }
        forecasts.rules(rules.values());
        summary = book.published().summary();
        problems = book.published().numbered();
        dispatch.addMistakes(problems);
        settle();
        publish();
    }

    /** What became of alerts is kept, and told once it is. */
    @Override
    public Future<Boolean> settle() {
        return settle(new Batch());
    }

    /** The same, together with more that is to be kept. Done when that is on disk, or known not to get there for now. */
    Future<Boolean> settle(Batch batch) {
        List<Transition> became = engine.take(batch, dispatch::maintenance);
        dispatch.take(became, batch);
        if (batch.isEmpty()) {
            return Future.succeededFuture(true);
        }
        Future<Boolean> kept = journal.commit(context, batch);
        dispatch.keeping(kept);
        return kept;
    }

    @Override
    public void whole(String board, JsonObject state) {
        engine.judge(board, state, now());
        tick.look();
        settle();
        publish();
    }

    @Override
    public void changed(String board, JsonObject state, JsonObject patch) {
        engine.judge(board, state, patch, now());
        if (engine.hasNews()) { // Figures alone wait.
            calm.news(now());
            settle();
            publish();
        }
        tick.look();
    }

    private void take(RuleFiles.Loaded loaded) {
        loaded.problems().forEach(problem -> LOG.warn("A file of rules is wrong: {}", problem.encode()));
        book.files(loaded);
        dispatch.settings(loaded.messages());
    }

    private void tick() {
        long set = clock.set();
        if (set != 0) {
            engine.shift(set);
            dispatch.wake();
        }
        Map<String, Boolean> silent = new TreeMap<>();
        boards.values().forEach(each -> silent.put(each.title(), each.isSilent()));
        if (presence.isWorthJudging(silent)) {
            engine.judge(BOARD, presence.state(silent), now());
        }
        engine.tick(now());
        boolean isNew = engine.hasNews();
        if (isNew) {
            calm.news(now());
        }
        settle();
        if (!journal.reason().isEmpty()) {
            journal.retry(context).onFailure(failure -> LOG.debug("Alerts are being closed", failure));
        }
        journal.restIfIdle();
        forecasts.askIfDue(vertx, engine, now(), this::publish);
        if (!engine.isQuiet()) {
            causes.askIfDue(vertx, engine.all(), now(), this::publish);
        }
        if (calm.isWorthSaying(now()) || isNew || !reason.equals(journal.reason())) {
            publish();
        }
    }

    @Override
    public void publish() {
        Verdict newest = judged();
        if (!newest.level().equals(verdict.level())) {
            since = now();
        }
        verdict = newest;
        calm.said(now());
        reason = journal.reason();
        JsonObject alerts = new JsonObject();
        shown().forEach((id, alert) -> alerts.put(id, dispatch.onBoard(id, alert)));
        JsonObject newState = new JsonObject()
                .put("verdict", verdict.toJson(since))
                .put("alerts", alerts)
                .put("silences", dispatch.silencesOnBoard())
                .put("channels", dispatch.channelsOnBoard())
                .put("rules", summary)
                .put("problems", problems)
                .put("forecasts", forecasts.toJson())
                .put("engine", JsonObject.of("rulesCount", engine.size()));
        publisher.publish(
                reason.isEmpty() ? newState : newState.put("store", JsonObject.of("ok", false, "reason", reason)));
    }

    private Verdict judged() {
        return isJudging() ? Verdict.of(engine.shown(now()).values(), now()) : Verdict.UNKNOWN;
    }
}
