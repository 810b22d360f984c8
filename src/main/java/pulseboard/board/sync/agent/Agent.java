package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.wire.Identity;
import pulseboard.engine.RateLimit;

/** An agent of file sync: all folders of this machine, one connection to the coordinator, and a port for the other agents. */
public final class Agent implements AutoCloseable, Control.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final long TICK_MILLISECONDS = 100;
    private static final int WORKERS = 6;
    private static final int READERS = 2;

    private final AgentConfig config;
    private final Identity identity;
    private final Path state;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(Threads.daemon("loop"));
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Threads.daemon("fetch"));
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, Threads.daemon("read"));
    private final ExecutorService scans = Executors.newSingleThreadExecutor(Threads.daemon("scan"));
    private final Map<String, Running> folders = new TreeMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RateLimit receive = new RateLimit();
    private final Control control;
    private final Source source;
    private String lastStatus = "";
    private long statusNanos;
    private boolean isGreeted;

    /**
     * Opens the folders that the state folder names; nothing runs yet.
     *
     * @throws IOException when a folder is not there, or another agent has it
     */
    public Agent(Path state) throws IOException, GeneralSecurityException {
        this.state = state;
        config = AgentConfig.in(state);
        identity = Identity.in(state);
        RateLimit send = new RateLimit();
        send.set(config.limits().sendBytesPerSecond());
        receive.set(config.limits().receiveBytesPerSecond());
        source = new Source(config.listen(), identity.context(this::isKnown), folders::get, send);
        control = new Control(config, identity, this::onLoop, this);
        for (String each : config.folders().keySet()) {
            folders.put(each, open(each));
        }
    }

    /** The TLS of content: machines that have a folder with this one. */
    private boolean isKnown(String device) {
        return folders.values().stream().anyMatch(each -> each.peers().isMember(device));
    }

    private Running open(String id) throws IOException {
        Path path = config.path(id).toAbsolutePath();
        if (!Files.isDirectory(path)) {
            throw new IOException("the folder " + id + " is to be at " + path + ", and there is none");
        }
        Tree tree = new Tree(path);
        Index index = new Index(state.resolve(id + ".mv"));
        Peers peers = new Peers(id, identity, receive, config.coordinator());
        Totals totals = new Totals((contentId, list) -> onLoop(() -> index.noteList(contentId, list)));
        Guard guard = new Guard(new Marker(tree, index.tables().facts(), index::commit));
        boolean isOld = guard.open();
        if (!guard.isHeld()) {
            Own.prepare(tree);
        }
        AgentLimits limits = config.limits();
        Room room = new Room(path, limits.keepFreeBytes());
        Fetcher fetcher = new Fetcher(new Fetcher.Means(tree, index, peers, workers, totals, room));
        Map<String, Looker> lookers = new HashMap<>();
        Consumer<String> look = directory -> looker(lookers, id).look(directory);
        Place place = new Place(tree, index, new Ignores(tree));
        boolean unused = place.ignores().refresh();
        FolderSync sync = new FolderSync(
                new FolderSync.Means(id, place, fetcher, guard, config.name(), limits.mode(id)), this::send, look);
        sync.versions.mayTake(Room.tenth(path, config.folders().values()), sync.replica.wanted()::wants);
        if (!guard.isHeld()) {
            sync.placer.recover();
        }
        if (isOld) {
            sync.beginAnew();
        }
        sync.onCame(outcome -> onLoop(() -> sync.came(outcome)));
        Watch watch = new Watch(path, look);
        Scanner scanner = new Scanner(place, readers, sink(sync, watch, () -> looker(lookers, id)));
        Looker looker = new Looker(scanner, watch, scans, missing -> await(() -> sync.losses.missing(missing)));
        lookers.put(id, looker);
        return new Running(sync, looker, watch, peers, totals, new Arrivals(sync, room, this::await));
    }

    /** It and those who have it look know each other; it is made last. */
    private static Looker looker(Map<String, Looker> lookers, String id) {
        return Objects.requireNonNull(lookers.get(id));
    }

    private Scanner.Sink sink(FolderSync sync, Watch watch, java.util.function.Supplier<Looker> looker) {
        return new Scanner.Sink() {
            @Override
            public void changes(List<Change> changes) {
                await(() -> sync.changes(changes));
                long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
                for (Change each : changes) {
                    if (each.stat().isFresh(now)) {
                        looker.get().lookLater(Tree.parent(each.path()));
                    }
                }
            }

            @Override
            public void busy(String path) {
                looker.get().lookAgain(Tree.parent(path));
            }

            @Override
            public void rules() {
                await(sync::rules);
                looker.get().lookAtAll();
            }

            @Override
            public boolean directory(String path) {
                return watch.add(path);
            }
        };
    }

    /** Whoever looks does not run ahead of the loop. */
    private void await(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        onLoop(() -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        });
        try {
            boolean isDone = false;
            while (!isDone && !loop.isShutdown()) { // What still waits then is never done.
                isDone = done.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What still comes after the end is left out, as it would be when this machine were switched off. */
    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("It came after the end", e);
        }
    }

    /** Begins to work. */
    public void start() {
        control.start();
        ScheduledFuture<?> unused =
                loop.scheduleWithFixedDelay(this::tick, TICK_MILLISECONDS, TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (Running each : folders.values()) {
            try {
                each.looker().tick();
                each.sync().tick();
            } catch (IOException | RuntimeException e) {
                LOG.warn("The folder {} cannot be worked on: {}", each.sync().id, e.toString());
            }
        }
        tellStatus();
    }

    private void send(JsonObject frame) {
        control.send(frame);
    }

    @Override
    public void connected() {
        isGreeted = true;
        lastStatus = "";
        JsonObject all = new JsonObject();
        folders.forEach((id, each) -> all.put(
                id,
                new JsonObject()
                        .put("actor", Long.toHexString(each.sync().replica.actor()))
                        .put("incarnation", each.sync().guard.incarnation())
                        .put("generation", each.sync().guard.generation())));
        send(new JsonObject()
                .put("kind", "hello")
                .put("name", config.name())
                .put("host", config.listen())
                .put("port", source.port())
                .put("folders", all));
    }

    @Override
    public void lost() {
        isGreeted = false;
        folders.values().forEach(each -> each.sync().lost());
    }

    @Override
    public void frame(JsonObject frame) {
        Running folder = folders.get(frame.getString("folder", ""));
        if (folder == null) {
            return;
        }
        try {
            folder.take(frame);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The coordinator said something that is not understood: {}", frame.getString("kind"), e);
        }
    }

    /** What the board shows of this machine, twice a second at most, and only if something of it is new. */
    private void tellStatus() {
        if (System.nanoTime() - statusNanos < TimeUnit.MILLISECONDS.toNanos(500) || !isGreeted) {
            return;
        }
        statusNanos = System.nanoTime();
        JsonObject all = new JsonObject();
        folders.forEach((id, each) -> all.put(id, each.status()));
        String text = all.encode();
        if (!text.equals(lastStatus)) {
            lastStatus = text;
            send(new JsonObject().put("kind", "status").put("folders", all));
        }
    }

    /** Returns when it is closed. */
    public void await() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        control.close();
        folders.values().forEach(each -> each.peers().close());
        // Nobody is interrupted: what reads or writes a file then would close it for all.
        for (ExecutorService each : List.of(scans, readers, workers)) {
            Threads.end(each);
        }
        await(() -> {
            for (Running each : folders.values()) {
                try {
                    each.sync().placer.lookAside(true);
                    each.watch().close();
                } catch (IOException e) {
                    LOG.debug("{} was not closed well", each.sync().id, e);
                }
                each.sync().index.commit();
                each.sync().index.close();
            }
            loop.shutdown();
        });
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("The port was not closed well", e);
        }
        ended.countDown();
    }
}
