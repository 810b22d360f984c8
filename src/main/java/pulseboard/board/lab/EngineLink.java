package pulseboard.board.lab;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import pulseboard.feed.ActionRefusal;

/** Asks the engine of the lab, over its Unix socket. */
final class EngineLink {

    private static final long MILLISECONDS = 30_000;

    private final SocketAddress socket;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpClient client;

    EngineLink(Vertx vertx, Path folder) {
        client = vertx.createHttpClient();
        socket = SocketAddress.domainSocketAddress(folder.resolve("engine.sock").toString());
    }

    private Future<HttpClientResponse> send(HttpMethod method, String path, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setServer(socket)
                .setHost("localhost")
                .setMethod(method)
                .setURI(path);
        return client.request(options)
                .recover(nobody -> Future.failedFuture(
                        new ActionRefusal(503, "cluster_down", "the engine of the lab does not run yet, or no more")))
                .compose(request -> request.send(body));
    }

    /** What it answers; failed with what it refuses. */
    Future<JsonObject> json(HttpMethod method, String path, JsonObject body) {
        return send(method, path, body.toBuffer())
                .compose(response -> response.body().compose(said -> read(response.statusCode(), said)))
                .timeout(MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private static Future<JsonObject> read(int status, Buffer said) {
        JsonObject json;
        try {
            json = said.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return Future.failedFuture(e);
        }
        return status < 300
                ? Future.succeededFuture(json)
                : Future.failedFuture(new ActionRefusal(
                        status, json.getString("error", "internal_error"), json.getString("message", "")));
    }

    /** Hands on what it answers. */
    void pass(String path, HttpServerResponse to) {
        send(HttpMethod.GET, path, Buffer.buffer())
                .compose(response -> response.body().compose(body -> {
                    to.setStatusCode(response.statusCode());
                    response.headers().forEach((name, value) -> {
                        if (name.equalsIgnoreCase("content-type")) {
                            to.putHeader(name, value);
                        }
                    });
                    return to.end(body);
                }))
                .onFailure(failure -> {
                    ActionRefusal refusal = ActionRefusal.of(failure);
                    to.setStatusCode(refusal.status())
                            .putHeader("content-type", "application/json")
                            .end(new JsonObject()
                                    .put("error", refusal.word())
                                    .put("message", refusal.getMessage())
                                    .toBuffer())
                            .onFailure(gone -> {});
                });
    }
}
