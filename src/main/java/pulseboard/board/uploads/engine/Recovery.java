package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.board.uploads.rc.RcloneTask;

/**
 * What an rclone that was killed has left on the remote: files of its stage that are shorter than they should be are taken away, and so are parts. One that
 * is older than the stage is somebody's, and stays. One that is whole, with the time of the file here, which rclone sets last, has arrived, and
 * nobody was told: else another account would send it again, and this one's quota would have room that is not there. Not thread-safe.
 */
final class Recovery {

    private static final long CLOCKS_DIFFER_SECONDS = TimeUnit.HOURS.toSeconds(1);

    /** Some remotes have no fractions of a second, cut off or rounded. */
    private static final int TIMES_DIFFER_SECONDS = 1;

    /** The files here, and what becomes of them. */
    interface Untold {

        /** When a file was changed, in seconds since 1970. */
        int time(String path);

        /** Whether it was seen under way. */
        boolean wasBegun(String path);

        /** It has arrived. */
        void arrived(String path) throws IOException;
    }

    private final Job job;
    private final StageRun.Note note;
    private final Map<String, Long> left;
    private final Untold untold;
    private final RcloneTask list;
    private final RcloneTask parts;
    private final RcloneTask delete;
    private boolean isListed;
    private boolean arePartsListed;
    private @Nullable Deque<String> withParts;

    /** Of this stage, of which some files have not arrived. */
    Recovery(Job job, StageRun stage, Untold untold) {
        this.job = job;
        this.note = stage.note();
        this.left = stage.left();
        this.untold = untold;
        list = new RcloneTask(job.program(), job.file("left.json"));
        parts = new RcloneTask(job.program(), job.file("parts.json"));
        delete = new RcloneTask(job.program(), job.file("delete.out"));
    }

    /** Begins to look. */
    void start() throws IOException {
        isListed = false;
        arePartsListed = false;
        withParts = null;
        StageRun.writeList(job.file("left.txt"), left.keySet());
        list.list(target(), List.of("--files-from-raw", job.file("left.txt").toString(), "--no-traverse"));
    }

    private String target() {
        return job.target(note.account());
    }

    /**
     * Goes on.
     *
     * @return whether all is as it should be
     * @throws IOException when the remote could not be asked; it is to be started again then
     */
    boolean look() throws IOException {
        if (list.isRunning() || parts.isRunning() || delete.isRunning()) {
            return false;
        }
        return isListed ? lookForParts() : judge();
    }

    private boolean judge() throws IOException {
        String failure = list.failureOfList().orElse("");
        isListed = true;
        if (failure.contains("directory not found")) {
            return lookForParts(); // No file has arrived at all.
        }
        if (!failure.isEmpty()) {
            throw new IOException("what rclone has left could not be looked at: " + failure);
        }
        tellWhole(there(job.file("left.json"), this::isWhole));
        List<String> shorter = there(job.file("left.json"), this::isShort);
        if (shorter.isEmpty()) {
            return lookForParts();
        }
        StageRun.writeList(job.file("short.txt"), shorter);
        delete.start(List.of(
                "delete", target(), "--files-from-raw", job.file("short.txt").toString(), "--no-traverse"));
        return false;
    }

    /** What is kept of large files is taken away, one by one. */
    private boolean lookForParts() throws IOException {
        if (!arePartsListed) {
            arePartsListed = true;
            parts.start(List.of("backend", OpenParts.LIST, target()));
            return false;
        }
        Deque<String> waiting = withParts;
        if (waiting == null) {
            waiting = new ArrayDeque<>(OpenParts.ours(listedParts(), left.keySet(), note.startedAt()));
            withParts = waiting;
        }
        if (waiting.isEmpty()) {
            return true;
        }
        String place = OpenParts.place(target(), waiting.remove());
        delete.start(List.of("backend", OpenParts.CLEAN, place, "-o", OpenParts.MAX_AGE + "=" + OpenParts.ANY_AGE));
        return false;
    }

    /** Nothing, where the remote has no parts. */
    private JsonObject listedParts() throws IOException {
        try {
            return new JsonObject(Files.readString(job.file("parts.json")));
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    /** Of those that nobody has seen under way it can be no more than were at once: where there are more, they were there before. */
    private void tellWhole(List<String> whole) throws IOException {
        for (String path : whole) {
            if (whole.size() <= note.transfers() || untold.wasBegun(path)) {
                untold.arrived(path);
            }
        }
    }

    private boolean isWhole(Queue.Entry entry) {
        return entry.time() != Queue.NO_TIME
                && entry.size() == size(entry)
                && Math.abs(entry.time() - untold.time(entry.path())) <= TIMES_DIFFER_SECONDS;
    }

    private boolean isShort(Queue.Entry entry) {
        long since = note.startedAt() / 1_000 - CLOCKS_DIFFER_SECONDS;
        boolean isOurs = entry.time() >= since || entry.time() == Queue.NO_TIME;
        return isOurs && entry.size() < size(entry);
    }

    /** As it is here; less than nothing where it is none of the stage. */
    private long size(Queue.Entry entry) {
        return left.getOrDefault(entry.path(), -1L);
    }

    /** Those that are there, and of this kind. */
    private List<String> there(Path listing, Predicate<Queue.Entry> kind) throws IOException {
        List<String> paths = new ArrayList<>();
        Queue unused = Queue.read(listing, entry -> {
            if (kind.test(entry)) {
                paths.add(entry.path());
            }
            return false;
        });
        return paths;
    }
}
