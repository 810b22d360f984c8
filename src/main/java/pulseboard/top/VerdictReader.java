package pulseboard.top;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server finds its own machine well, asked every few seconds. To be used on its thread.
 */
final class VerdictReader {

    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Server server;
    private final ScheduledExecutorService thread;
    private final Runnable changed;
    private @Nullable JsonObject newest;
    private boolean isAnswered;
    private boolean wasAsked;
    private long askedNanos;

    /** Knows nothing yet. */
    VerdictReader(Server server, ScheduledExecutorService thread, Runnable changed) {
        this.server = server;
        this.thread = thread;
        this.changed = changed;
    }

    /** Whether there is an answer, if only that nothing is judged or that it is not for us. */
    boolean isAnswered() {
        return isAnswered;
    }

    /** With {@code level}, {@code text} and {@code since}; null where nothing is judged. */
    @Nullable
    JsonObject newest() {
        return newest;
    }

    /** To be called often. */
    void look() {
        if (wasAsked && System.nanoTime() - askedNanos < ASK_AGAIN_NANOS) {
            return;
        }
        wasAsked = true;
        askedNanos = System.nanoTime();
        CompletableFuture<?> unused = server.get("api/health/verdict")
                .handle((answer, failure) -> answer)
                .thenAcceptAsync(this::take, thread);
    }

    private void take(Server.@Nullable Answer answer) {
        newest = answer == null ? null : read(answer.body());
        isAnswered = true;
        changed.run();
    }

    private static @Nullable JsonObject read(String body) {
        try {
            JsonObject verdict = new JsonObject(body);
            boolean isOne = verdict.getValue("level") instanceof String && verdict.getValue("text") instanceof String;
            return isOne ? verdict : null; // Another document says why there is none.
        } catch (DecodeException notOurs) {
            return null;
        }
    }
}
