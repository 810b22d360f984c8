package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Change;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.Snapshot;

/** What those who ask notice of a disk that takes nothing for a while: nothing. */
@ExtendWith(VertxExtension.class)
class StuckDiskTest {

    private static final HistoryConfig CONFIG = new HistoryConfig("", 730, 20, 30);
    private static final int HOUR = 3_600;

    @TempDir
    private Path folder;

    @Test
    void queriesAndTablesAreAnsweredFromDiskAndMemoryWhileRowsAreBeingWritten(Vertx vertx) throws Exception {
        long begin = System.currentTimeMillis() / 60_000 * 60_000 - 3 * HOUR * 1_000L;
        try (MadeHistory before = new MadeHistory(folder, CONFIG, begin)) {
            before.seconds(HOUR, 7);
        }
        try (StuckDisk disk = StuckDisk.make()) {
            String history = deploy(vertx, disk);
            disk.stick();
            long at = show(vertx, 9);
            disk.awaitWrite();
            JsonObject question = new JsonObject()
                    .put("series", "value")
                    .put("from", begin)
                    .put("to", at + 60_000)
                    .put("points", 185);
            JsonObject answer = await(vertx.eventBus().<JsonObject>request(Addresses.history("test"), question))
                    .body();
            String table = await(vertx.eventBus()
                            .<String>request(
                                    Addresses.history("test"), question.copy().put("format", "csv")))
                    .body();
            JsonObject names = await(vertx.eventBus().<JsonObject>request(Addresses.series("test"), new JsonObject()))
                    .body();
            assertTrue(disk.isStuck(), "they were answered when the disk had taken the rows, and not before");
            List<Double> values = MadeHistory.column(answer, "value", "max");
            assertEquals(60_000, answer.getLong("stepMilliseconds"));
            assertEquals(7.0, values.get(30), values.toString());
            assertTrue(values.contains(9.0), values.toString());
            assertTrue(table.contains("Z,7,7,7\r\n") && table.contains(",9\r\n"), table);
            assertEquals(new JsonArray().add("value"), names.getJsonArray("series"));
            disk.free();
            await(vertx.undeploy(history));
        }
        assertTrue(maxima(begin, 4 * HOUR).contains(9.0), "what waited is on disk in the end");
    }

    private String deploy(Vertx vertx, StuckDisk disk) throws Exception {
        await(vertx.deployVerticle(new DirectoryVerticle()));
        await(vertx.deployVerticle(new Board()));
        return await(vertx.deployVerticle(
                new HistoryVerticle(folder, CONFIG, disk::open),
                new DeploymentOptions()
                        .setThreadingModel(ThreadingModel.WORKER)
                        .setWorkerPoolName("history")
                        .setWorkerPoolSize(1)));
    }

    /** The board shows a number for 20 s, which pass at once; returns when they end. */
    private static long show(Vertx vertx, int value) throws Exception {
        Snapshot now =
                Snapshot.of(await(vertx.eventBus().<JsonObject>request(Addresses.snapshot("test"), new JsonObject()))
                        .body());
        for (int step = 1; step <= 4; step++) {
            JsonObject patch = step == 1 ? new JsonObject().put("value", value) : new JsonObject();
            Change change = new Change(now.epoch(), now.seq() + step, now.at() + step * 5_000L, patch);
            vertx.eventBus().publish(Addresses.changes("test"), change.toJson());
        }
        return now.at() + 20_000;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(120, TimeUnit.SECONDS);
    }

    private List<Double> maxima(long begin, int seconds) {
        long end = begin + seconds * 1_000L;
        try (MadeHistory after = new MadeHistory(folder, CONFIG, end)) {
            JsonObject question =
                    new JsonObject().put("series", "value").put("from", begin).put("to", end);
            return MadeHistory.column(after.ask(question), "value", "max");
        }
    }

    /** What waits for a disk in trouble waits in memory; nobody is told that all is well meanwhile. */
    @Test
    void diskThatTakesNothingForAMinuteIsReportedAndNothingIsLost() throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (StuckDisk disk = StuckDisk.make();
                MadeHistory history = new MadeHistory(
                        new ResilientStore(folder, CONFIG, writer, disk::open), CONFIG, MadeHistory.BEGIN, writer)) {
            history.seconds(20, 1);
            writer.submit(() -> {}).get();
            assertTrue(history.list().getJsonObject("kept").getBoolean("ok"));
            disk.stick();
            history.seconds(10, 2);
            disk.awaitWrite();
            history.seconds(100, 3);
            JsonObject kept = history.list().getJsonObject("kept");
            assertFalse(kept.getBoolean("ok"), kept.toString());
            assertTrue(kept.getString("reason").contains("the disk does not answer"), kept.toString());
            assertTrue(disk.isStuck());
            disk.free();
            writer.submit(() -> {}).get();
            assertTrue(history.list().getJsonObject("kept").getBoolean("ok"));
        }
        writer.shutdown();
        List<Double> values = maxima(MadeHistory.BEGIN, 140);
        assertTrue(values.containsAll(List.of(1.0, 2.0, 3.0)), values.toString());
        assertEquals(
                12.5, values.stream().filter(value -> !Double.isNaN(value)).count() / 10.0, 1.0, values.toString());
    }

    /** Publishes nothing by itself. */
    private static final class Board extends VerticleBase {
        @Override
        public Future<?> start() {
            return new FeedPublisher(vertx, BoardInfo.of("test", "Test").keeping(KeptNumbers.of("**"))).ready();
        }
    }
}
