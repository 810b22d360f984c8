package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What blocks while somebody signs in or changes tokens: done one at a time on a thread of its own. Used on one event loop. */
final class AccessWork {

    /** Each sign-in takes most of a second of one core. */
    private static final int MOST_WAITING = 8;

    private final WorkerExecutor worker;
    private int waiting;

    AccessWork(Vertx vertx) {
        this.worker = vertx.createSharedWorkerExecutor("sign-in", 1);
    }

    /** Ends when the work is done, or at once when too much waits already. */
    <T> Future<?> later(RoutingContext context, Callable<T> work, Consumer<T> answer) {
        if (waiting >= MOST_WAITING) {
            refuse(context);
            return Future.succeededFuture();
        }
        waiting++;
        return worker.executeBlocking(work)
                .onComplete(done -> waiting--)
                .onSuccess(answer::accept)
                .onFailure(context::fail);
    }

    /** Says that too much waits. */
    static void refuse(RoutingContext context) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
        Failures.respond(context, 503, "busy", "too many are signing in at once; try again in a few seconds");
    }
}
