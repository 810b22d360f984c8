package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Messages between hubs. Each may be lost; those of one hub come in their order. Made anywhere, and from {@link #begin} on used on one
 * context, on which all that comes is told.
 */
public interface Exchange {

    /** What this hub is called among the others. */
    String hub();

    /** From now on what comes is told on the context of the caller. */
    void begin(Vertx vertx);

    /** Whether others can be heard now. */
    boolean isConnected();

    /** Whether what all hubs share can be changed, as of the last time that this was tried. */
    boolean isWritable();

    /** Tries whether what all hubs share can be changed. Blocks. */
    void probe();

    /** Tells all others. What cannot be sent now is not sent later. */
    void publish(String subject, JsonObject message);

    /** Has what others publish there told; each subject once. A star stands for one word. */
    void subscribe(String subject, Consumer<JsonObject> listener);

    /** Hears no more of it. */
    void unsubscribe(String subject);

    /** Asks whoever answers there; fails when that is nobody, or nothing comes within 8 s. */
    Future<JsonObject> ask(String subject, JsonObject question);

    /** Answers what others ask there. */
    void answer(String subject, Function<JsonObject, Future<JsonObject>> answers);
}
