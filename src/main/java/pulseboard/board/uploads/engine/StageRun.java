package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import pulseboard.board.uploads.rc.LogLine;
import pulseboard.board.uploads.rc.LogTail;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcFailure;

/**
 * One stage while rclone is at it: its files by name, which of them have arrived by what the log says, and what became of the others
 * when the job has ended. Not thread-safe; its calls block.
 */
final class StageRun {

    private static final long STOP_MILLISECONDS = 20_000;

    private static final long LOOK_MILLISECONDS = 100;

    /** So many looks, and it is asked whether it has ended, whatever it says of files under way. */
    private static final int SELDOM = 30;

    /** What has to be known to find a stage again after this program was killed. */
    record Note(int number, Account account, int transfers, long startedAt, String run, long job, long logOffset) {

        String group() {
            return "stage/" + number;
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("number", number)
                    .put("account", account.id())
                    .put("name", account.name())
                    .put("remote", account.remote())
                    .put("transfers", transfers)
                    .put("startedAt", startedAt)
                    .put("run", run)
                    .put("job", job)
                    .put("logOffset", logOffset);
        }

        static Note of(JsonObject json) {
            return new Note(
                    json.getInteger("number", 0),
                    new Account(
                            json.getString("account", ""), json.getString("name", ""), json.getString("remote", "")),
                    json.getInteger("transfers", 1),
                    json.getLong("startedAt", 0L),
                    json.getString("run", ""),
                    json.getLong("job", 0L),
                    json.getLong("logOffset", 0L));
        }

        Note withJob(long id) {
            return new Note(number, account, transfers, startedAt, run, id, logOffset);
        }
    }

    /** A file that has arrived, and where the log goes on after saying so. */
    record Arrived(String path, long bytes, long logOffset) {}

    private final Note note;
    private final Map<String, Long> left = new LinkedHashMap<>();
    private final Map<String, String> complaints = new HashMap<>();
    private final Map<String, Long> sent = new HashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Consumer<LogLine> heard;
    private final List<Arrived> unbooked = new ArrayList<>();
    private LogTail tail;
    private long checks;
    private int looks;
    private boolean hasArrivals;

    /**
     * A stage of these files.
     *
     * @param sizes by path, those that have arrived before left out
     * @param heard gets every line of the log
     */
    StageRun(Note note, Map<String, Long> sizes, Path log, Consumer<LogLine> heard) {
        this.note = note;
        this.heard = heard;
        left.putAll(sizes);
        tail = new LogTail(log, note.logOffset);
    }

    Note note() {
        return note;
    }

    /** The files that have not arrived, with their sizes. */
    Map<String, Long> left() {
        return left;
    }

    /** It has been found again: what the log says from there on is not known yet. */
    void goOnReading(Path log, long offset) {
        tail = new LogTail(log, Math.max(offset, note.logOffset));
    }

    /** The command that starts it. */
    static JsonObject command(Note note, String source, String path, Path list) {
        return new JsonObject()
                .put("srcFs", source)
                .put("dstFs", note.account().remote() + path)
                .put("_async", true)
                .put("_group", note.group())
                .put("_filter", new JsonObject().put("FilesFromRaw", new JsonArray().add(list.toString())))
                .put(
                        "_config",
                        new JsonObject().put("Transfers", note.transfers()).put("NoTraverse", true));
    }

    /** Writes the names for rclone. */
    static void writeList(Path list, Iterable<String> paths) throws IOException {
        Files.writeString(list, String.join("\n", paths) + "\n");
    }

    private JsonObject status(RcClient rc) throws RcFailure {
        return rc.call("job/status", new JsonObject().put("jobid", note.job()));
    }

    /**
     * What a look at it has found.
     *
     * @param arrived files that have arrived and are not in the ledger yet
     * @param transferring what is under way
     * @param end once it has ended: why, or nothing when all is well
     */
    record Look(List<Arrived> arrived, JsonArray transferring, Optional<String> end) {}

    /** Looks how far it is. Whether it has ended is asked when nothing is under way: each question costs rclone as much as all others. */
    Look look(RcClient rc) throws RcFailure, IOException {
        List<Arrived> arrived = arrived();
        JsonArray transferring = transferring(rc);
        looks++;
        if (!transferring.isEmpty() && looks % SELDOM != 0) {
            return new Look(arrived, transferring, Optional.empty());
        }
        JsonObject status = status(rc);
        if (!status.getBoolean("finished", false)) {
            return new Look(arrived, transferring, Optional.empty());
        }
        // What it has said before it ended is in the log by now, and all that it has looked at is counted.
        return new Look(arrived(), transferring(rc), Optional.of(status.getString("error", "")));
    }

    /** What has arrived so far is in the ledger. */
    void booked() {
        unbooked.clear();
    }

    /** Files that have arrived and are not in the ledger yet, such as when there was no room on the disk. */
    List<Arrived> arrived() throws IOException {
        for (List<LogLine> lines = tail.next(); !lines.isEmpty(); lines = tail.next()) {
            for (LogLine line : lines) {
                heard.accept(line);
                if (line.isCompletion()) {
                    Long size = left.remove(line.object());
                    if (size != null) {
                        hasArrivals = true;
                        unbooked.add(new Arrived(line.object(), size, line.end()));
                        complaints.remove(line.object());
                    }
                } else if (line.isError() && left.containsKey(line.object())) {
                    complaints.put(line.object(), line.message());
                }
            }
        }
        return List.copyOf(unbooked);
    }

    /** What is under way. */
    JsonArray transferring(RcClient rc) throws RcFailure {
        JsonObject stats = rc.call("core/stats", new JsonObject().put("group", note.group()));
        checks = stats.getValue("checks") instanceof Number number ? number.longValue() : 0;
        JsonArray transferring = stats.getValue("transferring") instanceof JsonArray array ? array : new JsonArray();
        for (Object each : transferring) {
            if (each instanceof JsonObject json) {
                ActiveFiles.Active active = ActiveFiles.Active.of(json);
                seen.add(active.path());
                sent.put(active.path(), active.sent());
            }
        }
        return transferring;
    }

    /** Why a file has not arrived; empty: rclone has said nothing of it. */
    String complaint(String path) {
        return complaints.getOrDefault(path, "");
    }

    /** How much was sent of those that have not arrived, by what is known: of one that nobody has seen nothing. */
    Map<String, Long> sentForNothing() {
        Map<String, Long> begun = new LinkedHashMap<>();
        for (String path : left.keySet()) {
            if (sent.containsKey(path) || complaints.containsKey(path)) {
                begun.put(path, sent.getOrDefault(path, 0L));
            }
        }
        return begun;
    }

    /** Whether rclone has looked at so many files that all that it did not copy were there already. */
    boolean wereAllChecked() {
        return checks >= left.size();
    }

    /** Stops the job, politely, and returns what has arrived meanwhile. */
    List<Arrived> stop(RcClient rc) throws RcFailure, IOException {
        JsonArray unused = transferring(rc);
        rc.call("job/stop", new JsonObject().put("jobid", note.job()));
        long end = System.nanoTime() + STOP_MILLISECONDS * 1_000_000;
        // The job is said to be finished while what it began is still being ended.
        while ((!status(rc).getBoolean("finished", false) || !transferring(rc).isEmpty()) && System.nanoTime() < end) {
            pause();
        }
        return arrived();
    }

    /** What was under way and has not arrived: seen there, or complained of when it was stopped. */
    Set<String> begun() {
        Set<String> begun = new LinkedHashSet<>(seen);
        begun.addAll(complaints.keySet());
        begun.retainAll(left.keySet());
        return begun;
    }

    /** The sizes of those together. */
    long begunBytes() {
        return begun().stream().mapToLong(path -> left.getOrDefault(path, 0L)).sum();
    }

    /** Whether any file has arrived, as far as this run of the program knows. */
    boolean hasArrivals() {
        return hasArrivals;
    }

    /** One of them has arrived all the same. */
    Arrived arrivedUntold(String path) {
        long size = Objects.requireNonNull(left.remove(path));
        complaints.remove(path);
        return new Arrived(path, size, 0);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** How large a file is on the remote; negative when it is not there. */
    static long size(RcClient rc, String target, String path) throws RcFailure {
        return item(rc, target, path).getLong("Size", -1L);
    }

    /** What the remote says of a file; nothing when it is not there. */
    static JsonObject item(RcClient rc, String target, String path) throws RcFailure {
        JsonObject where = new JsonObject().put("fs", target).put("remote", path);
        JsonObject item = rc.call("operations/stat", where).getJsonObject("item");
        return item == null ? new JsonObject() : item;
    }

    /** Nobody asks for its figures any more. */
    void forget(RcClient rc) throws RcFailure {
        rc.call("core/stats-delete", new JsonObject().put("group", note.group()));
    }
}
