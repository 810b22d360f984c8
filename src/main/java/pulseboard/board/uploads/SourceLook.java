package pulseboard.board.uploads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether the folder of an uploader can be listed, on a thread that may wait: a mount whose server is gone answers never, and
 * nobody else may wait for it. Thread-safe.
 */
final class SourceLook {

    private static final long PATIENCE_SECONDS = 5;

    /** One look each: a thread that waits for such a mount never comes back. */
    private final Set<Path> underWay = ConcurrentHashMap.newKeySet();

    /** What is wrong with it; empty: nothing. */
    CompletableFuture<String> trouble(Path source) {
        if (!underWay.add(source)) {
            return CompletableFuture.completedFuture(silent(source));
        }
        return CompletableFuture.supplyAsync(() -> troubleOf(source), SourceLook::onThreadOfItsOwn)
                .whenComplete((trouble, failure) -> underWay.remove(source))
                .copy()
                .completeOnTimeout(silent(source), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void onThreadOfItsOwn(Runnable look) {
        Thread thread = new Thread(look, "uploads-look");
        thread.setDaemon(true);
        thread.start();
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
