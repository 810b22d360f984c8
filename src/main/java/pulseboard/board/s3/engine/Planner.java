package pulseboard.board.s3.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.ListedObject;
import pulseboard.board.s3.wire.S3Failure;

/**
 * Decides what is to be sent: one pass through the folder and through the listing, side by side, since both are sorted. Where a
 * server sorts by UTF-16 instead of UTF-8, keys with letters above U+D7FF may come later; such files wait for the end of the list.
 */
final class Planner extends Found {

    private final Listing listing;
    private final Comparison comparison;
    private final PlanFile plan;
    private final Controls controls;
    private final @Nullable Surplus surplus;
    private final Map<String, LocalFile> waiting = new LinkedHashMap<>();
    private @Nullable ListedObject listed;
    private String lastKey = "";

    /**
     * What a plan is made of.
     *
     * @param surplus takes objects without a file, where that matters
     */
    record Sources(
            Listing listing,
            Comparison comparison,
            @Nullable Surplus surplus) {}

    Planner(Sources sources, PlanFile plan, RunState state, Controls controls) {
        super(state);
        this.listing = sources.listing;
        this.comparison = sources.comparison;
        this.plan = plan;
        this.controls = controls;
        this.surplus = sources.surplus;
    }

    /** Plans all; what cannot be listed fails the run, since nothing may be taken for absent then. */
    @Override
    void run(Walk walk) throws IOException, InterruptedException {
        listed = advance();
        walk.run(this);
        while (listed != null && (surplus != null || !waiting.isEmpty())) {
            requireGoingOn();
            unmatched(listed);
            listed = advance();
        }
        for (LocalFile file : waiting.values()) {
            absent(file);
        }
        whole();
        plan.end();
    }

    /** The next object in order; those that come too late are looked at at once. */
    private @Nullable ListedObject advance() throws IOException, InterruptedException {
        while (true) {
            ListedObject next = listing.next();
            if (next == null || Keys.compare(next.key(), lastKey) >= 0) {
                lastKey = next == null ? lastKey : next.key();
                return next;
            }
            state.server.listsUnordered();
            if (!Keys.isAmbiguous(next.key())) {
                throw new S3Failure(
                        "listingUnordered", "the server lists objects in no order; this is not supported", null);
            }
            LocalFile file = waiting.remove(next.key());
            if (file != null) {
                matched();
                compare(file, next);
            } else {
                unmatched(next);
            }
        }
    }

    @Override
    public void file(LocalFile file) throws IOException, InterruptedException {
        requireGoingOn();
        found(file);
        while (listed != null && Keys.compare(listed.key(), file.key()) < 0) {
            unmatched(listed);
            listed = advance();
        }
        if (listed != null && listed.key().equals(file.key())) {
            matched();
            compare(file, listed);
            listed = advance();
        } else if (Keys.isAmbiguous(file.key())) {
            waiting.put(file.key(), file);
        } else {
            absent(file);
        }
    }

    private void requireGoingOn() throws S3Failure {
        if (controls.isStopping()) {
            throw new S3Failure("stopped", "the run was stopped", null);
        }
    }

    private void matched() {
        if (surplus != null) {
            surplus.matched();
        }
    }

    private void unmatched(ListedObject object) throws IOException {
        if (surplus != null) {
            surplus.unmatched(object);
        }
    }

    private void compare(LocalFile file, ListedObject there) throws IOException {
        PlanEntry entry = comparison.byList(file, there);
        if (entry == null) {
            state.tally.unchanged();
            return;
        }
        if (entry.isDecided()) {
            state.tally.planned(file.stamp().bytes());
        } else {
            state.tally.undecided();
        }
        plan.add(entry);
    }

    private void absent(LocalFile file) throws IOException {
        state.tally.planned(file.stamp().bytes());
        plan.add(new PlanEntry(file, PlanEntry.UPLOAD, "absent", ""));
    }
}
