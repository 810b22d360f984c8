package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.uploads.rc.RcloneDaemon;

/** What a session is at, for the board. Not thread-safe. */
final class SessionStatus {

    private static final long CONTACT_MILLISECONDS = 10_000;

    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long heardNanos = System.nanoTime();
    private Phase phase = Phase.STARTING;
    private String reason = "";
    private long until;
    private long endedAt;
    private long contactAt;
    private long failures;
    private String version = "";

    Phase phase() {
        return phase;
    }

    boolean isOver() {
        return endedAt != 0;
    }

    /** It is at something else now. */
    void is(Phase now) {
        phase = now;
        reason = "";
        until = 0;
    }

    /** It waits for something, until then if that is known. */
    void waits(String why, long at) {
        phase = Phase.WAITING;
        reason = why;
        until = at;
    }

    void ended(Phase how, String why, long at) {
        phase = how;
        reason = why;
        until = 0;
        endedAt = at;
    }

    /** Whether rclone has not answered for too long. */
    boolean isSilent() {
        return System.nanoTime() - heardNanos > SILENT_NANOS;
    }

    /** rclone has answered. */
    void heard(long at) {
        heardNanos = System.nanoTime();
        contactAt = at / CONTACT_MILLISECONDS * CONTACT_MILLISECONDS;
    }

    void failed() {
        failures++;
    }

    void version(String text) {
        version = text;
    }

    void addTo(JsonObject json, SessionNote note, int accountsUsed) {
        json.put("phase", phase.text());
        JsonObject session = new JsonObject()
                .put("id", note.id())
                .put("startedAt", note.startedAt())
                .put("accountsUsed", accountsUsed);
        if (isOver()) {
            session.put("endedAt", endedAt).put("seconds", (endedAt - note.startedAt()) / 1_000);
        }
        if (!reason.isEmpty()) {
            session.put("reason", reason);
        }
        json.put("session", session);
        if (until > 0) {
            json.put("until", until);
        }
    }

    /** The stage that is under way, and, where it was planned by this run of the program, how much it is. */
    void addStage(JsonObject json, StageRun.Note begun, String strategy, @Nullable Stage planned) {
        JsonObject shown = new JsonObject()
                .put("number", begun.number())
                .put("strategy", strategy)
                .put("account", begun.account().id())
                .put("accountName", begun.account().name())
                .put("transfers", begun.transfers())
                .put("startedAt", begun.startedAt())
                .put("group", begun.group());
        if (planned != null) {
            shown.put("files", planned.count()).put("bytes", planned.bytes()).put("largestBytes", planned.largest());
        }
        json.put("stage", shown);
    }

    void addRclone(JsonObject json, RcloneDaemon daemon) {
        if (daemon.isAlive()) {
            json.put(
                    "rclone",
                    new JsonObject()
                            .put("version", version)
                            .put("pid", daemon.pid())
                            .put("kind", "managed")
                            .put("contactAt", contactAt)
                            .put("failures", failures));
        }
    }
}
