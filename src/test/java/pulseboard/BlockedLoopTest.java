package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.Access;
import pulseboard.feed.Addresses;
import pulseboard.web.CapturedLog;

/** Everything together while all event loops are held up for some seconds. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockedLoopTest {

    private static final int LOOPS = 2;
    private static final int PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final CountDownLatch open = new CountDownLatch(1);

    /** The usual one may be in use by a Pulseboard that runs here. */
    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        open.countDown();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void samplersGoOnItIsToldAndViewersMissNothing() throws Exception {
        Settings settings = new Settings();
        settings.set("web.port", "0", "this test");
        settings.set("history.folder", folder.toString(), "this test");
        try (CapturedLog log = new CapturedLog()) {
            int port = Deployment.deploy(vertx, settings.toConfig(), Access.open(), Deployment.BOARDS)
                    .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            URI address = URI.create("http://127.0.0.1:" + port + "/");
            BlockingQueue<JsonObject> made = listenOnAWorker();
            StreamViewer viewer = new StreamViewer(address, "host");
            blockAllLoops();
            made.clear();
            CompletableFuture<HttpResponse<String>> health = get(address.resolve("/api/health"));
            JsonObject last = new JsonObject();
            while (log.lines(Level.WARN).isEmpty()) {
                last = made.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertNotNull(last, "the samplers stand still, too; the log is " + log.lines(Level.WARN));
            }
            assertTrue(log.lines(Level.WARN).get(0).contains("has been blocked for "));
            long newest = last.getLong("seq");
            open.countDown();
            viewer.awaitState(state -> viewer.seq() > newest + 1);
            assertEquals(1, viewer.snapshots());
            assertEquals(200, health.get(PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode(), "it waited, and it is up");
        }
    }

    /** What the samplers make, heard without an event loop. */
    private BlockingQueue<JsonObject> listenOnAWorker() throws Exception {
        BlockingQueue<JsonObject> changes = new LinkedBlockingQueue<>();
        VerticleBase listener = new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.eventBus()
                        .<JsonObject>consumer(Addresses.changes("host"), change -> changes.add(change.body()))
                        .completion();
            }
        };
        vertx.deployVerticle(listener, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return changes;
    }

    private void blockAllLoops() throws Exception {
        CountDownLatch blocked = new CountDownLatch(LOOPS);
        for (int i = 0; i < 4 * LOOPS; i++) { // Each loop is held by the first that comes to it.
            VerticleBase blocker = new VerticleBase() {
                @Override
                public Future<?> start() {
                    context.runOnContext(now -> {
                        blocked.countDown();
                        awaitOpen();
                    });
                    return Future.succeededFuture();
                }
            };
            vertx.deployVerticle(blocker);
        }
        assertTrue(blocked.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "not all loops are blocked");
    }

    private void awaitOpen() {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<HttpResponse<String>> get(URI uri) {
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
