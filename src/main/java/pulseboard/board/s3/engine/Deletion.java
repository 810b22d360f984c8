package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.wire.Bucket;
import pulseboard.board.s3.wire.ListedObject;
import pulseboard.board.s3.wire.S3Failure;

/**
 * Removes objects whose files are gone, or moves them to the trash. Whatever makes it doubtful that the files are gone on purpose
 * stops all of it: then nothing is deleted.
 */
final class Deletion {

    /** What errors and warnings about it are called. */
    static final String CODE = "notDeleted";

    private static final int BATCH = 1_000;
    private static final long ANSWER_MILLISECONDS = TimeUnit.DAYS.toMillis(1);
    private static final long MOST_COPIED_BYTES = 5L << 30;

    private final JobConfig job;
    private final Walk walk;
    private final JobStore store;
    private final Surplus surplus;
    private final RunState state;
    private final Way way;

    /**
     * How it is done.
     *
     * @param sender null: nothing is done, and only what would be is told
     * @param confirmed so many may be deleted without asking; below 0: nobody has said so
     */
    record Way(@Nullable Sender sender, Controls controls, Planned planned, long confirmed) {}

    /** Told of each object that is to be deleted. */
    interface Planned {
        void delete(JsonObject line);
    }

    /** What it is about. */
    record Of(JobConfig job, Walk walk, JobStore store, Surplus surplus) {}

    Deletion(Of of, RunState state, Way way) {
        this.job = of.job;
        this.walk = of.walk;
        this.store = of.store;
        this.surplus = of.surplus;
        this.state = state;
        this.way = way;
    }

    /** Does it, or says why not. */
    void run() throws IOException, InterruptedException {
        if (surplus.count() == 0) {
            return;
        }
        String why = doubt();
        if (!why.isEmpty()) {
            state.errors.add("", CODE, "nothing was deleted, because " + why);
        } else if (store.root().isEmpty()) {
            state.warnings.add(
                    "", CODE, "the first run of a job to this bucket and prefix deletes nothing; the next one does");
        } else if (way.sender == null || mayDelete()) {
            state.phase("deleting");
            all();
        } else if (!way.controls.isStopping()) {
            state.warnings.add("", CODE, "nothing was deleted, because nobody has confirmed it");
        }
    }

    /** Why the files may not be gone on purpose; empty: they are. */
    private String doubt() throws IOException {
        if (state.tally.troubled() > 0) {
            return "not all files could be looked at and sent";
        }
        if (state.tally.foundFiles() == 0) {
            return "the folder is empty: is it mounted?";
        }
        if (!store.root().isEmpty() && !store.root().equals(root(walk.root()))) {
            return "the folder is another one than in the last run: is the right one mounted? If it is, run the job once with"
                    + " delete: never";
        }
        if (!job.requireFile().isEmpty() && !Files.exists(walk.root().resolve(job.requireFile()))) {
            return job.requireFile() + " (requireFile) is not there";
        }
        return "";
    }

    /** What makes a folder the same from run to run: its device and inode. */
    static String root(Path folder) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(folder, "unix:dev,ino");
        return attributes.get("dev") + " " + attributes.get("ino");
    }

    private boolean mayDelete() throws InterruptedException {
        long count = surplus.count();
        boolean isMuch = count > job.maxDeleteFiles() || surplus.percent() > job.maxDeletePercent();
        if ((!isMuch && !job.confirm()) || count <= way.confirmed) {
            return true;
        }
        String id = "delete-" + count;
        state.asks(new JsonObject()
                .put("id", id)
                .put("deletions", count)
                .put("bytes", surplus.bytes())
                .put("percent", Math.round(surplus.percent() * 10) / 10.0)
                .put("text", text(count)));
        boolean isYes = way.controls.ask(id, ANSWER_MILLISECONDS);
        state.asks(new JsonObject());
        return isYes;
    }

    private String text(long count) {
        return String.format(
                Locale.ROOT,
                "%s %d objects whose files are gone? That is %.1f %% of all.",
                job.delete().equals("move") ? "Move to the trash" : "Delete",
                count,
                surplus.percent());
    }

    private void all() throws IOException, InterruptedException {
        List<ListedObject> batch = new ArrayList<>();
        try (Surplus.Reader objects = surplus.read()) {
            for (ListedObject each = objects.next(); each != null; each = objects.next()) {
                if (!isGone(surplus.path(each.key()))) {
                    state.warnings.add(
                            surplus.path(each.key()),
                            CODE,
                            "there is something of this name by now, or it cannot be told");
                    continue;
                }
                batch.add(each);
                if (batch.size() == BATCH) {
                    some(batch);
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            some(batch);
        }
    }

    private void some(List<ListedObject> batch) throws IOException, InterruptedException {
        String why = doubt();
        if (way.controls.isStopping() || !why.isEmpty()) {
            if (!why.isEmpty()) {
                state.errors.add("", CODE, "no more was deleted, because " + why);
            }
            return;
        }
        List<String> keys = new ArrayList<>();
        for (ListedObject each : batch) {
            way.planned.delete(new JsonObject()
                    .put("path", surplus.path(each.key()))
                    .put("action", job.delete())
                    .put("reason", "gone")
                    .put("bytes", each.bytes()));
            if (way.sender != null && (job.delete().equals("delete") || isMoved(way.sender, each))) {
                keys.add(each.key());
            }
        }
        if (way.sender != null && !keys.isEmpty()) {
            delete(way.sender, keys);
        }
    }

    /** Whether a copy of it is in the trash now. */
    private boolean isMoved(Sender sender, ListedObject object) throws InterruptedException {
        String path = surplus.path(object.key());
        try {
            if (object.bytes() > MOST_COPIED_BYTES) {
                throw new S3Failure(CODE, "servers copy no more than 5 GiB at once; move it by hand", null);
            }
            sender.retry().call(() -> {
                sender.bucket().copy(object.key(), job.trashPrefix() + object.key());
                return true;
            });
            return true;
        } catch (IOException e) {
            state.errors.add(path, CODE, "it could not be moved to the trash: " + e.getMessage());
            return false;
        }
    }

    private void delete(Sender sender, List<String> keys) throws IOException, InterruptedException {
        Bucket bucket = sender.bucket();
        Map<String, String> failures = sender.retry().call(() -> bucket.delete(keys));
        for (String key : keys) {
            String failure = failures.get(key);
            if (failure == null) {
                store.forget(key);
                state.deleted(surplus.path(key));
            } else {
                state.errors.add(surplus.path(key), CODE, "the server does not delete it: " + failure);
            }
        }
    }

    /** Whether there is nothing at all at this path now. Below a symbolic link, nobody knows. */
    private boolean isGone(String path) {
        Path at = walk.root();
        String[] parts = path.split("/", -1);
        for (int part = 0; part < parts.length; part++) {
            at = at.resolve(parts[part]);
            try {
                BasicFileAttributes now =
                        Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (now.isSymbolicLink()) {
                    return false;
                }
                if (!now.isDirectory()) {
                    return part < parts.length - 1; // A file where a folder was: what was in that is gone.
                }
            } catch (NoSuchFileException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }
        return true; // A folder where a file was.
    }
}
