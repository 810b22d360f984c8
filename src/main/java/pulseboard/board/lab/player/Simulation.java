package pulseboard.board.lab.player;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pulseboard.engine.emulator.Link;
import pulseboard.engine.emulator.Profile;

/**
 * A play in simulated time: the same session, scheduler and lines as a real player's, and a clock that jumps from one event to the next.
 * Nodes answer at once; each holds a fragment of every segment, of which three are needed. The same for the same setting, always.
 */
public final class Simulation {

    private static final double NANOS = 1e9;
    private static final long TICK_NANOS = 100_000_000;
    private static final long PING_NANOS = 1_000_000_000;
    private static final long MOST_NANOS = 8_000_000_000L;
    private static final int PIECE_BYTES = 64 << 10;
    private static final int REQUEST_BYTES = 220;
    private static final int HEAD_BYTES = 200;
    private static final int NEEDED = 3;

    private final Setting setting;
    private final EventQueue events = new EventQueue();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Session session;
    private final Scheduler scheduler;

    /**
     * What is played, and how.
     *
     * @param setup the player's
     * @param scheduler how it chooses nodes
     * @param nodes at least three
     * @param scenario what happens to the lines meanwhile
     * @param seed of all chance
     */
    public record Setting(
            Session.Setup setup, Scheduler.Kind scheduler, List<String> nodes, Scenario scenario, long seed) {

        /** Copies. */
        public Setting {
            nodes = List.copyOf(nodes);
        }
    }

    private Simulation(Setting setting) {
        this.setting = setting;
        session = new Session(setting.setup, 0);
        scheduler = new Scheduler(setting.scheduler, setting.seed);
        scheduler.tell(id -> node(id).down.profile().expectedMegabitsPerSecond());
        setting.nodes.forEach(id -> nodes.put(id, new Node(Link.seed(setting.seed, id.hashCode()))));
    }

    /** Plays as long as the scenario goes on. */
    public static Outcome play(Setting setting) {
        return new Simulation(setting).run();
    }

    private Outcome run() {
        for (Scenario.Change change : setting.scenario.changes()) {
            at((long) (change.atSeconds() * NANOS), () -> node(change.node()).change(profile(change.profile())));
        }
        at(0, this::ping);
        at(0, this::tickAgain);
        long end = (long) (setting.scenario.seconds() * NANOS);
        events.run(end);
        return Outcome.of(session, setting.scenario.seconds());
    }

    private static Profile profile(String name) {
        return Objects.requireNonNull(Profile.NAMED.get(name), name);
    }

    private Node node(String id) {
        return Objects.requireNonNull(nodes.get(id), id);
    }

    private void at(long nanos, Runnable task) {
        events.at(nanos, task);
    }

    private double seconds() {
        return events.now() / NANOS;
    }

    private void ping() {
        for (String id : setting.nodes) {
            long began = events.now();
            node(id).request(
                            HEAD_BYTES,
                            isThere -> scheduler
                                    .node(id)
                                    .pinged(
                                            isThere && events.now() - began <= PING_NANOS
                                                    ? (events.now() - began) / 1e6
                                                    : -1));
        }
        at(events.now() + PING_NANOS, this::ping);
    }

    private void tickAgain() {
        tick();
        at(events.now() + TICK_NANOS, this::tickAgain);
    }

    private void tick() {
        session.due(seconds()).forEach(fetch -> new Segment(fetch).begin());
    }

    /** One segment, fetched from as many nodes as are needed. */
    private final class Segment {

        private final Session.Fetch fetch;
        private final Deque<String> open;
        private final int size;
        private final int part;
        private final double began = seconds();
        private int parts;
        private int underWay;
        private boolean isOver;

        private Segment(Session.Fetch fetch) {
            this.fetch = fetch;
            Ladder ladder = setting.setup.ladder();
            size = (int) (ladder.megabitsPerSecond().get(fetch.rung()) * 1e6 / 8 * ladder.segmentSeconds());
            part = (size + NEEDED - 1) / NEEDED;
            open = new ArrayDeque<>(scheduler.order(setting.nodes));
        }

        private void begin() {
            for (int n = 0; n < NEEDED; n++) {
                next();
            }
        }

        private void next() {
            String id = open.poll();
            if (id == null) {
                if (underWay == 0 && !isOver) {
                    isOver = true;
                    session.failed(fetch, seconds());
                    tick();
                }
                return;
            }
            underWay++;
            NodeRecord record = scheduler.node(id);
            record.begun();
            long asked = events.now();
            node(id).request(part + HEAD_BYTES, isThere -> {
                underWay--;
                record.ended(isThere ? part : 0, (events.now() - asked) / 1e6);
                if (isThere) {
                    got();
                } else {
                    next();
                }
            });
        }

        private void got() {
            if (++parts == NEEDED) {
                isOver = true;
                session.got(fetch, size, seconds() - began, seconds());
                tick();
            }
        }
    }

    /** A node at the other end of lines of this player's own. */
    private final class Node {

        private final Link.Line up = new Link.Line(profile("normal"));
        private final Link.Line down = new Link.Line(profile("normal"));
        private final Deque<Connection> idle = new ArrayDeque<>();
        private final Set<Exchange> open = new HashSet<>();
        private final long seed;
        private long connections;

        private Node(long seed) {
            this.seed = seed;
        }

        private void change(Profile profile) {
            up.change(profile);
            down.change(profile);
            if (profile.isDown()) {
                idle.clear();
                List.copyOf(open).forEach(each -> each.end(false));
            }
        }

        private void request(int bytes, Consumer<Boolean> done) {
            Exchange exchange = new Exchange(this, bytes, done);
            open.add(exchange);
            at(events.now() + MOST_NANOS, exchange::tooLate);
            Connection there = idle.poll();
            if (down.profile().isDown()) {
                at(events.now(), () -> exchange.end(false));
            } else if (there != null) {
                exchange.ask(there);
            } else {
                long setUp = (long) (down.profile().latencyMilliseconds() * 1e6);
                at(events.now() + setUp, () -> exchange.ask(new Connection(this, ++connections)));
            }
        }
    }

    private static final class Connection {

        private final Link there;
        private final Link back;

        private Connection(Node node, long number) {
            there = new Link(node.up, Link.seed(node.seed, 2 * number));
            back = new Link(node.down, Link.seed(node.seed, 2 * number + 1));
        }
    }

    /** A request and its answer. One that is given up by the player goes on until its bytes are through, as on a real connection. */
    private final class Exchange {

        private final Node node;
        private final Consumer<Boolean> done;
        private int left;
        private long underWay;
        private boolean isCut;
        private boolean isTold;
        private @Nullable Connection over;

        private Exchange(Node node, int bytes, Consumer<Boolean> done) {
            this.node = node;
            this.done = done;
            left = bytes;
        }

        private void ask(Connection connection) {
            if (isCut) {
                return;
            }
            if (connection.there.isCutOff()) {
                end(false);
                return;
            }
            over = connection;
            at(connection.there.arrival(events.now(), REQUEST_BYTES), this::offer);
        }

        private void offer() {
            while (!isCut && left > 0 && underWay <= node.down.room()) {
                int some = Math.min(left, PIECE_BYTES);
                left -= some;
                underWay += some;
                at(Objects.requireNonNull(over).back.arrival(events.now(), some), () -> arrived(some));
            }
        }

        private void arrived(int some) {
            if (isCut) {
                return;
            }
            underWay -= some;
            if (left == 0 && underWay == 0) {
                node.idle.add(Objects.requireNonNull(over));
                end(true);
            } else {
                offer();
            }
        }

        private void tooLate() {
            if (!isTold) {
                isTold = true;
                done.accept(false);
            }
        }

        private void end(boolean isThere) {
            isCut = true;
            node.open.remove(this);
            if (!isTold) {
                isTold = true;
                done.accept(isThere);
            }
        }
    }
}
