package pulseboard.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All viewers of one run, on one thread of their own: what they cost is taken from the server that is measured on the same
 * machine, so a selector reads all of them into the same buffer.
 */
final class Crowd implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TICK_MILLISECONDS = 20;
    private static final int TICKS_PER_CHECK = 10;

    /** Connections that are on the way at once; more would only wait in the server's queue. */
    private static final int MOST_ARRIVING = 200;

    /** How long a lost viewer waits before each further try, as the page does: half of this at least. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    final Plan plan;
    final InetSocketAddress address;
    final Tally tally = new Tally();
    final Messages messages = new Messages();

    /** What was read last, from whomever. */
    final byte[] bytes = new byte[BUFFER_BYTES];

    long nowNanos;
    long nowMicros;

    private final Selector selector;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "crowd");
    private long begunNanos;
    private long nextTickNanos;
    private int ticks;
    private int wanted;
    private int started;
    private int arriving;
    private final PriorityQueue<Return> returns = new PriorityQueue<>(Comparator.comparingLong(Return::atNanos));
    private volatile boolean closed;

    /** A viewer that was lost and when it tries again. */
    private record Return(long atNanos, Viewer viewer) {}

    Crowd(Plan plan) throws IOException {
        this.plan = plan;
        this.wanted = plan.viewers();
        this.address = new InetSocketAddress(plan.url().getHost(), plan.url().getPort());
        this.selector = Selector.open();
    }

    void start() {
        thread.start();
    }

    /** Runs this on the crowd's thread, which alone may touch what belongs to the viewers. */
    <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        orders.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
            }
        });
        selector.wakeup();
        return answer.orTimeout(3, TimeUnit.MINUTES).join();
    }

    /** Only on the crowd's thread. */
    List<Viewer> viewers() {
        return connections.stream().map(connection -> connection.viewer).toList();
    }

    /** Only on the crowd's thread: so many more come. */
    void join(int count) {
        wanted += count;
    }

    /** Only on the crowd's thread: so many go, at random; every second one without a farewell. */
    void leave(int count) {
        List<Connection> all = new ArrayList<>(connections);
        Collections.shuffle(all);
        for (Connection connection : all.subList(0, Math.min(count, all.size()))) {
            connections.remove(connection);
            connection.leave(tally.left++ % 2 == 0);
        }
    }

    private void run() {
        begunNanos = System.nanoTime();
        nextTickNanos = begunNanos;
        try {
            while (!closed) {
                selector.select(this::proceed, TICK_MILLISECONDS);
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                nowNanos = System.nanoTime();
                if (nowNanos - nextTickNanos >= 0) {
                    nextTickNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(TICK_MILLISECONDS);
                    tick();
                }
            }
            connections.forEach(Connection::close);
            selector.close();
        } catch (IOException failure) {
            throw new IllegalStateException("the crowd cannot go on", failure);
        }
    }

    private void proceed(SelectionKey key) {
        nowNanos = System.nanoTime();
        nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        ((Connection) key.attachment()).proceed();
    }

    private void tick() throws IOException {
        long due = (nowNanos - begunNanos) / 1000 * plan.perSecond() / 1_000_000 + 1;
        while (started < Math.min(wanted, due) && arriving < MOST_ARRIVING) {
            started++;
            connect(new Viewer(tally));
        }
        while (!returns.isEmpty() && returns.element().atNanos() - nowNanos <= 0 && arriving < MOST_ARRIVING) {
            connect(returns.remove().viewer());
        }
        if (ticks++ % TICKS_PER_CHECK == 0) {
            List.copyOf(connections).forEach(connection -> connection.tick(nowNanos));
        }
    }

    private void connect(Viewer viewer) throws IOException {
        arriving++;
        Connection connection = new Connection(this, viewer, selector);
        connections.add(connection);
        connection.connect();
    }

    void arrived() {
        arriving--;
    }

    void lost(Connection connection, String why) {
        connections.remove(connection);
        if (!connection.isOpen()) {
            arrived();
        }
        if (connection.isOpen() || !plan.reconnect()) {
            tally.lost++;
        } else {
            tally.missed++;
        }
        tally.complained("lost: " + why);
        connection.viewer.lost(nowNanos);
        if (plan.reconnect()) {
            long wait = ThreadLocalRandom.current().nextLong(LONGEST_WAIT_NANOS / 2, LONGEST_WAIT_NANOS);
            returns.add(new Return(nowNanos + wait, connection.viewer));
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
