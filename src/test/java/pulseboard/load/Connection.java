package pulseboard.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The connection of one viewer. */
final class Connection implements Decoder.Sink {

    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(25);

    /** The server says something at least every 5 s; the page gives up after as long. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Crowd crowd;
    private final Transport transport;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Decoder decoder;
    private long pingAtNanos = Long.MAX_VALUE;
    private long heardAtNanos = System.nanoTime();
    private boolean open;
    private boolean ended;

    final Viewer viewer;

    Connection(Crowd crowd, Viewer viewer, Selector selector) throws IOException {
        this.crowd = crowd;
        this.transport = crowd.plan.transport();
        this.decoder = transport.decoder(this);
        this.viewer = viewer;
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /** On the same machine a refusal can come at once. */
    void connect() {
        try {
            channel.connect(crowd.address);
        } catch (IOException refused) {
            lose(String.valueOf(refused.getMessage()));
        }
    }

    /** Goes on with whatever this connection is ready for. */
    void proceed() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                send(transport.greeting(crowd.plan.host(), crowd.plan.basePath(), crowd.plan.board()));
            } else {
                read();
            }
        } catch (IOException failure) {
            lose(String.valueOf(failure.getMessage()));
        }
    }

    private void read() throws IOException {
        int length = channel.read(ByteBuffer.wrap(crowd.bytes));
        if (length < 0) {
            lose("the server ended the connection");
        } else {
            heardAtNanos = crowd.nowNanos;
            crowd.tally.bytes += length;
            decoder.take(crowd.bytes, length);
        }
    }

    @Override
    public void opened(int status) {
        if (status != transport.statusWhenOpen()) {
            lose("the server answered with status " + status);
            return;
        }
        open = true;
        crowd.tally.open++;
        crowd.arrived();
        if (transport != Transport.STREAM) {
            send(transport.register(crowd.plan.board()));
            viewer.opened(this::ask, System.nanoTime());
            // The first time somewhere within the interval, so that not all ping at once.
            pingAtNanos = System.nanoTime() + ThreadLocalRandom.current().nextLong(PING_NANOS);
        }
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public void message(byte[] bytes, int from, int to) {
        for (Event event : crowd.messages.parse(bytes, from, to)) {
            viewer.take(event, crowd.nowNanos, crowd.nowMicros);
        }
    }

    @Override
    public void closed(String why) {
        lose(why);
    }

    private void ask() {
        send(transport.ask(crowd.plan.board()));
    }

    /** To be called from time to time. */
    void tick(long nowNanos) {
        if (crowd.plan.reconnect() && nowNanos - heardAtNanos > SILENCE_NANOS) {
            lose("the server fell silent");
            return;
        }
        viewer.tick(nowNanos);
        if (nowNanos - pingAtNanos >= 0 && pingAtNanos != Long.MAX_VALUE) {
            long jitter = ThreadLocalRandom.current().nextLong(-PING_NANOS / 10, PING_NANOS / 10);
            pingAtNanos = nowNanos + PING_NANOS + jitter;
            send(transport.ping());
        }
    }

    /** What a viewer sends is so little that it always fits, unless the server does not read any more. */
    private void send(ByteBuffer bytes) {
        try {
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                lose("the server does not read");
            }
        } catch (IOException failure) {
            lose(String.valueOf(failure.getMessage()));
        }
    }

    /** Once only. Whether the channel is open does not tell: it closes itself when it cannot connect. */
    private void lose(String why) {
        if (!ended) {
            close();
            crowd.lost(this, why);
        }
    }

    /** Ends it because the viewer wants to, either with a farewell or with a reset. */
    void leave(boolean abruptly) {
        if (!open) {
            crowd.arrived();
        }
        viewer.lost(crowd.nowNanos);
        try {
            if (abruptly) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException failure) {
            crowd.tally.complained("leave: " + failure.getMessage());
        }
        close();
    }

    void close() {
        ended = true;
        try {
            channel.close();
        } catch (IOException failure) {
            crowd.tally.complained("close: " + failure.getMessage());
        }
    }
}
