package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcFailure;
import pulseboard.board.uploads.rc.RcloneDaemon;

/**
 * One session: stage after stage, until nothing waits, nobody can, or somebody says stop. {@link #tick} does the next step; all that
 * a later run of this program needs to go on is on the disk before anything begins. Not thread-safe; it blocks.
 */
final class SessionRun {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRun.class);

    private final Job job;
    private final Accounts accounts;
    private final RcloneDaemon daemon;
    private final Queue queue;
    private final Map<String, Integer> numbers = new HashMap<>();
    final SessionBooks books;
    private SessionNote note;
    private @Nullable StageRun stage;
    private @Nullable Stage planned;
    private final StageChoice choice;
    private final StageEnd ends;
    private final SessionStatus status = new SessionStatus();
    private final RcloneStart starter;
    private final AccountGuard guard;
    private final Pacer pacer;
    private final StallDetector stalls;
    private @Nullable Recovery recovery;

    /** With these books, of a session that goes on or begins. */
    SessionRun(Job job, RcloneDaemon daemon, SessionBooks books, SessionBooks.Open open) {
        this.job = job;
        pacer = new Pacer(job.throttle());
        stalls = new StallDetector(job, books);
        guard = new AccountGuard(job, books);
        starter = new RcloneStart(daemon);
        this.daemon = daemon;
        this.books = books;
        accounts = books.accounts();
        queue = open.queue();
        note = open.note();
        choice = new StageChoice(job, books, queue, guard);
        ends = new StageEnd(job, books, numbers);
    }

    /** Does the next step; not after it is over. */
    void tick() throws IOException {
        StageRun running = stage;
        try {
            if (running != null) {
                follow(running);
            } else if (note.isPaused()) {
                status.is(Phase.PAUSED);
            } else if (planned != null || plan()) {
                begin();
            }
        } catch (RcFailure e) {
            trouble(e);
        }
    }

    /** Goes on with what an earlier run of this program has begun; where its rclone is gone, it is lost. */
    void restore() throws IOException {
        StageRun.Note begun = note.stage();
        long offset = books.restore(begun == null ? "" : begun.run());
        if (begun == null) {
            return;
        }
        Map<String, Long> sizes = queue.find(Files.readAllLines(job.file("stage.txt")), numbers);
        StageRun found = new StageRun(begun, sizes, daemon.log(), guard::heard);
        found.goOnReading(daemon.log(), offset);
        stage = found;
        stalls.begin(System.nanoTime());
        accounts.use(begun.account(), job.name());
        guard.begin(begun.account());
        status.is(Phase.UPLOADING);
        if (!daemon.isAlive() || begun.job() == 0 || !daemon.run().equals(begun.run())) {
            lost("rclone is gone; it was killed while nobody looked");
        }
    }

    private void trouble(RcFailure failure) throws IOException {
        status.failed();
        LOG.debug("rclone of {}", job.name(), failure);
        if (!failure.isSilent()) {
            lost("rclone refuses: " + failure.getMessage());
        } else if (status.isSilent()) {
            lost("rclone does not answer");
        }
    }

    /** Whether there is a stage to begin; else it waits, or has ended. */
    private boolean plan() throws IOException {
        if (queue.left() == 0) {
            int failed = books.progress.count("failed");
            end(failed == 0 ? Phase.DONE : Phase.FAILED, failed == 0 ? "" : failed + " files have not arrived");
            return false;
        }
        planned = choice.next().orElse(null);
        if (planned != null) {
            status.is(Phase.BETWEEN);
            return true;
        }
        if (choice.rest(status)) {
            daemon.quit();
        }
        return false;
    }

    private void begin() throws IOException, RcFailure {
        Optional<RcClient> rc;
        try {
            rc = starter.client();
        } catch (IOException e) {
            end(Phase.FAILED, String.valueOf(e.getMessage()));
            return;
        }
        if (rc.isEmpty()) {
            status.is(Phase.STARTING);
            return;
        }
        pacer.begin();
        status.version(rc.get().call("core/version", new JsonObject()).getString("version", ""));
        begin(rc.get(), Objects.requireNonNull(planned));
    }

    private void begin(RcClient rc, Stage next) throws IOException, RcFailure {
        numbers.clear();
        stalls.begin(System.nanoTime());
        books.progress.looked(new JsonArray(), System.nanoTime(), false); // All may have arrived before the first look.
        pacer.limit(rc, job.now());
        Map<String, Long> sizes = queue.named(next.files(), numbers);
        StageRun begun = new StageStart(job, daemon, sizes).begin(rc, next, note, guard::heard);
        note = note.with(begun.note());
        stage = begun;
        accounts.use(next.account(), job.name());
        guard.begin(next.account());
        status.heard(job.now());
    }

    private void save(SessionNote next) throws IOException {
        note = next;
        note.write(job.file("session.json"));
    }

    private void follow(StageRun running) throws IOException, RcFailure {
        Optional<RcClient> rc = daemon.client();
        if (!daemon.isAlive()) {
            lost("rclone is gone; it was killed, or crashed");
            return;
        }
        if (rc.isEmpty()) {
            throw new RcFailure(0, "no answer");
        }
        status.is(Phase.UPLOADING);
        StageRun.Look look = running.look(rc.get());
        books.arrived(running, look.arrived(), numbers);
        books.progress.looked(look.transferring(), System.nanoTime(), false);
        status.heard(job.now());
        if (guard.hasHadEnough(running)) {
            halt();
        } else if (look.end().isPresent()) {
            String why = ends.judge(running, rc.get(), look.end().get());
            leave(running);
            running.forget(rc.get());
            if (!why.isEmpty()) {
                end(Phase.FAILED, why);
            }
        } else if (stalls.isStalled(System.nanoTime())) {
            List<String> stuck = stalls.tell();
            halt();
            ends.stalled(stuck);
        } else {
            pacer.limit(rc.get(), job.now());
        }
    }

    /** The stage is over. */
    private void leave(StageRun running) throws IOException {
        books.left(running);
        books.progress.looked(new JsonArray(), System.nanoTime(), false);
        stage = null;
        planned = null;
        status.is(Phase.BETWEEN);
        save(note.with(null));
    }

    /** Stops what is under way, so that no half file stays behind. */
    private void halt() throws IOException {
        StageRun running = stage;
        Optional<RcClient> rc = daemon.isAlive() ? daemon.client() : Optional.empty();
        if (running != null && rc.isPresent()) {
            try {
                books.arrived(running, running.stop(rc.get()), numbers);
                books.arrived(running, new StageStop(running, rc.get(), job, queue.times(numbers)).tidy(), numbers);
                leave(running);
            } catch (RcFailure e) {
                lost("rclone does not stop: " + e.getMessage());
            }
        }
    }

    private void lost(String why) throws IOException {
        daemon.kill();
        StageRun running = stage;
        if (running != null) {
            books.arrived(running, running.arrived(), numbers);
            books.left(running);
            Account account = running.note().account();
            recovery = new Recovery(job, running, new UntoldFiles(queue, numbers, books, account));
        }
        stage = null;
        end(Phase.LOST, why);
    }

    private void end(Phase how, String why) {
        status.ended(how, why, job.now());
        if (how != Phase.LOST) {
            daemon.quit();
        }
        LOG.info("Upload session {} of {}: {}{}", note.id(), job.name(), how.text(), why.isEmpty() ? "" : ": " + why);
    }

    boolean isOver() {
        return status.isOver();
    }

    /** What has to be looked after, where rclone was lost. */
    Optional<Recovery> recovery() {
        return Optional.ofNullable(recovery);
    }

    /** Leaves what is under way, if anything is, for a later session. */
    void skipStage() throws IOException {
        StageRun running = stage;
        if (running != null) {
            halt();
            ends.skip(running);
        }
    }

    /** The account that it uploads by now, if that is the one, is to rest. */
    void leave(Account account) throws IOException {
        StageRun running = stage;
        if (running != null && running.note().account().id().equals(account.id())) {
            halt();
        }
    }

    /** Ends it for good. */
    void stop() throws IOException {
        halt();
        if (!isOver()) {
            end(Phase.STOPPED, "stopped by an operator");
        }
    }

    /** Stops what is under way; it goes on when it is resumed. */
    void pause(boolean is) throws IOException {
        if (is) {
            suspend();
        }
        save(note.paused(is));
        status.is(is ? Phase.PAUSED : Phase.BETWEEN);
    }

    /** This program ends: rclone stops without half files, and a later run goes on. */
    void suspend() throws IOException {
        halt();
        daemon.quit();
    }

    /** What the board shows of it. */
    void addTo(JsonObject json) {
        status.addTo(json, note, books.accountsUsed());
        StageRun running = stage;
        if (running != null) {
            status.addStage(json, running.note(), job.settings().strategy(), planned);
            json.put("position", job.positionOf(running.note().account()));
        }
        books.addTo(json, isOver(), status.phase() == Phase.DONE);
        status.addRclone(json, daemon);
        json.put("triggers", guard.toJson());
    }
}
