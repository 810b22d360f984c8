package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Resources;

/**
 * Serves the resources of a worker's boards to the process that it is linked to: HTTP on a Unix socket, for whoever shows the
 * secret that only the link has told. Used on one event loop.
 */
final class ResourceServer {

    private static final int MOST_HEADER_BYTES = 16_384;

    private final Vertx vertx;
    private final Path socket;
    private final String secret;
    private final Function<String, @Nullable BoardInfo> boards;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpServer server;

    /** The boards are looked up by their names. */
    ResourceServer(Vertx vertx, Path socket, String secret, Function<String, @Nullable BoardInfo> boards) {
        this.vertx = vertx;
        this.socket = socket;
        this.secret = secret;
        this.boards = boards;
        this.server = vertx.createHttpServer(new HttpServerOptions().setMaxHeaderSize(MOST_HEADER_BYTES));
    }

    /** Replaces what an earlier run has left. */
    Future<?> listen() {
        server.requestHandler(this::serve);
        return vertx.executeBlocking(() -> Files.deleteIfExists(socket))
                .compose(gone -> server.listen(SocketAddress.domainSocketAddress(socket.toString())))
                .compose(listening -> vertx.executeBlocking(this::closeToOthers));
    }

    /** Serves no more. */
    Future<?> close() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private Path closeToOthers() throws IOException {
        return Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    private void serve(HttpServerRequest request) {
        String shown = String.valueOf(request.getHeader(ResourceProxy.SECRET));
        if (!MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))) {
            request.response().setStatusCode(403).end();
            return;
        }
        BoardInfo board = boards.apply(String.valueOf(request.getHeader(ResourceProxy.BOARD)));
        String path = String.valueOf(request.path()).substring(1);
        String asked = request.method().name();
        String method = asked.equals("HEAD") ? "GET" : asked;
        Optional<Resources.Match> match = board == null
                ? Optional.empty()
                : Resources.match(board, method, path)
                        .filter(each -> each.info().method().equals(method));
        Optional<Handler<Resources.Request>> handler = board == null
                ? Optional.empty()
                : match.flatMap(each -> Resources.of(vertx).handler(board.id(), each.info()));
        if (match.isEmpty() || handler.isEmpty()) {
            request.response().setStatusCode(404).end();
            return;
        }
        String who = ResourceProxy.decoded(String.valueOf(request.getHeader(ResourceProxy.WHO)));
        handler.get().handle(new Resources.Request(request, match.get().path(), who));
    }
}
