package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Names;

/**
 * Says in which directories something happens. Where the kernel has no watches left, a directory is not watched, which is counted: it is
 * looked at from time to time. Thread-safe.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Path root;
    private final @Nullable WatchService service;
    private final Map<WatchKey, String> paths = new ConcurrentHashMap<>();
    private final Map<String, WatchKey> keys = new ConcurrentHashMap<>();
    private final Consumer<String> changed;

    Watch(Path root, Consumer<String> changed) {
        this.root = root;
        this.changed = changed;
        service = service(root);
        if (service != null) {
            Thread thread = new Thread(() -> listen(service), "watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Null where the kernel gives none: its user may have too many already. */
    private static @Nullable WatchService service(Path root) {
        try {
            return root.getFileSystem().newWatchService();
        } catch (IOException e) {
            LOG.warn("Nothing of {} is watched, so all of it is looked at each minute: {}", root, e.getMessage());
            return null;
        }
    }

    /**
     * To be called before the directory is listed: what is made in between is seen one way or the other. Returns whether it was not
     * watched.
     */
    boolean add(String path) {
        if (service == null) {
            return false;
        }
        try {
            WatchKey key = root.resolve(path)
                    .register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
            String before = paths.put(key, path);
            if (before != null && !before.equals(path)) {
                boolean unused =
                        keys.remove(before, key); // It was renamed: the kernel goes by the directory, not by its name.
            }
            return !key.equals(keys.put(path, key));
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("{} is not watched", path, e);
            return false;
        }
    }

    /** How many directories are watched. */
    int watched() {
        return keys.size();
    }

    private void listen(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                String path = paths.get(key);
                boolean isOurs = true;
                for (WatchEvent<?> event : key.pollEvents()) {
                    isOurs &= String.valueOf(event.context()).equals(Names.PRIVATE);
                }
                if (path != null && !isOurs) {
                    changed.accept(path);
                }
                if (!key.reset() && path != null) {
                    paths.remove(key);
                    boolean unused = keys.remove(path, key);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // It is over.
        }
    }

    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
        }
    }
}
