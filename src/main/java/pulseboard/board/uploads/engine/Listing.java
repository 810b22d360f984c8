package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pulseboard.board.uploads.rc.RcloneTask;

/** The folder of an uploader, listed by rclone now and then, and the queue that follows. Not thread-safe. */
final class Listing {

    private static final long FRESH_MILLISECONDS = 600_000;

    private final Job job;
    private final Known known;
    private final RcloneTask task;
    private final Path file;
    private final long largest;
    private Queue queue = Queue.empty();
    private JsonObject tooLarge = new JsonObject();
    private Set<String> open = Set.of();
    private boolean isUnderWay;
    private long startedAt;
    private long listedAt;
    private long settlingNow;
    private String trouble = "";
    private JsonObject figures = new JsonObject();
    private JsonObject ages = new JsonObject();

    /** Of the folder; a file larger than {@code largest} fits into no account, however long it waits. */
    Listing(Job job, Known known, long largest) {
        this.largest = largest;
        this.job = job;
        this.known = known;
        file = job.file("listing.json");
        task = new RcloneTask(job.program(), job.file("listing.new"));
    }

    void start() throws IOException {
        startedAt = job.now();
        List<String> words =
                RcloneTask.filters(job.settings().include(), job.settings().exclude());
        try {
            task.list(job.settings().source(), new ArrayList<>(words));
            isUnderWay = true;
        } catch (IOException e) {
            trouble = "rclone does not start: " + e.getMessage();
        }
        if (listedAt == 0) {
            goOn();
        }
    }

    /** What an earlier run of this program has listed is shown until it is listed anew. */
    private void goOn() throws IOException {
        if (Files.exists(file)) {
            show(
                    Queue.read(file, this::isTaken),
                    Files.getLastModifiedTime(file).toMillis());
        }
    }

    /** The queue of a session that an earlier run of this program has begun: what waits of it is shown. */
    Queue goOn(Path list) throws IOException {
        Queue found = Queue.read(list, this::isTaken);
        show(found, Files.getLastModifiedTime(list).toMillis());
        return found;
    }

    private void show(Queue listed, long at) {
        queue = listed;
        listedAt = at;
        figures = QueueFigures.ofSizes(queue.waitingSizes());
        ages = QueueFigures.ages(queue, listedAt);
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    boolean isDue() {
        return job.now() - startedAt >= job.config().listSeconds() * 1_000L;
    }

    /** Whether it has ended, with a new queue. */
    boolean look() throws IOException {
        if (task.isRunning()) {
            return false;
        }
        isUnderWay = false;
        Optional<String> failure = task.failureOfList();
        trouble = failure.map(why -> "the folder could not be listed: " + why).orElse("");
        if (failure.isPresent()) {
            return false;
        }
        Files.move(job.file("listing.new"), file, StandardCopyOption.REPLACE_EXISTING);
        settlingNow = job.now();
        open = OpenFiles.writtenBelow(Path.of(job.settings().source()));
        tooLarge = new JsonObject();
        Queue listed = Queue.read(file, entry -> {
            if (entry.size() > largest) {
                addTooLarge(entry);
            }
            return isTaken(entry) && isSettled(entry);
        });
        show(listed, job.now());
        return true;
    }

    private void addTooLarge(Queue.Entry entry) {
        if (tooLarge.isEmpty()) {
            tooLarge.put("tooLargePath", entry.path());
        }
        tooLarge.put("tooLargeFiles", tooLarge.getInteger("tooLargeFiles", 0) + 1);
        tooLarge.put("tooLargeBytes", tooLarge.getLong("tooLargeBytes", 0L) + entry.size());
    }

    /** Whether a file waits: it has a name that can be told, some account can take it, and it has not arrived before. */
    boolean isTaken(Queue.Entry entry) {
        return !entry.path().isEmpty()
                && entry.size() >= 0
                && entry.size() <= largest
                && (job.isMove() || !known.has(entry.path(), entry.size(), entry.time()));
    }

    /** A time to come is no reason to wait for it. */
    private boolean isSettled(Queue.Entry entry) {
        long age = settlingNow / 1_000 - entry.time();
        return (age < 0 || age >= job.config().settleSeconds()) && !open.contains(entry.path());
    }

    Queue queue() {
        return queue;
    }

    /** Keeps the list, with its time, for a session. */
    void copyTo(Path kept) throws IOException {
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Of what is known of the folder: the last list is whole, so only its age counts, and whether the last look failed. */
    static String confidence(long ageMilliseconds, boolean hasFailed) {
        if (ageMilliseconds < FRESH_MILLISECONDS && !hasFailed) {
            return "very_high";
        }
        return ageMilliseconds < QuotaWindow.DAY ? "high" : "low";
    }

    void addTo(JsonObject json) {
        JsonObject shown = new JsonObject().put("listing", isUnderWay);
        if (listedAt > 0) {
            shown.put("files", queue.left()).put("bytes", queue.leftBytes()).put("listedAt", listedAt);
            shown.mergeIn(figures)
                    .mergeIn(tooLarge)
                    .put("ages", ages)
                    .put("confidence", confidence(job.now() - listedAt, !trouble.isEmpty()));
        }
        if (!trouble.isEmpty()) {
            shown.put("trouble", trouble);
        }
        json.put("queue", shown);
    }
}
