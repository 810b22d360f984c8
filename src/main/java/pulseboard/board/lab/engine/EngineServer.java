package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the board, and the commands of a terminal, talk to an engine: HTTP on a Unix socket, for the owner of the process alone. */
public final class EngineServer {

    private static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);

    private final Engine engine;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpServer server;

    /** Of this engine; nothing listens yet. */
    public EngineServer(Vertx vertx, Engine engine) {
        this.engine = engine;
        server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /** Listens there, in place of what an earlier engine has left. */
    public Future<?> listen(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        return server.listen(SocketAddress.domainSocketAddress(socket.toString()))
                .compose(listening -> {
                    try {
                        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
                        return Future.succeededFuture();
                    } catch (IOException e) {
                        return Future.failedFuture(e);
                    }
                });
    }

    private void handle(HttpServerRequest request) {
        request.body()
                .compose(body -> route(request, body))
                .onFailure(failure -> refuse(request, failure))
                .onFailure(failure -> LOG.debug("A request failed", failure));
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        Refused refused = failure instanceof Refused known
                ? known
                : failure instanceof Decision.NoQuorum
                        ? new Refused(503, "no_quorum", String.valueOf(failure.getMessage()))
                        : new Refused(500, "internal_error", String.valueOf(failure.getMessage()));
        if (request.response().ended()) {
            return;
        }
        request.response()
                .setStatusCode(refused.status())
                .end(new JsonObject()
                        .put("error", refused.word())
                        .put("message", refused.getMessage())
                        .toBuffer())
                .onFailure(gone -> {});
    }

    private Future<?> route(HttpServerRequest request, Buffer body) {
        List<String> path = List.of(String.valueOf(request.path()).split("/", -1));
        String what = request.method() + " " + (path.size() > 1 ? path.get(1) : "");
        if (what.equals("GET play") && path.size() >= 4) {
            return play(request, path);
        }
        JsonObject said;
        try {
            said = body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw new Refused(400, "bad_parameter", "the body is no JSON object");
        }
        return switch (what) {
            case "GET state" -> json(request, engine.state());
            case "GET consensus" -> json(request, engine.consensus());
            case "GET runs" -> json(request, engine.run(path.size() > 2 ? path.get(2) : ""));
            case "POST do" ->
                engine.act(path.size() > 2 ? path.get(2) : "", said).compose(done -> json(request, done));
            default -> throw new Refused(404, "unknown_path", "there is nothing here");
        };
    }

    /** {@code play/PLAYER/live}, {@code play/PLAYER/init/RUNG}, {@code play/PLAYER/segment/NUMBER}. */
    private Future<?> play(HttpServerRequest request, List<String> path) {
        String player = path.get(2);
        int number = path.size() > 4 && path.get(4).matches("[0-9]{1,7}") ? Integer.parseInt(path.get(4)) : -1;
        return switch (path.get(3)) {
            case "live" -> json(request, engine.players().live(player));
            case "init" -> engine.players().init(player, number).compose(bytes -> media(request, bytes, -1));
            case "segment" ->
                engine.players()
                        .segment(player, number)
                        .<Future<?>>map(
                                bytes -> media(request, bytes, engine.players().rung(player, number)))
                        .orElseGet(() -> request.response().setStatusCode(204).end());
            default -> throw new Refused(404, "unknown_path", "there is nothing here");
        };
    }

    private static Future<Void> media(HttpServerRequest request, byte[] bytes, int rung) {
        return request.response()
                .putHeader("content-type", "video/mp4; rung=" + rung) // Links pass no headers of our own.
                .end(Buffer.buffer(bytes));
    }

    private static Future<Void> json(HttpServerRequest request, JsonObject body) {
        return request.response().putHeader("content-type", "application/json").end(body.toBuffer());
    }
}
