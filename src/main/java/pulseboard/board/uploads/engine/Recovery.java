package pulseboard.board.uploads.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pulseboard.board.uploads.rc.RcloneTask;

/**
 * What an rclone that was killed has left on the remote: files of its stage that are shorter than they should be are taken away. One that
 * is older than the stage is somebody's, and stays. Not thread-safe.
 */
final class Recovery {

    private static final long CLOCKS_DIFFER_SECONDS = TimeUnit.HOURS.toSeconds(1);

    private final Job job;
    private final StageRun.Note note;
    private final Map<String, Long> left;
    private final RcloneTask list;
    private final RcloneTask delete;
    private boolean isListed;

    /** Of this stage, with the files that have not arrived. */
    Recovery(Job job, StageRun.Note note, Map<String, Long> left) {
        this.job = job;
        this.note = note;
        this.left = left;
        list = new RcloneTask(job.program(), job.file("left.json"));
        delete = new RcloneTask(job.program(), job.file("delete.out"));
    }

    /** Begins to look. */
    void start() throws IOException {
        isListed = false;
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
        if (list.isRunning() || delete.isRunning()) {
            return false;
        }
        if (isListed) {
            return true;
        }
        String failure = list.failureOfList().orElse("");
        if (failure.contains("directory not found")) {
            return true; // Nothing has arrived at all.
        }
        if (!failure.isEmpty()) {
            throw new IOException("what rclone has left could not be looked at: " + failure);
        }
        isListed = true;
        List<String> shorter = shorter(job.file("left.json"));
        if (shorter.isEmpty()) {
            return true;
        }
        StageRun.writeList(job.file("short.txt"), shorter);
        delete.start(List.of(
                "delete", target(), "--files-from-raw", job.file("short.txt").toString(), "--no-traverse"));
        return false;
    }

    private List<String> shorter(Path listing) throws IOException {
        List<String> shorter = new ArrayList<>();
        long since = note.startedAt() / 1_000 - CLOCKS_DIFFER_SECONDS;
        Queue unused = Queue.read(listing, entry -> {
            boolean isOurs = entry.time() >= since || entry.time() == Queue.NO_TIME;
            if (isOurs && entry.size() < left.getOrDefault(entry.path(), 0L)) {
                shorter.add(entry.path());
            }
            return false;
        });
        return shorter;
    }
}
