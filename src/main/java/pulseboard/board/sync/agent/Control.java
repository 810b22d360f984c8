package pulseboard.board.sync.agent;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Wire;

/**
 * The connection to the coordinator: frames of JSON, each after its length in four bytes. It is made again whenever it breaks. Pings are
 * answered at once, whatever the loop is busy with.
 */
final class Control implements AutoCloseable {

    static final int MOST_FRAME_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final int SILENCE_MILLISECONDS = 20_000;
    private static final long FIRST_PAUSE_MILLISECONDS = 200;
    private static final long MOST_PAUSE_MILLISECONDS = 10_000;

    private final AgentConfig config;
    private final Identity identity;
    private final Executor loop;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "control");
    private volatile boolean isClosed;
    private volatile @Nullable Wire wire;

    /** Is told on the loop. */
    interface Listener {
        void connected();

        void frame(JsonObject frame);

        void lost();
    }

    Control(AgentConfig config, Identity identity, Executor loop, Listener listener) {
        this.config = config;
        this.identity = identity;
        this.loop = loop;
        this.listener = listener;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isConnected() {
        return wire != null;
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLISECONDS;
        while (!isClosed) {
            try (Wire connected = connect(config, identity)) {
                wire = connected;
                pause = FIRST_PAUSE_MILLISECONDS;
                loop.execute(listener::connected);
                while (true) {
                    take(read(connected.in()));
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                LOG.debug("The coordinator is not there", e);
            }
            if (wire != null) {
                wire = null;
                loop.execute(listener::lost);
            }
            pause = Math.min(MOST_PAUSE_MILLISECONDS, pause * 2);
            sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
        }
    }

    static Wire connect(AgentConfig config, Identity identity) throws IOException, GeneralSecurityException {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        return Wire.connect(identity.context(config.coordinator()::equals), address, SILENCE_MILLISECONDS);
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(JsonObject frame) throws IOException {
        if (frame.getString("kind", "").equals("ping")) {
            send(new JsonObject().put("kind", "pong").put("at", frame.getLong("at")));
        } else {
            loop.execute(() -> listener.frame(frame));
        }
    }

    static JsonObject read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        try {
            return new JsonObject(text(in, length));
        } catch (DecodeException e) {
            throw new IOException("a frame that is no JSON", e);
        }
    }

    private static String text(DataInputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Whoever is not heard of is not told; all of it is told anew when the connection is there again. */
    void send(JsonObject frame) {
        Wire connected = wire;
        if (connected == null) {
            return;
        }
        try {
            write(connected, frame);
        } catch (IOException e) {
            connected.close();
        }
    }

    static void write(Wire wire, JsonObject frame) throws IOException {
        byte[] bytes = frame.encode().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        synchronized (wire) {
            wire.out().writeInt(bytes.length);
            wire.out().write(bytes);
            wire.out().flush();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Wire connected = wire;
        if (connected != null) {
            connected.close();
        }
        thread.interrupt();
    }
}
