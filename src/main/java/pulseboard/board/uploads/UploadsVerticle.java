package pulseboard.board.uploads;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import pulseboard.board.uploads.config.AttachedConfig;
import pulseboard.board.uploads.config.UploaderConfig;
import pulseboard.board.uploads.config.UploadsConfig;
import pulseboard.board.uploads.engine.Account;
import pulseboard.board.uploads.engine.Accounts;
import pulseboard.board.uploads.engine.Attached;
import pulseboard.board.uploads.engine.Command;
import pulseboard.board.uploads.engine.FileHistory;
import pulseboard.board.uploads.engine.Job;
import pulseboard.board.uploads.engine.SessionHistory;
import pulseboard.board.uploads.engine.Streams;
import pulseboard.board.uploads.engine.Throttle;
import pulseboard.board.uploads.engine.Uploader;
import pulseboard.board.uploads.rc.ForeignRclone;
import pulseboard.board.uploads.rc.RcloneDaemon;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.FeedPublisher;

/** Owns the board {@code uploads}: shows the uploaders and their accounts, and tells them what to do. It moves no byte itself. */
public final class UploadsVerticle extends VerticleBase {

    private static final long STREAMS_MILLISECONDS = 30_000;
    private static final long MOST_HOURS = 720;
    private static final long MOST_SECONDS = 31_536_000;
    private final UploadsConfig config;
    private final Path folder;
    private final Map<String, Uploader> uploaders = new TreeMap<>();
    private final Map<String, Throttle> throttles = new TreeMap<>();
    private final Map<String, Attached> attached = new TreeMap<>();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private SessionHistory history;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FileHistory files;

    private volatile JsonObject published = new JsonObject();

    /** What each uploader has shown last; nobody changes it after that, and what stays the same object is not compared anew. */
    private final Map<String, JsonObject> states = new TreeMap<>();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Accounts accounts;

    /** Kept: what nobody refers to is closed when it is garbage. */
    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private HttpClient http;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    private final SourceLook sources = new SourceLook();

    /**
     * Makes the verticle; uploaders begin when it is deployed.
     *
     * @param folder where the ledger and sessions are noted
     */
    public UploadsVerticle(UploadsConfig config, Path folder) {
        this.config = config;
        this.folder = folder;
    }

    @Override
    public Future<?> start() throws IOException {
        http = vertx.createHttpClient();
        publisher = new FeedPublisher(vertx, UploadsInfo.INFO);
        Map<String, List<Account>> by = new TreeMap<>();
        List<Account> all = new ArrayList<>();
        for (Map.Entry<String, UploaderConfig> each : config.uploaders().entrySet()) {
            List<Account> own =
                    Account.of(each.getValue().accounts(), each.getValue().target());
            by.put(each.getKey(), own);
            all.addAll(own);
        }
        history = new SessionHistory(Files.createDirectories(folder).resolve("sessions.ndjson"));
        files = new FileHistory(folder.resolve("files.ndjson"));
        accounts = new Accounts(config, folder, all, System::currentTimeMillis);
        for (Map.Entry<String, List<Account>> each : by.entrySet()) {
            make(each.getKey(), each.getValue());
        }
        listen();
        accounts.tidy(uploaders.values().stream()
                .flatMap(uploader -> uploader.leftSession().stream())
                .collect(Collectors.toSet()));
        uploaders.values().forEach(Uploader::start);
        config.attached().forEach(this::attach);
        attached.values().forEach(Attached::start);
        if (!config.streamsUrl().isEmpty()) {
            askForStreams(new Streams(config));
        }
        publish();
        return publisher.ready();
    }

    /** Armed anew when it has been answered. */
    private void askForStreams(Streams streams) {
        Context here = vertx.getOrCreateContext();
        CompletableFuture<Void> unused = streams.count()
                .thenAccept(count -> here.runOnContext(now -> {
                    throttles.values().forEach(throttle -> throttle.streams(count));
                    vertx.setTimer(STREAMS_MILLISECONDS, id -> askForStreams(streams));
                }));
    }

    private void listen() {
        for (Command command : Command.values()) {
            publisher.onAction(
                    command.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    body -> command == Command.START ? begin(body) : done(() -> tell(uploader(body), command)));
        }
        new UploadsResources(vertx, new UploadsResources.Past(history, files), () -> published).answerBy(publisher);
        publisher.onAction("limit", body -> done(() -> limit(body)));
        publisher.onAction("suspend-account", body -> done(() -> suspend(body)));
        publisher.onAction("resume-account", body -> done(() -> accounts.suspend(account(body), 0, "")));
        publisher.onAction(
                "adjust-account",
                body -> done(() -> accounts.adjust(account(body), body.getLong("bytes"), body.getString("why"))));
    }

    private interface Act {
        void run() throws IOException;
    }

    private Future<JsonObject> done(Act act) {
        try {
            act.run();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        publish();
        return Future.succeededFuture(new JsonObject().put("accepted", true));
    }

    /** A session of a folder that cannot be listed would do nothing: it does not begin, and the folder is looked at again. */
    private Future<JsonObject> begin(JsonObject body) {
        Uploader uploader = uploader(body);
        String name = body.getString("uploader");
        String source =
                Objects.requireNonNull(config.uploaders().get(name), name).source();
        Future<String> looked = uploader.isUnderWay()
                ? Future.succeededFuture("")
                : Future.fromCompletionStage(sources.trouble(Path.of(source)), context);
        return looked.compose(seen -> done(() -> {
            JsonObject queue = states.getOrDefault(name, new JsonObject()).getJsonObject("queue", new JsonObject());
            String trouble = seen.isEmpty() && !uploader.isUnderWay() ? queue.getString("trouble", "") : seen;
            if (!trouble.isEmpty()) {
                uploader.tell(Command.LIST);
                throw new ActionRefusal(409, "not_listed", trouble + "; it is looked at again now");
            }
            tell(uploader, Command.START);
        }));
    }

    /** Some make sense only while a session goes on, and one only while none does. */
    private static void tell(Uploader uploader, Command command) {
        boolean isForBoth = command == Command.LIST;
        boolean isForNone = command == Command.START;
        if (!isForBoth && uploader.isUnderWay() == isForNone) {
            throw isForNone
                    ? new ActionRefusal(409, "already_running", "a session of this uploader is under way")
                    : new ActionRefusal(409, "not_running", "no session of this uploader is under way");
        }
        uploader.tell(command);
    }

    private void limit(JsonObject body) {
        Uploader unused = uploader(body);
        long rate = body.getLong("bytesPerSecond", 0L);
        long seconds = body.getLong("forSeconds", MOST_SECONDS);
        if (rate < 0 || seconds < 1 || seconds > MOST_SECONDS) {
            throw new ActionRefusal(
                    400, "bad_value", "bytesPerSecond must be 0 or more, forSeconds 1 to " + MOST_SECONDS);
        }
        Throttle throttle = throttles.get(body.getString("uploader"));
        if (throttle != null) {
            throttle.operator(rate, System.currentTimeMillis() + seconds * 1_000);
        }
    }

    private void suspend(JsonObject body) throws IOException {
        long hours = body.getLong("hours");
        if (hours < 1 || hours > MOST_HOURS) {
            throw new ActionRefusal(400, "bad_value", "hours must be from 1 to " + MOST_HOURS);
        }
        Account account = account(body);
        accounts.suspend(account, System.currentTimeMillis() + TimeUnit.HOURS.toMillis(hours), "an operator said so");
        uploaders.values().forEach(uploader -> uploader.leave(account));
    }

    private Account account(JsonObject body) {
        return accounts.find(body.getString("account"))
                .orElseThrow(() -> new ActionRefusal(
                        404, "unknown_account", "there is no such account; the board shows those there are"));
    }

    private void make(String name, List<Account> own) throws IOException {
        Context here = vertx.getOrCreateContext();
        Throttle throttle = new Throttle(config);
        throttles.put(name, throttle);
        Job job = new Job(name, config, folder.resolve(name), own, throttle);
        RcloneDaemon daemon = new RcloneDaemon(job.program(), http, job.folder());
        Uploader made = new Uploader(
                job,
                accounts,
                daemon,
                new Uploader.Shown(state -> here.runOnContext(now -> show(name, state)), history, files));
        uploaders.put(name, made);
    }

    private void attach(String name, AttachedConfig of) {
        Context here = vertx.getOrCreateContext();
        ForeignRclone rclone = new ForeignRclone(http, URI.create(of.url()), of.user(), of.passwordFile());
        attached.put(
                name,
                new Attached(
                        of, rclone, config.pollMilliseconds(), state -> here.runOnContext(now -> show(name, state))));
    }

    private void show(String name, JsonObject state) {
        states.put(name, state);
        publish();
    }

    private void publish() {
        JsonObject shown = new JsonObject();
        states.forEach(shown::put);
        published = new JsonObject().put("uploaders", shown).put("accounts", accounts.toJson());
        publisher.publish(published);
    }

    private Uploader uploader(JsonObject body) {
        if (attached.containsKey(body.getString("uploader"))) {
            throw new ActionRefusal(
                    409, "read_only", "this rclone is somebody else's: it is shown, and never commanded");
        }
        Uploader uploader = uploaders.get(body.getString("uploader"));
        if (uploader == null) {
            throw new ActionRefusal(
                    404,
                    "unknown_uploader",
                    "there is no such uploader; those there are: " + String.join(", ", uploaders.keySet()));
        }
        return uploader;
    }

    /** Each stops without half files, all at once. */
    @Override
    public Future<?> stop() {
        attached.values().forEach(Attached::close);
        uploaders.values().parallelStream().forEach(Uploader::close);
        return Future.succeededFuture();
    }
}
