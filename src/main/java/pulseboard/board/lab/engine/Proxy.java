package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import pulseboard.engine.emulator.Link;
import pulseboard.engine.emulator.Profile;

/** An emulated line to a node: a port through which real bytes of TCP pass, late, slowly or not at all. Used on one event loop. */
final class Proxy {

    private static final long NEAR_ENOUGH_NANOS = 500_000;

    private final Vertx vertx;
    private final NetClient client;
    private final IntSupplier target;
    private final long seed;
    private final Link.Line up;
    private final Link.Line down;
    private final Set<NetSocket> open = new HashSet<>();
    private boolean isSilent;
    private long connections;
    private long bytes;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private @Nullable NetServer server;

    /**
     * Not open yet.
     *
     * @param target the port of the node on loopback, which may change when it is started again
     */
    Proxy(Vertx vertx, NetClient client, IntSupplier target, long seed) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
        this.seed = seed;
        up = new Link.Line(Profile.DIRECT);
        down = new Link.Line(Profile.DIRECT);
    }

    /** Opens a port; returns it. */
    Future<Integer> listen() {
        NetServer made = vertx.createNetServer().connectHandler(this::welcome);
        server = made;
        return made.listen(0, "127.0.0.1").map(NetServer::actualPort);
    }

    /** From now on the line is as good as this. */
    void change(Profile profile) {
        up.change(profile);
        down.change(profile);
        if (profile.isDown()) {
            cut();
        }
    }

    Profile profile() {
        return down.profile();
    }

    /** Lets nothing through, and does not say so; or does again, on new connections. */
    void silence(boolean isToBeSilent) {
        isSilent = isToBeSilent;
        if (!isToBeSilent) {
            cut();
        }
    }

    /** What has come from the node through this line. */
    long bytes() {
        return bytes;
    }

    private void cut() {
        Set.copyOf(open).forEach(Proxy::end);
    }

    Future<Void> close() {
        cut();
        NetServer made = server;
        return made == null ? Future.succeededFuture() : made.close();
    }

    private void welcome(NetSocket near) {
        if (down.profile().isDown()) {
            end(near);
            return;
        }
        open.add(near);
        near.pause();
        near.exceptionHandler(broken -> end(near));
        near.closeHandler(gone -> open.remove(near));
        long number = ++connections;
        double setUp = down.profile().latencyMilliseconds();
        after(
                (long) (setUp * 1e6),
                () -> client.connect(target.getAsInt(), "127.0.0.1")
                        .onSuccess(far -> join(near, far, number))
                        .onFailure(nobody -> end(near)));
    }

    private void join(NetSocket near, NetSocket far, long number) {
        open.add(far);
        far.closeHandler(gone -> open.remove(far));
        far.exceptionHandler(broken -> end(far));
        Pump there = new Pump(near, far, new Link(up, Link.seed(seed, 2 * number)), up);
        Pump back = new Pump(far, near, new Link(down, Link.seed(seed, 2 * number + 1)), down);
        there.answers = back;
        there.start();
        back.start();
        near.resume();
    }

    private static void end(NetSocket socket) {
        socket.close().onFailure(gone -> {});
    }

    private void after(long nanos, Runnable task) {
        long milliseconds = Math.round(nanos / 1e6);
        if (milliseconds <= 0) {
            task.run();
        } else {
            vertx.setTimer(milliseconds, id -> task.run());
        }
    }

    /** What is on its way. */
    private record Piece(long arrivalNanos, Buffer bytes) {}

    /** One direction of one connection. */
    private final class Pump {

        private final NetSocket from;
        private final NetSocket to;
        private final Link link;
        private final Link.Line line;
        private final Deque<Piece> pieces = new ArrayDeque<>();
        private @Nullable Pump answers;
        private long underWay;
        private boolean hasSent;
        private boolean isWaiting;
        private boolean isEnded;

        private Pump(NetSocket from, NetSocket to, Link link, Link.Line line) {
            this.from = from;
            this.to = to;
            this.link = link;
            this.line = line;
        }

        private void start() {
            from.handler(this::take);
            to.drainHandler(free -> from.resume());
            from.closeHandler(gone -> {
                open.remove(from);
                isEnded = true;
                deliver();
            });
        }

        private void take(Buffer some) {
            if (isSilent) {
                return;
            }
            if (answers != null && isCutOff(answers)) {
                end(from);
                end(to);
                return;
            }
            hasSent = true;
            bytes += answers == null ? some.length() : 0;
            long now = System.nanoTime();
            boolean isDirect = line.profile().equals(Profile.DIRECT) && pieces.isEmpty();
            pieces.add(new Piece(isDirect ? now : link.arrival(now, some.length()), some));
            underWay += some.length();
            if (!isDirect && underWay > line.room()) {
                from.pause();
            }
            deliver();
        }

        /** A request begins where the last one was answered, or at the beginning. */
        private boolean isCutOff(Pump back) {
            boolean isRequest = !hasSent || back.hasSent;
            back.hasSent = false;
            return isRequest && link.isCutOff();
        }

        private void deliver() {
            long now = System.nanoTime();
            while (!pieces.isEmpty() && pieces.element().arrivalNanos - now <= NEAR_ENOUGH_NANOS) {
                Buffer some = pieces.remove().bytes;
                underWay -= some.length();
                to.write(some).onFailure(gone -> {});
            }
            if (to.writeQueueFull()) {
                from.pause();
            } else if (underWay <= line.room()) {
                from.resume();
            }
            if (!pieces.isEmpty() && !isWaiting) {
                isWaiting = true;
                long wait = TimeUnit.NANOSECONDS.toMillis(pieces.element().arrivalNanos - now);
                vertx.setTimer(Math.max(1, wait), id -> {
                    isWaiting = false;
                    deliver();
                });
            }
            if (isEnded && pieces.isEmpty()) {
                end(to);
            }
        }
    }
}
