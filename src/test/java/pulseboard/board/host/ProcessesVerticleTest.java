package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pulseboard.board.host.WatchedBoard.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pulseboard.feed.Addresses;

class ProcessesVerticleTest {

    private static final HostConfig QUICK =
            new HostConfig(HostConfig.AUTO, 250, 1, 10_000, 5, "lo", "loop", "/boot", "");

    private final Vertx vertx = Vertx.vertx();
    private final MadeSources sources = new MadeSources();
    private final WatchedBoard board = new WatchedBoard(vertx, "processes");

    @BeforeEach
    void deploy() throws Exception {
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        await(vertx.deployVerticle(new ProcessesVerticle(QUICK, new HostSources(sources, sources::facts)), worker));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void boardNobodyWatchesIsEmptyAndSaysWhy() throws Exception {
        JsonObject state = board.snapshot();
        assertFalse(state.containsKey("processes"));
        assertFalse(meta(state).getBoolean("ok"));
        assertTrue(meta(state).getString("reason").contains("watches"));
        assertEquals(0, sources.processes.count());
    }

    @Test
    void rowsComeWithTheFirstViewerAndGoWithTheLast() throws Exception {
        viewers(1);
        JsonObject watched = board.awaitState(state -> state.containsKey("processes"));
        assertEquals("trial", row(watched).getString("name"));
        assertTrue(meta(watched).getBoolean("ok"));
        sources.processes.set(List.of(MadeSources.process(3_600_000)));
        board.awaitState(state -> row(state).getDouble("cpuPercent") > 0);
        viewers(0);
        JsonObject left = board.awaitState(state -> !state.containsKey("processes"));
        assertFalse(meta(left).getBoolean("ok"));
        viewers(2);
        board.awaitState(state -> state.containsKey("processes"));
    }

    @Test
    void listThatCannotBeReadIsAReason() throws Exception {
        sources.processes.fail("hidden");
        viewers(1);
        JsonObject state = board.awaitState(now -> "hidden".equals(meta(now).getString("reason")));
        assertFalse(state.containsKey("processes"));
    }

    private void viewers(int count) {
        vertx.eventBus().publish(Addresses.viewers("processes"), count);
    }

    private static JsonObject meta(JsonObject state) {
        return state.getJsonObject("meta").getJsonObject("processes");
    }

    private static JsonObject row(JsonObject state) {
        return state.getJsonObject("processes").getJsonObject("7");
    }
}
