package pulseboard.board.lab.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulseboard.engine.emulator.Profile;

/** Real bytes through an emulated line take as long as the line says; for a quiet machine. */
@Tag("soak")
class ProxyTest {

    private static final int BYTES = 5_000_000;
    private static final int RATE_SECONDS = 8;
    private static final int PINGS = 200;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private int target;

    @BeforeEach
    void start() throws Exception {
        target = get(vertx.createHttpServer()
                        .requestHandler(request -> request.response()
                                .end(Buffer.buffer(
                                        new byte[Integer.parseInt(request.path().substring(1))])))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
    }

    private int line(Profile profile) throws Exception {
        Proxy proxy = new Proxy(vertx, vertx.createNetClient(), () -> target, 1);
        proxy.change(profile);
        return get(Future.future(
                promise -> vertx.runOnContext(begun -> proxy.listen().onComplete(promise))));
    }

    private static double milliseconds(HttpClient client, int port, String path) throws Exception {
        long began = System.nanoTime();
        get(client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send())
                .compose(response -> response.body()));
        return (System.nanoTime() - began) / 1e6;
    }

    @Test
    void pingTakesARoundTripOfTheLine() throws Exception {
        for (String name : new String[] {"normal", "low_bandwidth"}) {
            Profile profile = Objects.requireNonNull(Profile.NAMED.get(name));
            int port = line(profile);
            HttpClient client = vertx.createHttpClient();
            milliseconds(client, port, "/0"); // The first one opens the connection.
            double sum = 0;
            for (int n = 0; n < PINGS; n++) {
                sum += milliseconds(client, port, "/0");
            }
            double expected = profile.latencyMilliseconds();
            assertEquals(expected, sum / PINGS, Math.max(3, expected * 0.1), name);
        }
    }

    @Test
    void bytesComeAtTheRateOfTheLine() throws Exception {
        for (String name : new String[] {"normal", "low_bandwidth"}) {
            Profile profile = Objects.requireNonNull(Profile.NAMED.get(name));
            int port = line(profile);
            HttpClient client = vertx.createHttpClient();
            int bytes = (int) (profile.megabitsPerSecond() * 1e6 / 8 * RATE_SECONDS);
            double took = milliseconds(client, port, "/" + bytes);
            double rate = bytes * 8.0 / (took - 2 * profile.latencyMilliseconds()) / 1e3;
            assertEquals(profile.megabitsPerSecond(), rate, profile.megabitsPerSecond() * 0.03, name);
        }
    }

    /** The loss of a stream makes it slow, and takes nothing out of it. */
    @Test
    void lostSegmentsComeLater() throws Exception {
        int port = line(Objects.requireNonNull(Profile.NAMED.get("recovery")));
        HttpClient client = vertx.createHttpClient();
        Buffer body = get(client.request(HttpMethod.GET, port, "127.0.0.1", "/" + BYTES)
                .compose(request -> request.send())
                .compose(response -> response.body()));
        assertEquals(BYTES, body.length());
        assertTrue(milliseconds(client, port, "/" + BYTES) > BYTES * 8 / 35e3);
    }
}
