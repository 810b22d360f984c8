package pulseboard.board.lab.engine;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A server that does nothing but send one file: what reading a chunk is measured beside. */
public final class LabFloor {

    private LabFloor() {}

    /** Sends the file that is named first, and writes its port into the second. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx.createHttpServer()
                .requestHandler(request -> request.response().sendFile(arguments[0]))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> {
                    try {
                        Path port = Path.of(arguments[1]);
                        Path next = port.resolveSibling("floor.port.new");
                        Files.writeString(next, Integer.toString(server.actualPort()));
                        Files.move(next, port, StandardCopyOption.ATOMIC_MOVE);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
