package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.uploads.config.ByteSize;
import pulseboard.board.uploads.rc.RcloneDaemon;

/**
 * One uploader, on a thread of its own: lists its folder now and then, begins a session when enough waits or somebody says so, and
 * goes on with the one that a killed run of this program has left. Thread-safe.
 */
public final class Uploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);
    private static final long IDLE_MILLISECONDS = 10_000;
    private static final long LISTING_MILLISECONDS = 200;
    private static final long STOP_SECONDS = 30;

    private final Job job;
    private final Accounts accounts;
    private final Shown shown;
    private final RcloneDaemon daemon;
    private final Listing listing;
    private final Known known;
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable SessionRun session;
    private @Nullable ScheduledFuture<?> next;
    private volatile boolean isUnderWay;
    private final LostSession lost = new LostSession();
    private boolean isWanted;
    private boolean isListWanted;
    private String trouble = "";

    /**
     * Where it is shown.
     *
     * @param board gets each state
     * @param sessions gets each session that has ended
     * @param files gets each file that is finished
     */
    public record Shown(Consumer<JsonObject> board, SessionHistory sessions, FileHistory files) {}

    /** Does nothing yet; each state is given to the listener, on a thread of this uploader's. */
    public Uploader(Job job, Accounts accounts, RcloneDaemon daemon, Shown shown) throws IOException {
        this.job = job;
        this.accounts = accounts;
        this.shown = shown;
        this.daemon = daemon;
        Files.createDirectories(job.folder());
        known = new Known(job.file("known"));
        listing = new Listing(job, known, accounts.largestQuota(job.accounts()));
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "uploads-" + job.name());
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true); // Else its end waits until the next look would have been due.
    }

    /** Begins. */
    public void start() {
        then(this::resume);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** On the thread of this uploader; then it looks what is next. */
    private void then(Step step) {
        thread.execute(() -> {
            try {
                step.run();
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
            tick();
        });
    }

    /** Tells it; it does so soon. */
    public void tell(Command command) {
        then(() -> obey(command));
    }

    /** This account is to rest: what it uploads now is stopped. */
    public void leave(Account account) {
        then(() -> {
            SessionRun running = running();
            if (running != null) {
                running.leave(account);
            }
        });
    }

    /** The session that a run of this program before this one has left, as the ledger calls it. */
    public Optional<String> leftSession() {
        return SessionNote.read(job.file("session.json")).map(note -> job.name() + "/" + note.id());
    }

    /** Whether a session goes on, as far as is known by now. */
    public boolean isUnderWay() {
        return isUnderWay;
    }

    private void obey(Command command) throws IOException {
        SessionRun running = running();
        switch (command) {
            case START -> isWanted = true;
            case LIST -> isListWanted = true;
            case STOP -> {
                isWanted = false;
                if (running != null) {
                    running.stop();
                }
            }
            case SKIP_STAGE -> {
                if (running != null) {
                    running.skipStage();
                }
            }
            case PAUSE, RESUME -> {
                if (running != null) {
                    running.pause(command == Command.PAUSE);
                }
            }
        }
    }

    private @Nullable SessionRun running() {
        SessionRun last = session;
        return last == null || last.isOver() ? null : last;
    }

    private void tick() {
        cancelNext();
        try {
            step();
            trouble = "";
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
        isUnderWay = running() != null;
        shown.board.accept(state());
        next = thread.schedule(this::tick, pause(), TimeUnit.MILLISECONDS);
    }

    private void cancelNext() {
        ScheduledFuture<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private void failed(Exception failure) {
        if (!trouble.equals(String.valueOf(failure.getMessage()))) { // Else it would be said with each look.
            LOG.warn("The uploader {} cannot go on as it should", job.name(), failure);
        }
        trouble = String.valueOf(failure.getMessage());
    }

    private long pause() {
        if (running() != null) {
            return job.config().pollMilliseconds();
        }
        return listing.isUnderWay() || lost.isThere()
                ? LISTING_MILLISECONDS
                : Math.min(IDLE_MILLISECONDS, job.config().listSeconds() * 1_000L);
    }

    private void step() throws IOException {
        SessionRun running = running();
        if (running != null) {
            running.tick();
            if (running.isOver()) {
                over(running);
            }
        } else if (lost.isThere()) {
            if (lost.isOver(job.now())) {
                Files.deleteIfExists(job.file("session.json"));
                isWanted = true;
            }
        } else if (listing.isUnderWay()) {
            if (listing.look()) {
                beginIfDue();
            }
        } else if (isWanted || isListWanted || listing.isDue()) {
            isListWanted = false;
            listing.start();
        }
    }

    private void over(SessionRun ended) throws IOException {
        shown.sessions.ended(job.name(), state());
        isListWanted = true;
        if (!lost.begins(ended, job.now())) {
            Files.deleteIfExists(job.file("session.json"));
        }
    }

    private void beginIfDue() throws IOException {
        Queue queue = listing.queue();
        boolean isEnough = queue.left() > 0
                && queue.leftBytes() >= ByteSize.of(job.settings().startBytes())
                && job.isTime();
        if (!isWanted && !isEnough) {
            return;
        }
        isWanted = false;
        long now = job.now();
        SessionNote note = new SessionNote(
                Long.toString(now, Character.MAX_RADIX), now, queue.left(), queue.leftBytes(), 0, false, null);
        listing.copyTo(job.file("queue.json"));
        note.write(job.file("session.json"));
        session = open(new SessionBooks.Open(note, queue));
        LOG.info("Upload session {} of {}: {} files", note.id(), job.name(), queue.left());
    }

    private SessionRun open(SessionBooks.Open open) {
        SessionBooks.Past past = new SessionBooks.Past(known, shown.files);
        return new SessionRun(job, daemon, new SessionBooks(job, accounts, past, open), open);
    }

    /** A session that a run of this program before this one has left. */
    private void resume() throws IOException {
        Optional<SessionNote> left = SessionNote.read(job.file("session.json"));
        Path list = job.file("queue.json");
        if (left.isPresent() && Files.exists(list)) {
            SessionRun found = open(new SessionBooks.Open(left.get(), listing.goOn(list)));
            found.restore();
            session = found;
            if (found.isOver()) {
                over(found);
            }
        }
    }

    private JsonObject state() {
        JsonObject json = new JsonObject()
                .put("source", job.settings().source())
                .put("target", job.settings().target())
                .put("kind", job.settings().kind())
                .put("phase", listing.isUnderWay() ? Phase.LISTING.text() : Phase.IDLE.text());
        listing.addTo(json);
        job.throttle().addTo(json, job.now());
        SessionRun last = session;
        json.put("lastSession", shown.sessions.last(job.name()));
        accounts.addTo(json, job.accounts());
        if (running() == null) {
            json.put("next", job.next());
        }
        if (last != null) {
            last.addTo(json);
        }
        if (!trouble.isEmpty()) {
            json.put("trouble", trouble);
        }
        return json;
    }

    /** Ends at once, as if this process were killed: rclone goes on, and a later run finds it. */
    void abandon() {
        thread.shutdownNow();
    }

    /** Stops without half files; a later run goes on with the session. Returns when it has stopped. */
    @Override
    public void close() {
        thread.execute(() -> {
            try {
                cancelNext();
                SessionRun running = running();
                if (running != null) {
                    running.suspend();
                }
            } catch (IOException e) {
                failed(e);
            }
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The uploader {} has not stopped in {} s", job.name(), STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
