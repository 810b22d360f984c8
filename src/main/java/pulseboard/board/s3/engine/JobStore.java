package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.S3Failure;

/**
 * What a job knows from one run to the next: which file made which object, and which uploads in parts were begun. Only one run can
 * have it. Thread-safe.
 */
final class JobStore implements AutoCloseable {

    private static final int CACHE_MEBIBYTES = 4;

    private final MVStore store;
    private final MVMap<String, String> index;
    private final MVMap<String, String> uploads;
    private final MVMap<String, String> notes;

    /** A file as it was when it was sent, and what the server calls the content. */
    record Known(Stamp stamp, String etag) {}

    /** An upload that was begun: of which file, what the server calls it, and how large its parts are. */
    record Begun(Stamp stamp, String id, long partBytes, long atMilliseconds) {}

    private String target = "";

    private JobStore(MVStore store) {
        this.store = store;
        index = store.openMap("index");
        uploads = store.openMap("uploads");
        notes = store.openMap("notes");
    }

    /**
     * Opens it; what is damaged is laid aside, since all of it can be found out again.
     *
     * @throws S3Failure when another run has it
     */
    static JobStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("job.mv");
        try {
            return new JobStore(open(file.toString()));
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new S3Failure("alreadyRunning", "this job is running already; a job has one run at a time", e);
            }
            if (e.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT) {
                throw new S3Failure("stateFolder", "cannot use " + file + ": " + e.getMessage(), e);
            }
            Files.move(file, folder.resolve("job.mv.damaged"), StandardCopyOption.REPLACE_EXISTING);
            return new JobStore(open(file.toString()));
        }
    }

    private static MVStore open(String file) {
        return new MVStore.Builder().fileName(file).cacheSize(CACHE_MEBIBYTES).open();
    }

    /** What is known of the object under this key; null: nothing. */
    @Nullable
    Known known(String key) {
        String text = index.get(key);
        int space = text == null ? -1 : text.indexOf(' ');
        Stamp stamp = space < 0 || text == null ? null : Stamp.of(text.substring(space + 1));
        return stamp == null || text == null ? null : new Known(stamp, text.substring(0, space));
    }

    /** This file made this object. */
    void remember(String key, Stamp stamp, String etag) {
        if (!etag.isEmpty()) {
            index.put(key, etag + " " + stamp.text());
        }
    }

    /** There is no such object any more. */
    void forget(String key) {
        index.remove(key);
    }

    /** Where the job goes now: what went well elsewhere says nothing of this. */
    void goesTo(String where) {
        target = where;
    }

    private String ofTarget(String key, String otherwise) {
        return notes.getOrDefault("target", "").equals(target) ? notes.getOrDefault(key, otherwise) : otherwise;
    }

    /** The device and inode of the folder that the last good run to this target was of; empty: there was none. */
    String root() {
        return ofTarget("root", "");
    }

    void root(String identity) {
        notes.put("root", identity);
    }

    /** When a run to this target was done last; 0: never. */
    long succeededAt() {
        return Long.parseLong(ofTarget("succeededAt", "0"));
    }

    void succeeded(long at) {
        if (!notes.getOrDefault("target", "").equals(target)) {
            notes.remove("root");
            notes.put("target", target);
        }
        notes.put("succeededAt", Long.toString(at));
    }

    /** The run that has not come to its end, as far as this store knows; empty: none. */
    String unfinished() {
        return notes.getOrDefault("unfinished", "");
    }

    /** This run is under way; empty: it came to its end. */
    void unfinished(String run) {
        notes.put("unfinished", run);
        store.commit();
    }

    /** An upload was begun. It is on the disk when this returns: what nobody knows of would stay on the server for ever. */
    void begun(String key, Begun upload) {
        uploads.put(
                key, upload.id + "\n" + upload.partBytes + "\n" + upload.atMilliseconds + "\n" + upload.stamp.text());
        store.commit();
    }

    /** An upload is over, whatever became of it. */
    void ended(String key) {
        uploads.remove(key);
    }

    /** The upload that was begun for this object and is not over; null: none. */
    @Nullable
    Begun upload(String key) {
        String text = uploads.get(key);
        if (text == null) {
            return null;
        }
        String[] parts = text.split("\n", -1);
        Stamp stamp = parts.length == 4 ? Stamp.of(parts[3]) : null;
        return stamp == null ? null : new Begun(stamp, parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** All uploads that are not over, by their objects. */
    Map<String, Begun> uploads() {
        Map<String, Begun> all = new TreeMap<>();
        for (String key : uploads.keySet()) {
            Begun upload = upload(key);
            if (upload != null) {
                all.put(key, upload);
            }
        }
        return all;
    }

    @Override
    public void close() {
        store.close();
    }
}
