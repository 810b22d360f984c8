package pulseboard.board.uploads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether the folder of an uploader can be listed, on a thread that may wait: a mount whose server is gone answers never, and
 * nobody else may wait for it. Thread-safe.
 */
final class SourceLook {

    private static final long PATIENCE_SECONDS = 5;

    /** One look of each at a time: a thread that waits for such a mount never comes back. */
    private final Map<Path, CompletableFuture<String>> looks = new HashMap<>();

    /** What is wrong with it; empty: nothing. */
    synchronized CompletableFuture<String> trouble(Path source) {
        CompletableFuture<String> look = looks.get(source);
        if (look == null || look.isDone()) {
            look = CompletableFuture.supplyAsync(() -> troubleOf(source), SourceLook::onThreadOfItsOwn);
            looks.put(source, look);
        }
        return look.copy()
                .completeOnTimeout(
                        "the folder " + source + " does not answer: is its server there?",
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    private static void onThreadOfItsOwn(Runnable look) {
        Thread thread = new Thread(look, "uploads-look");
        thread.setDaemon(true);
        thread.start();
    }

    private static String troubleOf(Path source) {
        if (!Files.isDirectory(source)) {
            return "there is no folder " + source;
        }
        return Files.isReadable(source) ? "" : "the folder " + source + " cannot be read by this user";
    }
}
