package pulseboard.board.sync.rules;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a machine can do next, so that nothing is let go of that somebody still needs. */
final class Plan {

    private Plan() {}

    /** Whether what is wanted knows all that is here. */
    static boolean isAfter(Head head, Row row) {
        return head.entry().version().compare(row.entry().version()) == Version.Order.AFTER;
    }

    /**
     * What can be done now for a wanted path. Nothing, while an edit of this machine has not been answered, or while what is at
     * the path is still needed for another one.
     *
     * @param isFetched which contents have been put aside
     */
    static @Nullable Task task(Replica replica, String path, Predicate<String> isFetched) {
        Head head = replica.wanted().get(path);
        Row row = replica.row(path);
        if (head == null || row.isUntold() || !isAfter(head, row)) {
            return null;
        }
        if (replica.wanted().needsElsewhere(path, row.entry(), isFetched)) {
            return null;
        }
        if (!head.entry().isThere()) {
            return new Task(Task.Kind.REMOVE, head, row.entry(), "");
        }
        boolean needsContent = head.entry().hasContent() && !head.entry().hasSameContent(row.entry());
        boolean isReady = !needsContent || isFetched.test(head.entry().contentId());
        return new Task(isReady ? Task.Kind.PLACE : Task.Kind.FETCH, head, row.entry(), "");
    }

    /** A path whose file only has to be renamed to become this one, because it is to be deleted; null if there is none. */
    static @Nullable Task move(Replica replica, Task fetch, Iterable<String> holders) {
        if (replica.row(fetch.head().path()).entry().isThere()) {
            return null;
        }
        for (String from : holders) {
            Head gone = replica.wanted().get(from);
            Row row = replica.row(from);
            boolean isFree = gone != null && !gone.entry().isThere() && !row.isUntold() && isAfter(gone, row);
            if (isFree && row.entry().hasSameContent(fetch.head().entry())) {
                return new Task(Task.Kind.MOVE, fetch.head(), fetch.expected(), from);
            }
        }
        return null;
    }
}
