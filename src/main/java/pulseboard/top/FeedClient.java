package pulseboard.top;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.FeedReader;
import pulseboard.feed.Replica;

/**
 * The client of a server's boards: connects, keeps the copies, notices when nothing comes any more, and comes back by itself. To be
 * used on its thread.
 */
final class FeedClient implements WebSocketLink.Handler {

    private static final long TICK_MILLISECONDS = 250;
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(25);
    private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedReader.STALE_MILLISECONDS);

    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int FIRST_WAIT_MILLISECONDS = 500;
    private static final int LONGEST_WAIT_MILLISECONDS = 4_000;
    private static final String HOST = "host";
    private static final String PROCESSES = "processes";

    private final Server server;
    private final String machine;
    private final ScheduledExecutorService thread;
    private final Runnable changed;
    private final Map<String, Copy> copies = new LinkedHashMap<>();
    private @Nullable WebSocketLink link;
    private @Nullable JsonObject facts;
    private String factsOf = "";
    private final MachineHealth health;
    private boolean open;
    private String trouble = "connecting";
    private @Nullable String refusal;
    private boolean rejected;
    private boolean asking;
    private int failures;
    private long heardNanos;
    private long retryNanos;
    private long askedNanos;
    private long pingedNanos;

    /** A board, and what keeps it equal to the server's. */
    private record Copy(Replica board, FeedReader reader) {
        static Copy empty() {
            Replica board = new Replica();
            return new Copy(board, new FeedReader(board));
        }
    }

    /**
     * Follows the host, and the processes if they are wanted, which has the server sample them.
     *
     * @param changed is run on the thread whenever something has changed
     */
    FeedClient(Server server, ScheduledExecutorService thread, boolean withProcesses, Runnable changed) {
        this.server = server;
        this.machine = server.machine();
        this.thread = thread;
        this.changed = changed;
        this.health = new MachineHealth(server, board(HOST), thread, changed);
        copies.put(board(HOST), Copy.empty());
        if (withProcesses) {
            copies.put(board(PROCESSES), Copy.empty());
        }
    }

    /** The board of this name of the machine that is shown. */
    private String board(String name) {
        return new BoardId(machine, name).toString();
    }

    void start() {
        connect();
        Future<?> unused =
                thread.scheduleWithFixedDelay(this::tick, TICK_MILLISECONDS, TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** What is known now. */
    ServerState state() {
        Replica host = copy(board(HOST)).board;
        Copy processes = copies.get(board(PROCESSES));
        return new ServerState(
                server.base().toString(),
                host.state(),
                processes == null ? null : processes.board.state(),
                facts,
                host.at(),
                health.verdict(),
                trouble(),
                rejected && processes != null && processes.board.state() == null ? "not for this token" : "");
    }

    /** Why the server will not have us; null while it is only not there. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Whether a try has failed since something was last heard, and it is known why. */
    boolean hasFailed() {
        return failures > 0 && !asking;
    }

    /** Whether the server has heard of the machine that is shown. */
    MachineHealth health() {
        return health;
    }

    private Copy copy(String board) {
        return Objects.requireNonNull(copies.get(board));
    }

    private String trouble() {
        long silence = System.nanoTime() - heardNanos;
        if (!open) {
            return trouble;
        }
        if (copy(board(HOST)).board.state() == null) {
            return rejected ? rejection() : "waiting for the first figures";
        }
        if (health.isOffline()) {
            return health.text();
        }
        return silence > STALE_NANOS ? "nothing new comes" : "";
    }

    private String rejection() {
        return machine.isEmpty()
                ? "this token is not for this board"
                : "no machine " + machine + " is linked there, or this token is not for its boards";
    }

    private void connect() {
        retryNanos = 0;
        heardNanos = System.nanoTime();
        link = WebSocketLink.open(server, thread, this);
    }

    @Override
    public void opened() {
        open = true;
        rejected = false;
        heardNanos = System.nanoTime();
        pingedNanos = heardNanos;
        copies.forEach((board, copy) -> {
            send(JsonObject.of("type", "register", "address", Addresses.changes(board)));
            copy.reader.restart();
        });
        ask();
        changed.run();
    }

    private void ask() {
        askedNanos = System.nanoTime();
        copies.forEach((board, copy) -> {
            if (copy.reader.isWaiting()) {
                send(JsonObject.of("type", "send", "address", Addresses.snapshot(board), "body", new JsonObject())
                        .put("replyAddress", board));
            }
        });
    }

    private void send(JsonObject frame) {
        if (link != null) {
            link.send(frame);
        }
    }

    @Override
    public void frame(JsonObject frame) {
        if ("err".equals(frame.getString("type"))) {
            error(String.valueOf(frame.getValue("body")));
            return;
        }
        heardNanos = System.nanoTime();
        failures = 0;
        String address = frame.getString("address", "");
        JsonObject body = Objects.requireNonNull(frame.getJsonObject("body"), "body");
        copies.forEach((board, copy) -> {
            boolean wasWaiting = copy.reader.isWaiting();
            if (address.equals(board)) {
                copy.reader.snapshot(body);
            } else if (address.equals(Addresses.changes(board))) {
                copy.reader.change(body);
            }
            if (copy.reader.isWaiting() && !wasWaiting) {
                ask();
            }
        });
        askFacts();
        health.look();
        changed.run();
    }

    private void error(String word) {
        String end = ErrorTexts.ofWord(word);
        if (end != null) {
            lost(end);
        } else if (word.equals("rejected") || word.equals("access_denied")) { // The latter: there is no such board.
            rejected = true;
            changed.run();
        }
    }

    /** Facts do not change while the server is up. */
    private void askFacts() {
        String epoch = copy(board(HOST)).reader.epoch();
        if (!epoch.equals(factsOf)) {
            factsOf = epoch;
            CompletableFuture<?> unused = server.get(
                            machine.isEmpty() ? "api/host" : "api/boards/" + board(HOST) + "/facts")
                    .thenAcceptAsync(this::takeFacts, thread);
        }
    }

    private void takeFacts(Server.Answer answer) {
        try {
            facts = answer.status() == 200 ? new JsonObject(answer.body()) : facts;
            changed.run();
        } catch (DecodeException notOurs) {
            // Without them there is no name and no uptime to show.
        }
    }

    @Override
    public void ended(Throwable why) {
        int status = ErrorTexts.status(why);
        asking = status >= 400 && status < 500;
        lost(ErrorTexts.of(why));
        if (asking) {
            CompletableFuture<?> unused = server.get("api/boards/" + board(HOST))
                    .handleAsync(
                            (answer, failure) -> {
                                String words = answer == null ? null : ErrorTexts.ofAnswer(answer);
                                refused(Objects.requireNonNullElse(words, trouble));
                                return words;
                            },
                            thread);
        }
    }

    private void refused(String why) {
        asking = false;
        trouble = why;
        refusal = why;
        changed.run();
    }

    private void lost(String why) {
        if (link != null) {
            link.close();
        }
        link = null;
        open = false;
        trouble = why;
        int most = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS << Math.min(failures, 8));
        failures++;
        retryNanos = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(most / 2, most));
        changed.run();
    }

    private void tick() {
        long now = System.nanoTime();
        if (link == null) {
            if (now - retryNanos >= 0) {
                connect();
            }
            return;
        }
        if (open) {
            health.look();
        }
        if (now - heardNanos > SILENT_NANOS) {
            lost(ErrorTexts.SILENT);
        } else if (open && now - pingedNanos > PING_NANOS) {
            pingedNanos = now;
            send(JsonObject.of("type", "ping"));
        } else if (open && now - askedNanos > ASK_AGAIN_NANOS && !rejected) {
            ask();
        }
    }
}
