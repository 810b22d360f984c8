package pulseboard.load;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pulseboard.feed.Addresses;
import pulseboard.feed.Change;
import pulseboard.feed.Feed;

/**
 * The floor: a bare server that writes one frame, encoded once, to every open WebSocket. What it writes is the same as what
 * the bridge does, so that the same viewers can follow it.
 */
final class FloorServer {

    private FloorServer() {}

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException, TimeoutException {
        Vertx vertx = Measured.vertx();
        Floor floor = new Floor();
        vertx.deployVerticle(floor).await(120, TimeUnit.SECONDS);
        Measured.serve(floor.port());
    }

    private static final class Floor extends VerticleBase {
        private final Pulse pulse = new Pulse();
        private final Feed feed = new Feed("floor---", System::currentTimeMillis);
        private final Set<ServerWebSocket> sockets = new HashSet<>();

        @SuppressWarnings("NullAway.Init") // Set by start().
        private HttpServer server;

        @Override
        public Future<?> start() {
            vertx.setPeriodic(
                    Measured.BEAT_MILLISECONDS, id -> feed.update(pulse.next()).ifPresent(this::writeToAll));
            server = vertx.createHttpServer()
                    .webSocketHandler(this::open)
                    .requestHandler(request ->
                            request.response().end(feed.snapshot().toJson().encode()));
            return server.listen(0, "127.0.0.1");
        }

        int port() {
            return server.actualPort();
        }

        private void open(ServerWebSocket socket) {
            sockets.add(socket);
            socket.closeHandler(closed -> sockets.remove(socket));
            socket.textMessageHandler(text -> {
                if (text.contains("\"send\"")) {
                    socket.writeBinaryMessage(frame("snapshot", feed.snapshot().toJson()));
                }
            });
        }

        private void writeToAll(Change change) {
            Buffer frame = frame(Addresses.changes(BoardServer.BOARD), change.toJson());
            for (ServerWebSocket socket : sockets) {
                socket.writeBinaryMessage(frame);
            }
        }

        private static Buffer frame(String address, JsonObject body) {
            return JsonObject.of("type", "rec", "address", address, "body", body)
                    .toBuffer();
        }
    }
}
