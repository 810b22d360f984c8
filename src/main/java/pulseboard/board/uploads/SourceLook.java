package pulseboard.board.uploads;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks whether the folder of an uploader can be listed, on a thread that may wait: a mount whose server is gone answers never, and
 * nobody else may wait for it. Used on the context of the verticle.
 */
final class SourceLook {

    private static final long PATIENCE_MILLISECONDS = 5_000;

    private final Vertx vertx;
    /** One look each: a thread that waits for such a mount is never given back. */
    private final Set<Path> underWay = new HashSet<>();

    SourceLook(Vertx vertx) {
        this.vertx = vertx;
    }

    /** What is wrong with it; empty: nothing. */
    Future<String> trouble(Path source) {
        if (!underWay.add(source)) {
            return Future.succeededFuture(silent(source));
        }
        Future<String> look =
                vertx.executeBlocking(() -> troubleOf(source), false).onComplete(seen -> underWay.remove(source));
        return look.timeout(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)
                .recover(failure -> failure instanceof TimeoutException
                        ? Future.succeededFuture(silent(source))
                        : Future.failedFuture(failure));
    }

    private static String silent(Path source) {
        return "the folder " + source + " does not answer: is its server there?";
    }

    private static String troubleOf(Path source) {
        if (!Files.isDirectory(source)) {
            return "there is no folder " + source;
        }
        return Files.isReadable(source) ? "" : "the folder " + source + " cannot be read by this user";
    }
}
