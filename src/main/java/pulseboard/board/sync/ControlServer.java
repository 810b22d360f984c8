package pulseboard.board.sync;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.coordinator.Coordinator;
import pulseboard.board.sync.coordinator.Session;
import pulseboard.board.sync.wire.Identity;

/**
 * Takes the connections of agents: TLS, each side with a certificate; frames of JSON, each after its length. Whoever has not joined can only
 * show an invitation, and whoever says what is not understood is cut off. Used on the context of the verticle.
 */
final class ControlServer {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST_FRAME_BYTES = 1 << 20;
    private static final int SILENCE_SECONDS = 60;

    private final Coordinator coordinator;
    private final Runnable changed;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final NetServer server;

    ControlServer(Vertx vertx, Identity identity, Coordinator coordinator, Runnable changed)
            throws GeneralSecurityException {
        this.coordinator = coordinator;
        this.changed = changed;
        NetServerOptions options = new NetServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setIdleTimeout(SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setKeyCertOptions(KeyCertOptions.wrap((X509KeyManager) identity.keyManagers()[0]))
                .setTrustOptions(
                        TrustOptions.wrap(Identity.pinned(anybody -> true))); // Whom it may be is looked up below.
        server = vertx.createNetServer(options);
        server.connectHandler(this::welcome);
        server.exceptionHandler(failure -> LOG.debug("A connection did not come about", failure));
    }

    Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(NetServer::actualPort);
    }

    Future<Void> close() {
        return server.close();
    }

    private record Connection(String device, String address, NetSocket socket) implements Session {

        @Override
        public void send(JsonObject frame) {
            Buffer text = frame.toBuffer();
            socket.write(Buffer.buffer(4 + text.length())
                            .appendInt(text.length())
                            .appendBuffer(text))
                    .onFailure(gone -> LOG.debug("{} is gone", device, gone));
        }

        @Override
        public void close() {
            socket.close().onFailure(gone -> LOG.debug("{} is gone already", device, gone));
        }
    }

    private void welcome(NetSocket socket) {
        SSLSession session = socket.sslSession();
        SocketAddress from = socket.remoteAddress();
        if (session == null || from == null) { // It went again while it was let in.
            socket.close().onFailure(gone -> LOG.debug("It is gone already", gone));
            return;
        }
        Connection connection;
        try {
            connection = new Connection(Identity.id(session.getPeerCertificates()[0]), from.hostAddress(), socket);
        } catch (SSLPeerUnverifiedException e) {
            socket.close().onFailure(gone -> LOG.debug("It is gone already", gone));
            return;
        }
        RecordParser parser = RecordParser.newFixed(4);
        parser.handler(new Frames(parser, frame -> take(connection, frame))::take);
        parser.exceptionHandler(failure -> connection.close());
        socket.handler(parser);
        socket.exceptionHandler(failure -> LOG.debug("The connection of {} broke", connection.device, failure));
        socket.closeHandler(gone -> {
            coordinator.lost(connection);
            changed.run();
        });
    }

    /** A length, and what has that length, by turns. */
    private static final class Frames {
        private final RecordParser parser;
        private final java.util.function.Consumer<Buffer> taken;
        private boolean isLength = true;

        Frames(RecordParser parser, java.util.function.Consumer<Buffer> taken) {
            this.parser = parser;
            this.taken = taken;
        }

        void take(Buffer bytes) {
            int next = 4;
            if (isLength) {
                next = bytes.getInt(0);
                if (next <= 0 || next > MOST_FRAME_BYTES) {
                    taken.accept(Buffer.buffer());
                    return;
                }
            } else {
                taken.accept(bytes);
            }
            isLength = !isLength;
            parser.fixedSizeMode(next);
        }
    }

    private void take(Connection connection, Buffer bytes) {
        try {
            JsonObject frame = new JsonObject(bytes);
            if (coordinator.isKnown(connection.device)
                    && !frame.getString("kind", "").equals("join")) {
                coordinator.frame(connection, frame);
            } else if (frame.getString("kind", "").equals("join")) {
                String refusal = coordinator.join(connection, frame, System.nanoTime());
                connection.send(new JsonObject().put("kind", "joined").put("refused", refusal));
                if (!refusal.isEmpty()) {
                    LOG.warn("A machine at {} was not let in: {}", connection.address, refusal);
                }
            } else {
                LOG.warn("A machine at {} that has not joined was refused", connection.address);
                connection.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The machine at {} says something that is not understood: {}", connection.address, e.toString());
            connection.close();
        }
        changed.run();
    }
}
