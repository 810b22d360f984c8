package pulseboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import pulseboard.board.lab.engine.Engine;

/** Nodes that a command starts for itself, in a folder that goes with them. */
final class LabCluster implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    /** More than there are: nothing moves while something is measured. */
    private static final int POPULAR_VIEWS = 100_000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    private final Path folder;
    private final Engine engine;
    private final Thread atExit;

    LabCluster(int nodes, String players) throws IOException {
        Main.configureLogging(LogConfig.DEFAULT);
        LibraryLines.limit();
        folder = Files.createTempDirectory("pulseboard-lab");
        engine = new Engine(vertx, new Engine.Setting(folder, nodes, players, POPULAR_VIEWS, Worker.thisProgram()));
        atExit = new Thread(this::end, "stop");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Vertx vertx() {
        return vertx;
    }

    /** Starts the nodes and does this on the event loop; returns what it came to. */
    <T> T with(Function<Engine, Future<T>> task) throws InterruptedException {
        Future<T> done = Future.future(promise -> vertx.runOnContext(
                begun -> engine.start().compose(started -> task.apply(engine)).onComplete(promise)));
        try {
            return done.toCompletionStage().toCompletableFuture().get(1, TimeUnit.HOURS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new StartFailure("lab: " + why.getMessage());
        }
    }

    private void end() {
        CountDownLatch ended = new CountDownLatch(1);
        vertx.runOnContext(begun -> engine.stop().onComplete(done -> ended.countDown()));
        try {
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("pulseboard lab: the nodes have not ended in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        DemoFolder.delete(folder, "lab");
    }

    /** Ends the nodes, and takes their folder away. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
        vertx.close();
    }

    /** The nodes' names. */
    static List<String> names(int nodes) {
        return Stream.iterate(1, n -> n + 1).limit(nodes).map(n -> "n" + n).toList();
    }
}
