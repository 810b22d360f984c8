package pulseboard.top;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server has heard of a machine that is linked there: the figures of one that is gone stay as they were last, and only
 * the list of boards says so. To be used on its thread.
 */
final class MachineHealth {

    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Server server;
    private final String board;
    private final ScheduledExecutorService thread;
    private final Runnable changed;
    private final VerdictReader verdict;
    private JsonObject health = new JsonObject();
    private boolean wasAsked;
    private long askedNanos;

    /** Knows nothing yet of the machine whose board this is. */
    MachineHealth(Server server, String board, ScheduledExecutorService thread, Runnable changed) {
        this.server = server;
        this.board = board;
        this.thread = thread;
        this.changed = changed;
        this.verdict = new VerdictReader(server, thread, changed);
    }

    /** Whether something is known: of a machine that is linked, whether it is there; of the server's own, whether it is well. */
    boolean isKnown() {
        return server.machine().isEmpty() ? verdict.isAnswered() : !health.isEmpty();
    }

    /** Whether the server finds its machine well; null where it does not say so. */
    @Nullable
    JsonObject verdict() {
        return verdict.newest();
    }

    boolean isOffline() {
        return "offline".equals(health.getString("state"));
    }

    /** Since when it is offline, and why. */
    String text() {
        Instant since = Instant.ofEpochMilli(health.getLong("since", 0L)).truncatedTo(ChronoUnit.SECONDS);
        return server.machine() + " is offline since " + since + " (" + health.getString("reason", "") + ")";
    }

    /** To be called often; asks every few seconds. */
    void look() {
        if (server.machine().isEmpty()) {
            verdict.look();
        } else {
            lookForMachine();
        }
    }

    private void lookForMachine() {
        if (wasAsked && System.nanoTime() - askedNanos < ASK_AGAIN_NANOS) {
            return;
        }
        wasAsked = true;
        askedNanos = System.nanoTime();
        CompletableFuture<?> unused = server.get("api/boards").thenAcceptAsync(this::take, thread);
    }

    private void take(Server.Answer answer) {
        try {
            for (Object each : new JsonObject(answer.body()).getJsonArray("boards", new JsonArray())) {
                if (each instanceof JsonObject listed && board.equals(listed.getString("name"))) {
                    // A server from before there was this says nothing of it.
                    health = listed.getJsonObject("health", JsonObject.of("state", "live"));
                }
            }
            changed.run();
        } catch (DecodeException | ClassCastException notOurs) {
            // It is asked again.
        }
    }
}
