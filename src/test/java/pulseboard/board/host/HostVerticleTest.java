package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pulseboard.board.host.WatchedBoard.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pulseboard.feed.Addresses;
import pulseboard.machine.CpuReading;
import pulseboard.machine.MemoryReading;

class HostVerticleTest {

    private static final Set<String> SUBJECTS = Set.of(
            "cpu",
            "memory",
            "pressure",
            "boot",
            "clock",
            "container",
            "disks",
            "network",
            "processes",
            "sensors",
            "filesystems");
    private static final HostConfig QUICK =
            new HostConfig(HostConfig.AUTO, 250, 1, 10_000, 5, "lo", "loop", "/boot", "");

    private final Vertx vertx = Vertx.vertx();
    private final MadeSources sources = new MadeSources();
    private final WatchedBoard board = new WatchedBoard(vertx, "host");
    private String deployment = "";

    @BeforeEach
    void deploy() throws Exception {
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        deployment =
                await(vertx.deployVerticle(new HostVerticle(QUICK, new HostSources(sources, sources::facts)), worker));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void snapshotHasEverySubjectFromTheStart() throws Exception {
        JsonObject state = board.snapshot();
        for (String subject : SUBJECTS) {
            assertTrue(state.containsKey(subject), subject + " is missing in " + state);
            assertEquals(
                    true, state.getJsonObject("meta").getJsonObject(subject).getBoolean("ok"), subject);
        }
        assertEquals(SUBJECTS.size() + 1, state.size());
        assertEquals(SUBJECTS, state.getJsonObject("meta").fieldNames());
    }

    @Test
    void changesFollowWhatTheMachineDoes() throws Exception {
        assertEquals(25.0, board.snapshot().getJsonObject("memory").getDouble("usedPercent"));
        sources.memory.set(new MemoryReading(1_000, 100, 10, 10, 0, 0, -1, -1));
        board.awaitState(state -> state.getJsonObject("memory").getDouble("usedPercent") == 90.0);
        sources.cpu.set(new CpuReading(Map.of(0, new long[] {300, 0, 0, 100, 0, 0, 0, 0}), 0, 0));
        board.awaitState(
                state -> Double.valueOf(75).equals(state.getJsonObject("cpu").getDouble("busyPercent")));
    }

    @Test
    void changesAddUpToTheSnapshot() throws Exception {
        board.snapshot();
        sources.memory.set(new MemoryReading(1_000, 500, 10, 10, 0, 0, -1, -1));
        JsonObject added =
                board.awaitState(state -> state.getJsonObject("memory").getDouble("usedPercent") == 50.0);
        JsonObject asked = board.snapshot();
        assertEquals(asked.getJsonObject("memory"), added.getJsonObject("memory"));
    }

    @Test
    void failingSamplerIsAReasonAndTheOthersGoOn() throws Exception {
        sources.pressure.fail("the kernel has none");
        JsonObject state = board.awaitState(
                now -> !now.getJsonObject("meta").getJsonObject("pressure").getBoolean("ok"));
        assertEquals(
                "the kernel has none",
                state.getJsonObject("meta").getJsonObject("pressure").getString("reason"));
        assertFalse(state.containsKey("pressure"));
        assertTrue(state.containsKey("memory"));
        sources.pressure.set(Map.of("some", 2.5));
        board.awaitState(now -> now.containsKey("pressure"));
    }

    @Test
    void whatWasMissedIsNotMadeUpFor() {
        assertEquals(2_000, HostVerticle.following(1_000, 1_010, 1_000), "on time");
        assertEquals(2_000, HostVerticle.following(1_000, 1_400, 1_000), "a bit late, it keeps the pace");
        assertEquals(2_400, HostVerticle.following(1_000, 1_900, 1_000), "of a moment there are no rates");
        assertEquals(9_500, HostVerticle.following(1_000, 9_000, 1_000), "long asleep");
    }

    @Test
    void samplingGoesOnAfterASampleThatHung() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        sources.memory.hangUntil(open);
        sources.memory.awaitHanging();
        sources.memory.set(new MemoryReading(1_000, 300, 10, 10, 0, 0, -1, -1));
        open.countDown();
        board.awaitState(state -> state.getJsonObject("memory").getDouble("usedPercent") == 70.0);
    }

    @Test
    void factsAreKeptForAWhile() throws Exception {
        assertEquals(new JsonObject().put("name", "made"), facts());
        assertEquals(new JsonObject().put("name", "made"), facts());
        assertEquals(1, sources.facts.count());
    }

    @Test
    void factsThatCannotBeHadAreARefusalAndNoSilence() {
        sources.facts.fail("no facts");
        ReplyException refusal = assertThrows(ReplyException.class, this::facts);
        assertEquals(500, refusal.failureCode());
    }

    @Test
    void undeployedBoardAnswersNoMore() throws Exception {
        await(vertx.undeploy(deployment));
        assertThrows(ReplyException.class, board::snapshot);
    }

    private Object facts() throws Exception {
        return await(vertx.eventBus().request(Addresses.facts("host"), new JsonObject()))
                .body();
    }
}
