package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Task;

/** Does what is ready in a folder, in an order in which it can be done, and notes what of it was done. Used by the loop. */
final class Placing {

    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);

    private final FolderSync sync;
    private final Consumer<String> look;
    private final Map<String, Long> notBefore = new HashMap<>();
    private final Set<String> clashes = new HashSet<>();

    Placing(FolderSync sync, Consumer<String> look) {
        this.sync = sync;
        this.look = look;
    }

    /** Whether something could not be done there a moment ago. */
    boolean isWaiting(String path, long now) {
        Long until = notBefore.get(path);
        return until != null && until - now > 0;
    }

    /** How many names here are taken by others that this file system takes for the same. */
    int clashes() {
        clashes.removeIf(path -> sync.replica.wanted().get(path) == null);
        return clashes.size();
    }

    /** Does these as far as they can be done. Returns whether some were left for the next time because they need the same content. */
    boolean place(List<Task> tasks) {
        int count = tasks.size();
        Map<String, Integer> users = users(tasks);
        tasks.sort(Placing::inOrder);
        tasks.forEach(sync.replica::begin);
        sync.index.commit(); // What is begun is known before the disk is touched.
        List<Task> done = new ArrayList<>();
        for (Task task : tasks) {
            String content = task.head().entry().contentId();
            boolean isLast = !task.usesPart() || users.merge(content, -1, Integer::sum) == 0;
            if (isPlaced(task, isLast)) {
                done.add(task);
            }
        }
        try {
            sync.placer.force();
        } catch (IOException e) {
            LOG.warn("What was renamed may not be durable", e);
        }
        for (Task task : done) {
            sync.replica.done(task);
            notBefore.remove(task.head().path());
            clashes.remove(task.head().path());
            if (task.usesPart()) {
                sync.fetcher.used(task.head().entry().contentId());
            }
        }
        sync.tellApplied();
        return tasks.size() < count;
    }

    /** Directories before what is in them; deletions last, and of these the deepest first. */
    private static int inOrder(Task one, Task other) {
        boolean isGone = one.kind() == Task.Kind.REMOVE;
        boolean isOtherGone = other.kind() == Task.Kind.REMOVE;
        if (isGone != isOtherGone) {
            return isGone ? 1 : -1;
        }
        int order = one.head().path().compareTo(other.head().path());
        return isGone ? -order : order;
    }

    /**
     * How many files get each of the contents that have come. What has come is one file: where several want it, a copy of it is made before
     * it is placed; a large one is placed once, and the others wait until somebody has copied it who does not hold up the loop.
     */
    private static Map<String, Integer> users(List<Task> tasks) {
        Map<String, Integer> users = new HashMap<>();
        tasks.removeIf(task -> {
            Entry entry = task.head().entry();
            boolean isTooLarge = entry.size() > Fetcher.SMALL_BYTES && users.containsKey(entry.contentId());
            if (task.usesPart() && !isTooLarge) {
                users.merge(entry.contentId(), 1, Integer::sum);
            }
            return task.usesPart() && isTooLarge;
        });
        return users;
    }

    private void apply(Task task, boolean isLast) throws IOException {
        if (isLast) {
            sync.placer.apply(task);
            return;
        }
        Path part = sync.tree.own("parts").resolve(task.head().entry().contentId());
        Path spare = Files.copy(
                part, sync.tree.own("parts").resolve(UUID.randomUUID().toString()));
        try (FileChannel file = FileChannel.open(spare, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        try {
            sync.placer.apply(task);
        } finally {
            Files.move(spare, part, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private boolean isPlaced(Task task, boolean isLast) {
        String path = task.head().path();
        try {
            apply(task, isLast);
            return true;
        } catch (Placer.Changed e) {
            sync.replica.failed(task);
            notBefore.put(path, System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
            look.accept(Tree.parent(path));
        } catch (Placer.Clash e) {
            sync.replica.failed(task);
            clashes.add(path);
            notBefore.put(path, System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
        } catch (Placer.NotEmpty e) {
            sync.replica.failed(task);
            notEmpty(task);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be put in its place: {}", path, e.toString());
            sync.replica.failed(task);
            notBefore.put(path, System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        }
        return false;
    }

    /** If what is in it is to be deleted as well, it waits for that; else it stays, for what only this machine has in it. */
    private void notEmpty(Task task) {
        String path = task.head().path();
        Iterator<Map.Entry<String, Row>> below = sync.index.tables().rows().from(path + "/");
        boolean isEmptying = false;
        while (below.hasNext()) {
            Map.Entry<String, Row> next = below.next();
            if (!next.getKey().startsWith(path + "/")) {
                break;
            }
            Head head = sync.replica.wanted().get(next.getKey());
            isEmptying |= head != null && !head.entry().isThere();
        }
        look.accept(path);
        if (isEmptying) {
            notBefore.put(path, System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        } else if (task.kind() == Task.Kind.REMOVE && isOnlyLeftOut(path)) {
            goesAsFarAsItCan(task);
        } else if (task.kind() == Task.Kind.REMOVE) {
            sync.replica.keep(task.head());
            sync.announce();
        }
    }

    private boolean isOnlyLeftOut(String path) {
        try (SecureDirectoryStream<Path> directory = sync.tree.open(path)) {
            return sync.ignores.isAllIgnored(directory, path);
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at", path, e);
            return false;
        }
    }

    /** The others have deleted a directory, and here is only what is left out of it: that stays, and the directory for it. */
    private void goesAsFarAsItCan(Task task) {
        String path = task.head().path();
        try {
            try (SecureDirectoryStream<Path> directory = sync.tree.open(path)) {
                sync.ignores.removeWhatMayGo(directory, path);
            }
            sync.tree.delete(path, Entry.Kind.DIRECTORY);
        } catch (DirectoryNotEmptyException e) {
            sync.index.noteKept(path, true);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", path, e.toString());
            notBefore.put(path, System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
            return;
        }
        sync.index.noteStat(path, Stat.NOTHING);
        sync.replica.begin(task);
        sync.replica.done(task);
    }
}
