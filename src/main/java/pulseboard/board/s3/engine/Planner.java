package pulseboard.board.s3.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.wire.ListedObject;
import pulseboard.board.s3.wire.S3Failure;

/**
 * Decides what is to be sent: one pass through the folder and through the listing, side by side, since both are sorted. Where a
 * server sorts by UTF-16 instead of UTF-8, keys with letters above U+D7FF may come later; such files wait for the end of the list.
 */
final class Planner implements Walk.Visitor {

    private static final String DIGEST = "[0-9a-f]{32}(-\\d{1,5})?";

    private final JobConfig job;
    private final Listing listing;
    private final JobStore store;
    private final PlanFile plan;
    private final RunState state;
    private final Controls controls;
    private final boolean isFull;
    private final @Nullable Surplus surplus;
    private final Map<String, LocalFile> waiting = new LinkedHashMap<>();
    private @Nullable ListedObject listed;
    private String lastKey = "";

    /**
     * What a plan is made of.
     *
     * @param surplus takes objects without a file, where that matters
     * @param isFull whether what earlier runs have left is not believed
     */
    record Sources(
            JobConfig job,
            Listing listing,
            JobStore store,
            @Nullable Surplus surplus,
            boolean isFull) {}

    Planner(Sources sources, PlanFile plan, RunState state, Controls controls) {
        this.job = sources.job;
        this.listing = sources.listing;
        this.store = sources.store;
        this.plan = plan;
        this.state = state;
        this.controls = controls;
        this.surplus = sources.surplus;
        this.isFull = sources.isFull;
    }

    /** Plans all; what cannot be listed fails the run, since nothing may be taken for absent then. */
    void run(Walk walk) throws IOException, InterruptedException {
        listed = advance();
        walk.run(this);
        while (listed != null && (surplus != null || !waiting.isEmpty())) {
            requireGoingOn();
            unmatched(listed);
            listed = advance();
        }
        for (LocalFile file : waiting.values()) {
            plan(file, PlanEntry.UPLOAD, "absent", "");
        }
        state.kinds.whole();
        state.tally.planIsWhole();
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
        state.tally.found(file.stamp().bytes());
        state.kinds.add(file);
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
            plan(file, PlanEntry.UPLOAD, "absent", "");
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

    /** The cheapest sure way first. */
    private void compare(LocalFile file, ListedObject there) throws IOException {
        JobStore.Known known = isFull ? null : store.known(file.key());
        if (there.bytes() != file.stamp().bytes()) {
            plan(file, PlanEntry.UPLOAD, "size", there.etag());
        } else if (known != null
                && known.stamp().equals(file.stamp())
                && known.etag().equals(there.etag())) {
            state.tally.unchanged();
        } else if (there.etag().matches(DIGEST)) {
            state.tally.undecided();
            plan.add(new PlanEntry(file, PlanEntry.COMPARE, "content", there.etag()));
        } else if (job.unknown().equals("trustSize")) {
            state.tally.unchanged();
        } else {
            plan(file, PlanEntry.UPLOAD, "unknown", there.etag());
        }
    }

    private void plan(LocalFile file, String action, String reason, String etag) throws IOException {
        state.tally.planned(file.stamp().bytes());
        plan.add(new PlanEntry(file, action, reason, etag));
    }

    @Override
    public void skipped(String path, String code, String words) {
        state.tally.skipped();
        state.warnings.add(path, code, words);
    }

    @Override
    public void failed(String path, String code, String words) {
        state.tally.failed();
        state.errors.add(path, code, words);
    }
}
