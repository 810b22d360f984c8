package pulseboard;

import ch.qos.logback.classic.LoggerContext;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** What every process of this program is, whatever it is for: one small Vert.x, which ends when the process is told to. */
final class Running {

    /** It takes a fraction of a second; on a machine that is busy it takes longer, which is no failure. */
    private static final int STOP_MILLISECONDS = 8_000;

    /** Once a second, as is usual, is a thirtieth of what the program takes at rest. */
    private static final int BLOCKED_CHECK_MILLISECONDS = 5_000;

    private Running() {}

    /**
     * Begins. Few threads are needed, and each costs memory: the web side has one loop, each board that samples one worker.
     *
     * @param atEnd what else is to be ended, before the rest
     */
    static Vertx begin(Runnable atEnd) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setBlockedThreadCheckInterval(BLOCKED_CHECK_MILLISECONDS));
        letAcceptorSleep(vertx);
        UnusedHeap.giveBack(vertx);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            atEnd.run();
                            stop(vertx);
                        },
                        "stop"));
        return vertx;
    }

    /** Netty's loops wake once a second while nothing is scheduled on them; this one would have nothing else to do at rest. */
    private static void letAcceptorSleep(Vertx vertx) {
        ScheduledFuture<?> unused =
                ((VertxInternal) vertx).acceptorEventLoopGroup().next().schedule(() -> {}, 365, TimeUnit.DAYS);
    }

    private static void stop(Vertx vertx) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("pulseboard: did not stop cleanly: " + e);
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.stop(); // Writes what waits to be written.
        }
    }
}
