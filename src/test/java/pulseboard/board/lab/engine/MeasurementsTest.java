package pulseboard.board.lab.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Program;

/** Benchmarks and faults, on real nodes: what they say is of what happened. */
@Tag("long")
@Tag("system")
class MeasurementsTest {

    @TempDir
    private Path folder;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private @Nullable Engine engine;

    private <T> T with(String players, Function<Measurements, Future<T>> task) throws Exception {
        List<String> program = Program.command();
        Engine made = new Engine(vertx, new Engine.Setting(folder, 5, players, 1_000, program));
        engine = made;
        return Future.<T>future(promise -> vertx.runOnContext(begun -> made.start()
                        .compose(started -> task.apply(new Measurements(vertx, made)))
                        .onComplete(promise)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.MINUTES);
    }

    @AfterEach
    void stop() throws Exception {
        Future.<Object>future(promise -> vertx.runOnContext(begun ->
                        Objects.requireNonNull(engine).stop().<Object>mapEmpty().onComplete(promise)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(3, TimeUnit.MINUTES);
        vertx.close().toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
    }

    private static List<JsonObject> results(JsonObject report) {
        return report.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Nothing may pass that has measured nothing. */
    @Test
    void benchmarksFailWhileTheNodesAreDown() throws Exception {
        List<String> said = new ArrayList<>();
        List<String> quick = List.of("buffer", "node_latency", "node_response", "failover");
        JsonObject report =
                with("", measurements -> measurements.bench(new Measurements.Benches(quick, 1, true), said::add));
        assertFalse(report.getBoolean("passed"));
        assertEquals(quick.size(), said.size());
        for (JsonObject result : results(report)) {
            assertEquals("failed", result.getString("state"), result::encode);
            assertFalse(result.containsKey("value"), result::encode);
        }
    }

    @Test
    void whatIsMeasuredIsOfRealReads() throws Exception {
        List<String> some = List.of("concurrent_requests", "throughput");
        JsonObject report =
                with("", measurements -> measurements.bench(new Measurements.Benches(some, 1, false), line -> {}));
        assertEquals(
                some,
                results(report).stream().map(each -> each.getString("name")).toList());
        for (JsonObject result : results(report)) {
            assertTrue(result.getDouble("value") > 0, result::encode);
            assertEquals(
                    result.getInteger("samples"), result.getJsonArray("all").size());
        }
        assertTrue(results(report).get(0).getDouble("value") <= 120, "the node counts no more than were asked at once");
    }

    /** Of those whose effect is no time: a busy machine makes any ping late. */
    @Test
    void faultsAreSeenOnTheirVictimsAndNothingIsLost() throws Exception {
        List<JsonObject> faults = new ArrayList<>();
        JsonObject report = with("score,round_robin", measurements -> measurements.chaos(4, 20, faults::add));
        assertEquals(0, report.getJsonArray("unreadable").size(), report::encode);
        assertTrue(report.getInteger("put") > 0, report::encode);
        for (String kind : List.of("partition", "corruption", "memory")) {
            JsonObject fault = faults.stream()
                    .filter(each -> each.getString("kind").equals(kind))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(kind + " is not among " + faults));
            assertTrue(fault.getBoolean("isReal"), fault::encode);
            assertTrue(fault.getLong("recoveredMilliseconds") >= 0, fault::encode);
        }
    }
}
