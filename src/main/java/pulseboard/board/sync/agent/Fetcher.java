package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Task;

/**
 * Gets contents and keeps them aside: from this machine if they are here under another name, else from others. The loop says what is
 * wanted and is told what came; workers do the rest.
 */
final class Fetcher {

    /** Up to this size a file without an older version is fetched whole, together with others. */
    static final long SMALL_BYTES = 1 << 20;

    private static final int MOST_TOGETHER = 128;
    private static final long MOST_TOGETHER_BYTES = 4 << 20;
    private static final int MOST_JOBS = 6;

    private final Tree tree;
    private final Index index;
    private final ExecutorService workers;
    private final Room room;
    private final Getter getter;

    /** Contents that are all here, aside. */
    private final Set<String> fetched = new HashSet<>();

    /** Contents that somebody is fetching. */
    private final Set<String> underWay = new HashSet<>();

    private final Pauses pauses = new Pauses();
    private final Totals totals;
    private int jobs;
    private boolean isShort;

    /** What a job ends with: contents that came, and heads whose content nobody has. */
    record Outcome(List<String> came, List<Head> missing, List<Head> asked, AtomicBoolean isFull) {}

    /** A content that is to be got, and an older one that is here. */
    record Wish(Head head, @Nullable String basis, Transfer transfer) {}

    /** What it works with. */
    record Means(Tree tree, Index index, Peers peers, ExecutorService workers, Totals totals, Room room) {}

    Fetcher(Means means) throws IOException {
        tree = means.tree;
        index = means.index;
        workers = means.workers;
        room = means.room;
        getter = new Getter(means);
        totals = means.totals;
        fetched.addAll(Part.whole(tree.own("parts")));
    }

    boolean isFetched(String contentId) {
        return fetched.contains(contentId);
    }

    /** Whether something has a content that is still to come, and nobody could begin to get it now, after so many others. */
    boolean cannotYet(Entry entry, int others) {
        String contentId = entry.contentId();
        return entry.hasContent()
                && !fetched.contains(contentId)
                && (others >= (MOST_JOBS - jobs) * MOST_TOGETHER
                        || underWay.contains(contentId)
                        || pauses.isWaiting(contentId));
    }

    /** It was put in its place. */
    void used(String contentId) {
        fetched.remove(contentId);
    }

    /** Nobody wants them any more. */
    void drop(java.util.function.Predicate<String> isWanted) throws IOException {
        for (String each : List.copyOf(fetched)) {
            if (!isWanted.test(each)) {
                fetched.remove(each);
                Files.deleteIfExists(tree.own("parts").resolve(each));
            }
        }
    }

    /** Whether something waits until there is room on the disk. */
    boolean isFull() {
        return isShort;
    }

    boolean isIdle() {
        return jobs == 0;
    }

    /** Peers have come or gone: whoever waits may try again. */
    void tryAgain() {
        pauses.clear();
    }

    /**
     * Begins to fetch, as much at once as is allowed; the rest comes when it is asked the next time.
     *
     * @param done is called by a worker
     */
    void fetch(Iterable<Task> tasks, BiConsumer<Outcome, Throwable> done) {
        List<Wish> small = new ArrayList<>();
        long bytes = 0;
        isShort = false;
        for (Task task : tasks) {
            if (jobs >= MOST_JOBS) {
                break; // What was gathered is begun all the same.
            }
            Head head = task.head();
            String contentId = head.entry().contentId();
            if (underWay.contains(contentId) || pauses.isWaiting(contentId)) {
                continue;
            }
            if (!room.take(head.entry().size())) {
                isShort = true;
                continue; // Smaller ones may fit.
            }
            underWay.add(contentId);
            String old = task.expected().hasContent() ? task.expected().contentId() : null;
            boolean isSmall = head.entry().size() <= SMALL_BYTES && (old == null || index.list(old) == null);
            Wish wish = new Wish(
                    head,
                    old,
                    new Transfer(head.path(), head.device(), head.entry().size()));
            if (!isSmall) {
                begin(List.of(wish), done);
                continue;
            }
            small.add(wish);
            bytes += head.entry().size();
            if (small.size() == MOST_TOGETHER || bytes >= MOST_TOGETHER_BYTES) {
                begin(small, done);
                small = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!small.isEmpty()) {
            begin(small, done);
        }
    }

    private void begin(List<Wish> wishes, BiConsumer<Outcome, Throwable> done) {
        jobs++;
        List<Head> asked = wishes.stream().map(Wish::head).toList();
        workers.execute(() -> {
            wishes.forEach(wish -> totals.begun(wish.transfer));
            Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), asked, new AtomicBoolean());
            Throwable trouble = null;
            try {
                getter.get(wishes, outcome);
            } catch (IOException | RuntimeException e) {
                trouble = e;
                outcome.isFull.set(Room.isFull(e));
            } finally {
                wishes.forEach(wish -> totals.ended(
                        wish.transfer, outcome.came.contains(wish.head.entry().contentId())));
            }
            done.accept(outcome, trouble);
        });
    }

    /** To be called by the loop for each outcome. */
    void ended(Outcome outcome) {
        jobs--;
        if (outcome.isFull.get()) {
            room.full();
        }
        for (Head head : outcome.asked) {
            room.give(head.entry().size());
            String contentId = head.entry().contentId();
            underWay.remove(contentId);
            if (outcome.came.contains(contentId)) {
                fetched.add(contentId);
                pauses.end(contentId);
            } else {
                pauses.longer(contentId);
            }
        }
    }
}
