package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Directory;
import pulseboard.feed.DirectoryVerticle;

/**
 * Shows the boards of this process to another Pulseboard: dials, and when the connection ends dials again, with longer and longer
 * pauses; {@link LinkConnection} has what is said.
 */
public final class LinkVerticle extends VerticleBase implements Directory.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(LinkVerticle.class);
    private static final int CONNECT_MILLISECONDS = 5_000;

    /** Whoever takes a connection has to answer by then; it may be stopped, or gone without a word. */
    private static final int ANSWER_MILLISECONDS = 15_000;

    private static final long MOST_RETRY_SECONDS = 10;
    private static final long LOOK_MILLISECONDS = 5_000;

    /** A token that was just made is known there within a second: the first refusal is not for good. */
    private static final int MOST_REFUSALS = 3;

    private static final long EARLY_MILLISECONDS = 1_000;

    /** Two that replace each other must not take turns. */
    private static final long REPLACED_MILLISECONDS = TimeUnit.SECONDS.toMillis(60);

    private final LinkTarget target;
    private final String version;
    private final @Nullable Path resources;
    private final Predicate<String> isShared;
    private final String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final Map<String, BoardInfo> boards = new LinkedHashMap<>();
    private final Promise<Void> welcome = Promise.promise();
    private @Nullable LinkConnection connection;
    private String page = "";

    /** How often another of its addresses was turned to. */
    private int turns;

    private int refusals;
    private boolean isStopping;
    private boolean isTroubleTold;
    private long retryWithinSeconds = 1;
    private volatile long unlinkedNanos = System.nanoTime();

    /** Kept: it ends when it is garbage. */
    private @Nullable ResourceServer served;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private WebSocketClient client;

    /**
     * Makes it; it dials when it is deployed.
     *
     * @param version of this program, for people
     * @param resources for a worker: the path of the Unix socket on which its boards' resources are served; null for an agent
     */
    public LinkVerticle(LinkTarget target, String version, @Nullable Path resources) {
        this(target, version, resources, any -> true);
    }

    /** The same with only those boards whose names pass. */
    public LinkVerticle(LinkTarget target, String version, @Nullable Path resources, Predicate<String> isShared) {
        this.isShared = isShared;
        this.target = target;
        this.version = version;
        this.resources = resources;
    }

    /** Says at the other end where people find the page of this machine; to be called before it is deployed. */
    public LinkVerticle withPage(String address) {
        page = address;
        return this;
    }

    /** How long there has been no link, in milliseconds; 0 while there is one. Any thread may ask. */
    public long unlinkedMilliseconds() {
        long since = unlinkedNanos;
        return since == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /** Done when the other end has taken the link for the first time; failed when it refused it for good. */
    public Future<Void> welcomed() {
        return welcome.future();
    }

    @Override
    public Future<?> start() {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLISECONDS)
                .setMaxFrameSize(LinkProtocol.FRAME_BYTES)
                .setMaxMessageSize(LinkLimits.DEFAULT.messageBytes())
                .setVerifyHost(!target.isWorker()); // It is on this machine, and known by its certificate.
        if (target.pin() != null) {
            options.setVerifyHost(false)
                    .setTrustOptions(TrustOptions.wrap(target.pin().trustManager()));
        } else if (target.caFile() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(target.caFile().toString()));
        }
        client = vertx.createWebSocketClient(options);
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> endIfSilent());
        return Directory.follow(vertx, this).compose(known -> serve()).onSuccess(serving -> dial());
    }

    private Future<?> serve() {
        if (resources == null) {
            return Future.succeededFuture();
        }
        served = new ResourceServer(vertx, resources, secret, boards::get);
        return served.listen();
    }

    /** Says that this is no failure. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        LinkConnection open = connection;
        Future<?> farewell = open == null ? Future.succeededFuture() : open.sayGoodbye();
        Optional.ofNullable(open).ifPresent(LinkConnection::end); // The program may go on without a link.
        return served == null ? farewell : Future.join(farewell, served.close());
    }

    @Override
    public void announced(BoardInfo board) {
        String name = board.id().toString();
        if (!name.equals(DirectoryVerticle.BOARD) && board.id().isLocal() && isShared.test(name)) {
            boards.put(name, board);
            if (connection != null) {
                connection.announce(board);
            }
        }
    }

    @Override
    public void withdrawn(BoardId board) {
        if (boards.remove(board.toString()) != null && connection != null) {
            connection.withdraw(board.toString());
        }
    }

    private void dial() {
        LinkTarget now = target.turned(turns);
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(now.host())
                .setPort(now.port())
                .setSsl(now.isEncrypted())
                .setURI(now.path())
                .setTimeout(ANSWER_MILLISECONDS)
                .addSubProtocol(LinkProtocol.SUBPROTOCOL)
                .putHeader("Authorization", "Bearer " + target.token());
        client.connect(options).onSuccess(this::opened).onFailure(this::refused);
    }

    private void refused(Throwable failure) {
        boolean isAnswer = failure instanceof UpgradeRejectedException answer && LinkTrouble.isForGood(answer);
        String why = LinkTrouble.of(failure);
        if (isAnswer && ++refusals == MOST_REFUSALS) {
            welcome.tryFail(target + " does not take the link: " + why);
        }
        boolean mayBeEarly =
                isAnswer && refusals < MOST_REFUSALS && !welcome.future().isComplete();
        retry("cannot link to " + target + ": " + why, mayBeEarly ? EARLY_MILLISECONDS : backoff.next());
    }

    /** One line for each outage. */
    private void retry(String why, long milliseconds) {
        if (isStopping) {
            return;
        }
        if (!isTroubleTold) {
            isTroubleTold = true;
            LOG.warn("{}; trying again", why);
        }
        turns++;
        vertx.setTimer(milliseconds, id -> dial());
    }

    private void opened(WebSocket socket) {
        if (isStopping) {
            socket.close().onFailure(late -> {});
            return;
        }
        LinkConnection opened = new LinkConnection(vertx, socket, boards, target.isWorker());
        connection = opened;
        opened.open(this::welcomed, () -> ended(opened));
        JsonObject more = JsonObject.of("version", version);
        if (!page.isEmpty()) {
            more.put("page", page);
        }
        opened.greet(target.isWorker() ? more.put("resources", secret) : more);
    }

    private void welcomed(JsonObject message) {
        isTroubleTold = false;
        unlinkedNanos = 0;
        retryWithinSeconds = Math.max(1, Math.min(MOST_RETRY_SECONDS, message.getLong("retryWithinSeconds", 1L)));
        LOG.info("Linked to {} as {}", target.turned(turns).hub(), LinkTrouble.printable(message.getString("id", "")));
        welcome.tryComplete();
    }

    private void ended(LinkConnection closed) {
        if (connection == closed) {
            connection = null;
            unlinkedNanos = System.nanoTime();
            closed.end();
            backoff.lasted(closed.milliseconds());
            Short code = closed.socket().closeStatusCode();
            retry(
                    "the link to " + target + " ended: " + LinkTrouble.of(closed.socket()),
                    pause(code == null ? 0 : code));
        }
    }

    private long pause(int closeCode) {
        return switch (closeCode) {
            case LinkProtocol.RESTARTING -> backoff.within(retryWithinSeconds);
            case LinkProtocol.REPLACED -> REPLACED_MILLISECONDS;
            default -> backoff.next();
        };
    }

    private void endIfSilent() {
        LinkConnection open = connection;
        if (open != null && open.silentNanos() > TimeUnit.MILLISECONDS.toNanos(LinkProtocol.SILENCE_MILLISECONDS)) {
            open.socket()
                    .close((short) LinkProtocol.SILENT, "nothing came for 25 s")
                    .onFailure(late -> {});
            ended(open); // A connection that is half open never says that it is closed.
        }
    }
}
