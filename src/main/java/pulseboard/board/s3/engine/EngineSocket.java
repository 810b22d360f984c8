package pulseboard.board.s3.engine;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Unix socket by which the board follows a run and tells it what to do: lines of JSON, {@code {"state":…}} up and {@code
 * {"command":"stop"}} down. For the owner of the process alone.
 */
public final class EngineSocket {

    private static final int MOST_COMMAND_BYTES = 4_096;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final NetServer server = vertx.createNetServer();

    private final Set<NetSocket> watchers = ConcurrentHashMap.newKeySet();
    private final JobRun run;

    /** Of this run; nothing listens yet. */
    public EngineSocket(JobRun run) {
        this.run = run;
    }

    /** Listens there, in place of what an earlier run has left. */
    public void listen(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        server.connectHandler(this::welcome);
        try {
            server.listen(SocketAddress.domainSocketAddress(file.toString()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("cannot listen at " + file + ": " + e.getCause(), e);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void welcome(NetSocket socket) {
        RecordParser lines = RecordParser.newDelimited("\n", line -> obey(line.toString()));
        lines.maxRecordSize(MOST_COMMAND_BYTES);
        lines.exceptionHandler(tooLong -> socket.close().onFailure(failure -> {}));
        socket.handler(lines);
        socket.closeHandler(gone -> watchers.remove(socket));
        socket.exceptionHandler(failure -> watchers.remove(socket));
        watchers.add(socket);
        send(socket, run.state());
    }

    private void obey(String line) {
        try {
            run.obey(new JsonObject(line));
        } catch (DecodeException | ClassCastException e) {
            // Only the owner of this process can write here; who writes nonsense gets nothing.
        }
    }

    /** Tells all that watch. Whoever is too slow misses it, and gets the next one. */
    public void tell(JsonObject state) {
        watchers.forEach(socket -> {
            if (!socket.writeQueueFull()) {
                send(socket, state);
            }
        });
    }

    private static void send(NetSocket socket, JsonObject state) {
        Buffer line = new JsonObject().put("state", state).toBuffer().appendString("\n");
        socket.write(line).onFailure(gone -> {});
    }

    /** Ends when all that was told has been handed on. */
    public void close() throws InterruptedException {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway.
        }
    }
}
