package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** The board of the machine. */
    static final String HOST = "host";

    private static final String PROCESSES = "processes";

    private final Server server;
    private final String machine;
    private final String main;
    private final ScheduledExecutorService thread;
    private final Runnable changed;
    private final Map<String, BoardCopy> copies = new LinkedHashMap<>();
    private @Nullable WebSocketLink link;
    private final MachineFacts facts;
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

    /**
     * Follows boards.
     *
     * @param boards the one that matters, and maybe the processes, which has the server sample them
     * @param changed is run on the thread whenever something has changed
     */
    FeedClient(Server server, ScheduledExecutorService thread, List<String> boards, Runnable changed) {
        this.server = server;
        this.machine = server.machine();
        this.thread = thread;
        this.changed = changed;
        this.main = boards.get(0);
        this.facts = new MachineFacts(server, board(main), thread, changed);
        this.health = new MachineHealth(server, board(main), thread, changed);
        boards.forEach(each -> copies.put(board(each), BoardCopy.empty()));
    }

    /** The host, and its processes if they are wanted. */
    static List<String> host(boolean withProcesses) {
        return withProcesses ? List.of(HOST, PROCESSES) : List.of(HOST);
    }

    /** Whether all is there that is told of a machine, beside its figures. */
    boolean isComplete() {
        return !main.equals(HOST) || (facts.newest() != null && health.isKnown());
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
        Replica host = copy(board(main)).board();
        BoardCopy processes = copies.get(board(PROCESSES));
        return new ServerState(
                server.base().toString(),
                host.state(),
                processes == null ? null : processes.board().state(),
                facts.newest(),
                host.at(),
                health.verdict(),
                trouble(),
                rejected && processes != null && processes.board().state() == null ? "not for this token" : "");
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

    private BoardCopy copy(String board) {
        return Objects.requireNonNull(copies.get(board));
    }

    private String trouble() {
        long silence = System.nanoTime() - heardNanos;
        if (!open) {
            return trouble;
        }
        if (copy(board(main)).board().state() == null) {
            return rejected ? ErrorTexts.ofRejection(main, machine) : "waiting for the first figures";
        }
        if (health.isOffline()) {
            return health.text();
        }
        return silence > STALE_NANOS ? "nothing new comes" : "";
    }

    private void connect() {
        retryNanos = 0;
        heardNanos = System.nanoTime();
        link = WebSocketLink.open(server, thread, this);
    }

    @Override
    public void opened() {
        open = true;
        heardNanos = System.nanoTime();
        pingedNanos = heardNanos;
        register();
        changed.run();
    }

    private void register() {
        rejected = false;
        copies.forEach((board, copy) -> {
            send(JsonObject.of("type", "register", "address", Addresses.changes(board)));
            copy.reader().restart();
        });
        ask();
    }

    private void ask() {
        askedNanos = System.nanoTime();
        copies.forEach((board, copy) -> {
            if (copy.reader().isWaiting()) {
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
            boolean wasWaiting = copy.reader().isWaiting();
            if (address.equals(board)) {
                copy.reader().snapshot(body);
            } else if (address.equals(Addresses.changes(board))) {
                copy.reader().change(body);
            }
            if (copy.reader().isWaiting() && !wasWaiting) {
                ask();
            }
        });
        look();
        changed.run();
    }

    /** What is no part of a board. Of those of a server's own machine, only the host's is about whether it is well. */
    private void look() {
        String epoch = copy(board(main)).reader().epoch();
        if (main.equals(HOST)) {
            facts.look(epoch);
        }
        if (main.equals(HOST) || !machine.isEmpty()) {
            health.look();
        }
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

    @Override
    public void ended(Throwable why) {
        int status = ErrorTexts.status(why);
        asking = status >= 400 && status < 500;
        lost(ErrorTexts.of(why));
        if (asking) {
            CompletableFuture<?> unused = server.get("api/boards/" + board(main))
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
            look();
        }
        if (now - heardNanos > SILENT_NANOS) {
            lost(ErrorTexts.SILENT);
        } else if (open && now - pingedNanos > PING_NANOS) {
            pingedNanos = now;
            send(JsonObject.of("type", "ping"));
        } else if (open && now - askedNanos > ASK_AGAIN_NANOS) {
            askAgain();
        }
    }

    /** A board of a worker comes with it; that of the machine is there from the start, or is not for us. */
    private void askAgain() {
        if (!rejected) {
            ask();
        } else if (!main.equals(HOST)) {
            register();
        }
    }
}
