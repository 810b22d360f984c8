package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The protocol of a board, with the server on one side and a model of any client on the other. */
class ReplicaTest {

    /** A client: a reader, and what it reads into, with the number of the change that it is at. */
    private static final class Client implements FeedReader.Sink {
        private final FeedReader reader = new FeedReader(this);
        private final Replica replica = new Replica();
        private long seq = -1;

        @Override
        public void replace(Snapshot snapshot) {
            replica.replace(snapshot);
            seq = snapshot.seq();
        }

        @Override
        public void apply(Change change) {
            replica.apply(change);
            seq = change.seq();
        }

        boolean isAsking() {
            return reader.isWaiting();
        }

        void onChange(Change change) {
            reader.change(change.toJson());
        }

        void onSnapshot(Snapshot snapshot) {
            reader.snapshot(snapshot.toJson());
        }

        Snapshot known() {
            JsonObject state = replica.state();
            if (state == null) {
                throw new AssertionError("no snapshot yet");
            }
            return new Snapshot(reader.epoch(), seq, replica.at(), state);
        }
    }

    /** The server, and a line to one client that loses and doubles changes. */
    private static final class World {
        private final RandomStates random;
        private final Set<Long> sent = new HashSet<>();
        private int epochs = 1;
        private Feed feed = new Feed("e1", () -> 0);
        private JsonObject state = new JsonObject();
        private Client replica = new Client();

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
                replica = new Client();
            }
            state = random.once(5) ? state.copy() : random.next(state);
            feed.update(state).ifPresent(change -> deliver(change, lossy));
            if (random.once(8)) {
                deliver(feed.heartbeat(), lossy);
            }
            if (replica.isAsking() && random.once(3)) {
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
            if (world.replica.isAsking()) {
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
            assertTrue(!world.replica.isAsking(), "seed " + seed + ", step " + step);
            assertEquals(world.feed.snapshot(), world.replica.known(), "seed " + seed + ", step " + step);
        }
    }

    @Test
    void replicaThatJoinsLateDropsWhatItsSnapshotHolds() {
        Feed feed = new Feed("e1", () -> 0);
        Client replica = new Client();
        feed.update(new JsonObject().put("a", 1));
        replica.onChange(feed.update(new JsonObject().put("a", 2)).orElseThrow());
        Snapshot snapshot = feed.snapshot();
        replica.onChange(feed.update(new JsonObject().put("b", 3)).orElseThrow());
        replica.onSnapshot(snapshot);
        assertEquals(feed.snapshot(), replica.known());
    }
}
