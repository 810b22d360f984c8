package pulseboard;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** The least that a receiving end of links could be: counts the frames of every WebSocket, and understands none. */
public final class LinkFloor {

    private static long frames;

    private LinkFloor() {}

    /** Listens on any free port, and prints its address. */
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().addWebSocketSubProtocol("pulseboard.agent.1"))
                .webSocketHandler(socket -> socket.textMessageHandler(text -> frames++))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("floor is at http://127.0.0.1:" + server.actualPort() + "/");
        Thread.currentThread().join();
    }
}
