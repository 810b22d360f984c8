package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/** What was found, what is to be done, and what is done, in files and bytes. Thread-safe. */
final class Tally {

    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong inFlightBytes = new AtomicLong();
    private long found;
    private long planned;
    private long uploaded;
    private long unchanged;
    private long skipped;
    private long failed;
    private long conflicts;
    private long undecided;
    private long foundBytes;
    private long plannedBytes;
    private long doneBytes;
    private long resumedBytes;
    private long deleted;

    /** Of what is planned, the bytes of files of which it is known what became of them. */
    private long settledBytes;

    private long settled;
    private boolean isPlanned;

    synchronized void found(long bytes) {
        found++;
        foundBytes += bytes;
    }

    synchronized void planned(long bytes) {
        planned++;
        plannedBytes += bytes;
    }

    /** Its content has to be compared before it is known whether it is to be sent. */
    synchronized void undecided() {
        undecided++;
    }

    synchronized void decided() {
        undecided--;
    }

    /** A file has become larger or smaller since it was planned. */
    synchronized void resized(long from, long to) {
        plannedBytes += to - from;
    }

    synchronized void unchanged() {
        unchanged++;
    }

    synchronized void skipped() {
        skipped++;
    }

    synchronized void uploaded(long bytes) {
        uploaded++;
        doneBytes += bytes;
        settle(bytes);
    }

    /** An object whose file is gone was deleted. */
    synchronized void deleted() {
        deleted++;
    }

    /** How many files there are in the folder. */
    synchronized long foundFiles() {
        return found;
    }

    /** Failed before it was planned. */
    synchronized void failed() {
        failed++;
    }

    /** Was planned, and failed, or another has made the object. */
    synchronized void failed(long bytes, boolean isConflict) {
        if (isConflict) {
            conflicts++;
        } else {
            failed++;
        }
        settle(bytes);
    }

    private void settle(long bytes) {
        settled++;
        settledBytes += bytes;
    }

    /** All files have been found and looked at. */
    synchronized void planIsWhole() {
        isPlanned = true;
    }

    void sent(long bytes) {
        sentBytes.addAndGet(bytes);
        inFlightBytes.addAndGet(bytes);
    }

    /** So much that was sent is of no use, or belongs to a file that is done. */
    void landed(long bytes) {
        inFlightBytes.addAndGet(-bytes);
    }

    /** Sent by an earlier run already. */
    synchronized void resumed(long bytes) {
        resumedBytes += bytes;
        inFlightBytes.addAndGet(bytes);
    }

    /** Of what was sent, the share that was of use. */
    synchronized double efficiencyPercent() {
        return Math.min(
                100, Math.floor((doneBytes - Math.min(doneBytes, resumedBytes)) * 1_000.0 / sentBytes.get()) / 10);
    }

    long sentBytes() {
        return sentBytes.get();
    }

    synchronized long processed() {
        return uploaded + unchanged + skipped + failed + conflicts;
    }

    synchronized long uploaded() {
        return uploaded;
    }

    synchronized long troubled() {
        return failed + conflicts;
    }

    synchronized boolean isKnown() {
        return isPlanned && undecided == 0;
    }

    synchronized long filesLeft() {
        return planned - settled;
    }

    synchronized long bytesLeft() {
        return Math.max(0, plannedBytes - settledBytes - Math.max(0, inFlightBytes.get()));
    }

    synchronized JsonObject files(boolean isDone) {
        JsonObject json = new JsonObject()
                .put("found", found)
                .put("planned", planned)
                .put("uploaded", uploaded)
                .put("unchanged", unchanged)
                .put("skipped", skipped)
                .put("failed", failed)
                .put("conflicts", conflicts)
                .put("deleted", deleted)
                .put("processed", processed());
        if (processed() > 0) {
            json.put("failedPercent", Math.round(failed * 1_000.0 / processed()) / 10.0);
        }
        return withPercent(json, uploaded, planned, isDone);
    }

    synchronized JsonObject bytes(boolean isDone) {
        JsonObject json = new JsonObject()
                .put("found", foundBytes)
                .put("planned", plannedBytes)
                .put("done", doneBytes)
                .put("sent", sentBytes.get())
                .put("inFlight", Math.max(0, inFlightBytes.get()))
                .put("resumed", resumedBytes);
        return withPercent(json, doneBytes, plannedBytes, isDone);
    }

    /** Rounded down, and 100 only at the end: nobody takes 99.97 for done. */
    private JsonObject withPercent(JsonObject json, long done, long all, boolean isDone) {
        if (isDone) {
            return json.put("percent", 100.0);
        }
        return isKnown() && all > 0 ? json.put("percent", Math.min(99.9, Math.floor(done * 1_000.0 / all) / 10)) : json;
    }
}
