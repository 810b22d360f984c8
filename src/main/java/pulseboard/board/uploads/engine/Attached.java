package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.uploads.config.AttachedConfig;
import pulseboard.board.uploads.rc.ForeignRclone;
import pulseboard.board.uploads.rc.RcFailure;
import pulseboard.engine.Pace;

/** An rclone that somebody else has started, as it says of itself: looked at on a thread of its own, and never commanded. Thread-safe. */
public final class Attached implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attached.class);
    private static final double SMOOTHING_SECONDS = 5;
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CONTACT_MILLISECONDS = 10_000;

    /** So many times as seldom when nothing is under way. */
    private static final int IDLE = 10;

    private final AttachedConfig config;
    private final ForeignRclone rclone;
    private final int pollMilliseconds;
    private final Consumer<JsonObject> board;
    private final ScheduledExecutorService thread;
    private final ActiveFiles active = new ActiveFiles();
    private final ForeignPast past = new ForeignPast();
    private Phase phase = Phase.STARTING;
    private Pace pace = new Pace(SMOOTHING_SECONDS);
    private JsonObject stats = new JsonObject();
    private String version = "";
    private String trouble = "";
    private long bytes;
    private long heardNanos = System.nanoTime();
    private long contactAt;
    private long failures;

    /**
     * Does nothing yet.
     *
     * @param pollMilliseconds how often it is asked while something is under way
     * @param board gets each state, on a thread of this one's
     */
    public Attached(AttachedConfig config, ForeignRclone rclone, int pollMilliseconds, Consumer<JsonObject> board) {
        this.config = config;
        this.rclone = rclone;
        this.pollMilliseconds = pollMilliseconds;
        this.board = board;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "uploads-attached");
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins. */
    public void start() {
        thread.execute(this::tick);
    }

    private void tick() {
        try {
            look();
        } catch (RcFailure e) {
            failed(e);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be looked at", config.url(), e);
            phase = Phase.LOST;
            trouble = "it cannot be asked: " + e.getMessage();
        }
        board.accept(state());
        int times = active.all().isEmpty() ? IDLE : 1;
        ScheduledFuture<?> unused = thread.schedule(this::tick, (long) times * pollMilliseconds, TimeUnit.MILLISECONDS);
    }

    private void look() throws IOException, RcFailure {
        if (version.isEmpty()) {
            version = rclone.ask("core/version").getString("version", "?");
        }
        stats = rclone.ask("core/stats");
        heardNanos = System.nanoTime();
        contactAt = System.currentTimeMillis() / CONTACT_MILLISECONDS * CONTACT_MILLISECONDS;
        trouble = "";
        active.looked(stats.getValue("transferring") instanceof JsonArray array ? array : new JsonArray());
        boolean isChecking = stats.getValue("checking") instanceof JsonArray checking && !checking.isEmpty();
        phase = active.all().isEmpty() && !isChecking ? Phase.IDLE : Phase.UPLOADING;
        long now = number("bytes");
        if (now < bytes) {
            pace = new Pace(SMOOTHING_SECONDS); // Somebody has reset its figures, or started it anew.
        }
        bytes = now;
        pace.sample(heardNanos, (double) now, false);
        if (past.isBehind(number("transfers"), number("errors"))) {
            past.take(rclone.ask("core/transferred"), System.currentTimeMillis());
        }
        past.failure(stats.getString("lastError", ""), System.currentTimeMillis());
    }

    private void failed(RcFailure failure) {
        failures++;
        if (failure.isSilent() && !failure.isNobodyThere() && System.nanoTime() - heardNanos < SILENT_NANOS) {
            return; // It may only be slow.
        }
        phase = failure.isNobodyThere() ? Phase.AWAY : Phase.LOST;
        trouble = failure.isNobodyThere() ? "" : "rclone does not answer as it should: " + failure.getMessage();
        active.looked(new JsonArray());
        past.restart();
        pace = new Pace(SMOOTHING_SECONDS);
        bytes = 0;
        stats = new JsonObject();
        version = "";
    }

    private long number(String key) {
        return stats.getValue(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    private JsonObject state() {
        JsonObject json = new JsonObject()
                .put("kind", "attached")
                .put("target", config.url())
                .put("phase", phase.text())
                .put("active", active.toJson())
                .put("recent", past.recent())
                .put("rates", rates());
        if (!trouble.isEmpty()) {
            json.put("trouble", trouble);
        }
        if (!stats.isEmpty()) {
            json.put("errors", past.errors(number("errors"))).put("reported", reported());
            json.put(
                    "rclone",
                    new JsonObject()
                            .put("version", version)
                            .put("kind", "attached")
                            .put("contactAt", contactAt)
                            .put("failures", failures)
                            .put("asksForPassword", !config.user().isEmpty()));
        }
        return json;
    }

    private JsonObject rates() {
        JsonObject json = new JsonObject();
        OptionalDouble now = stats.isEmpty() ? OptionalDouble.empty() : pace.perSecond();
        now.ifPresent(rate -> json.put("bytesPerSecond", Math.round(rate)));
        pace.peakPerSecond().ifPresent(rate -> json.put("peakBytesPerSecond", Math.round(rate)));
        return json;
    }

    /** Its own totals, which run ahead of what has arrived, and count what lies between. */
    private JsonObject reported() {
        return new JsonObject()
                .put("files", number("transfers"))
                .put("totalFiles", number("totalTransfers"))
                .put("bytes", number("bytes"))
                .put("totalBytes", number("totalBytes"))
                .put("checks", number("checks"))
                .put("errors", number("errors"));
    }

    /** Looks no more; what it looked at goes on. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
