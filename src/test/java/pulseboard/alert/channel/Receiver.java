package pulseboard.alert.channel;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server that takes what channels send, and keeps it. */
final class Receiver {

    /** What came. */
    record Received(HttpServerRequest request, String body) {

        String header(String name) {
            return String.valueOf(request.getHeader(name));
        }

        JsonObject json() {
            return new JsonObject(body);
        }
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** How it answers. */
    volatile Consumer<HttpServerRequest> answer = request -> request.response().end("ok");

    private Receiver(HttpServer server) {
        this.server = server;
    }

    static Receiver start(Vertx vertx) {
        return start(vertx, new HttpServerOptions());
    }

    /** On a free port of this machine. */
    static Receiver start(Vertx vertx, HttpServerOptions options) {
        HttpServer server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
        Receiver receiver = new Receiver(server);
        server.requestHandler(request -> request.body().onSuccess(body -> {
            receiver.received.add(new Received(request, body.toString()));
            receiver.answer.accept(request);
        }));
        server.listen().await();
        return receiver;
    }

    int port() {
        return server.actualPort();
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    /** The only one. */
    Received one() {
        if (received.size() != 1) {
            throw new AssertionError(received.size() + " requests came");
        }
        return received.get(0);
    }

    /** Answers with this status and text from now on. */
    void answers(int status, String text) {
        answer = request -> request.response().setStatusCode(status).end(text);
    }
}
