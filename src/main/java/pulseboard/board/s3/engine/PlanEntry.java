package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What is to become of a file.
 *
 * @param file the file
 * @param action {@link #UPLOAD}, or {@link #COMPARE} first, or {@link #LOOK} for its object first, or {@link #AGAIN} after it failed
 *     once
 * @param reason why, as a stable word
 * @param etag what the bucket has now; empty: nothing
 */
record PlanEntry(LocalFile file, String action, String reason, String etag) {

    static final String UPLOAD = "upload";
    static final String COMPARE = "compare";
    static final String LOOK = "look";
    static final String AGAIN = "again";

    /** Whether there is no such object. */
    boolean isAbsent() {
        return reason.equals("absent");
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("path", file.path())
                .put("action", action)
                .put("reason", reason)
                .put("bytes", file.stamp().bytes())
                .put("key", file.key())
                .put("stamp", file.stamp().text())
                .put("etag", etag);
    }

    /** Whether it is known that it is to be sent. */
    boolean isDecided() {
        return !action.equals(COMPARE) && !action.equals(LOOK);
    }

    /** The same, now that it is known that it is to be sent. */
    PlanEntry decided() {
        return new PlanEntry(file, UPLOAD, reason, etag);
    }

    /** The same for another attempt. */
    PlanEntry again() {
        return isDecided() ? new PlanEntry(file, AGAIN, reason, etag) : this;
    }

    /** What people are told of it. */
    JsonObject forPeople() {
        return new JsonObject()
                .put("path", file.path())
                .put("action", UPLOAD)
                .put("reason", reason)
                .put("bytes", file.stamp().bytes());
    }

    static PlanEntry of(JsonObject json) {
        Stamp stamp = Objects.requireNonNull(Stamp.of(json.getString("stamp", "")), "stamp");
        return new PlanEntry(
                new LocalFile(json.getString("path"), json.getString("key"), stamp),
                json.getString("action"),
                json.getString("reason"),
                json.getString("etag"));
    }
}
