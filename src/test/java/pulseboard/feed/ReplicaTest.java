package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The protocol of a board, with the server on one side and a model of any client on the other. */
class ReplicaTest {

    /** A client that follows the protocol by the letter. */
    private static final class Replica {
        private final Deque<Change> kept = new ArrayDeque<>();
        private @Nullable Snapshot known;
        private boolean asking = true;

        void onChange(Change change) {
            kept.add(change);
            if (!asking) {
                applyKept();
            }
        }

        void onSnapshot(Snapshot snapshot) {
            known = snapshot;
            asking = false;
            applyKept();
        }

        private void applyKept() {
            while (!asking && !kept.isEmpty()) {
                step(kept.element());
            }
        }

        /** Takes one change, or asks again and leaves it for later. */
        private void step(Change change) {
            Snapshot at = known();
            if (!change.epoch().equals(at.epoch()) || change.seq() > at.seq() + 1) {
                asking = true;
                // A change of an epoch that is over would make it ask for ever.
                kept.clear();
                return;
            }
            kept.remove();
            if (change.seq() == at.seq() + 1) {
                if (MergePatch.apply(at.state(), change.patch()) instanceof JsonObject state) {
                    known = new Snapshot(at.epoch(), change.seq(), change.at(), state);
                }
            }
        }

        Snapshot known() {
            if (known == null) {
                throw new AssertionError("no snapshot yet");
            }
            return known;
        }
    }

    /** The server, and a line to one client that loses and doubles changes. */
    private static final class World {
        private final RandomStates random;
        private final Set<Long> sent = new HashSet<>();
        private int epochs = 1;
        private Feed feed = new Feed("e1", () -> 0);
        private JsonObject state = new JsonObject();
        private Replica replica = new Replica();

        World(long seed) {
            random = new RandomStates(seed);
        }

        void step(boolean lossy) {
            if (lossy && random.once(40)) {
                feed = new Feed("e" + ++epochs, () -> 0);
                state = new JsonObject();
                sent.clear();
            }
            if (lossy && random.once(60)) {
                replica = new Replica();
            }
            state = random.once(5) ? state.copy() : random.next(state);
            feed.update(state).ifPresent(change -> deliver(change, lossy));
            if (random.once(8)) {
                deliver(feed.heartbeat(), lossy);
            }
            if (replica.asking && random.once(3)) {
                replica.onSnapshot(feed.snapshot());
            }
        }

        private void deliver(Change change, boolean lossy) {
            assertTrue(sent.add(change.seq()), "sequence number used twice");
            if (lossy && random.once(10)) {
                return;
            }
            replica.onChange(overTheWire(change));
            if (lossy && random.once(10)) {
                replica.onChange(overTheWire(change));
            }
        }

        private static Change overTheWire(Change change) {
            JsonObject json = new JsonObject(change.toJson().encode());
            return new Change(
                    json.getString("epoch"), json.getLong("seq"), json.getLong("at"), json.getJsonObject("patch"));
        }
    }

    @Test
    void replicaEndsEqualToTheServerWhateverTheLineLoses() {
        long seed = new Random().nextLong();
        for (int run = 0; run < 100; run++) {
            World world = new World(seed + run);
            for (int step = 0; step < 300; step++) {
                world.step(true);
            }
            // One heartbeat over a line that works again shows what is missing; then one answer mends it.
            world.deliver(world.feed.heartbeat(), false);
            if (world.replica.asking) {
                world.replica.onSnapshot(world.feed.snapshot());
            }
            assertEquals(world.feed.snapshot(), world.replica.known(), "seed " + seed + ", run " + run);
        }
    }

    @Test
    void replicaNeverAsksTwiceOnALineThatLosesNothing() {
        long seed = new Random().nextLong();
        World world = new World(seed);
        world.replica.onSnapshot(world.feed.snapshot());
        for (int step = 0; step < 500; step++) {
            world.step(false);
            assertTrue(!world.replica.asking, "seed " + seed + ", step " + step);
            assertEquals(world.feed.snapshot(), world.replica.known(), "seed " + seed + ", step " + step);
        }
    }

    @Test
    void replicaThatJoinsLateDropsWhatItsSnapshotHolds() {
        Feed feed = new Feed("e1", () -> 0);
        Replica replica = new Replica();
        feed.update(new JsonObject().put("a", 1));
        replica.onChange(feed.update(new JsonObject().put("a", 2)).orElseThrow());
        Snapshot snapshot = feed.snapshot();
        replica.onChange(feed.update(new JsonObject().put("b", 3)).orElseThrow());
        replica.onSnapshot(snapshot);
        assertEquals(feed.snapshot(), replica.known());
    }
}
