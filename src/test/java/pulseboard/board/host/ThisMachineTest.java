package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pulseboard.board.host.WatchedBoard.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.Addresses;

/** Both boards of this very machine, read from the kernel's files and, as on other systems, through OSHI. */
@EnabledOnOs(OS.LINUX)
class ThisMachineTest {

    private static final HostConfig CONFIG =
            new HostConfig(HostConfig.AUTO, 250, 1, 10_000, 100, "lo", "loop\\d+", "/boot", "");
    /** What a machine, or OSHI on any, may not have. */
    private static final Set<String> OPTIONAL = Set.of("pressure", "clock", "container", "sensors");

    private final Vertx vertx = Vertx.vertx();
    private final DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "oshi"})
    void hostBoardShowsEverySubject(String how) throws Exception {
        await(vertx.deployVerticle(new HostVerticle(CONFIG, host(how)), worker));
        WatchedBoard board = new WatchedBoard(vertx, "host");
        JsonObject state = board.awaitState(now -> now.getJsonObject("cpu").containsKey("busyPercent"));
        JsonObject meta = state.getJsonObject("meta");
        for (String subject : meta.fieldNames()) {
            if (!OPTIONAL.contains(subject)) {
                assertEquals(true, meta.getJsonObject(subject).getBoolean("ok"), subject + ": " + meta);
                assertTrue(List.of("disks", "boot").contains(subject) || state.containsKey(subject), subject);
            }
        }
        double usedPercent = state.getJsonObject("memory").getDouble("usedPercent");
        assertTrue(usedPercent > 0 && usedPercent < 100, "memory " + usedPercent);
        assertNoNulls("", state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "oshi"})
    void processBoardShowsProcessesOfThisMachine(String how) throws Exception {
        await(vertx.deployVerticle(new ProcessesVerticle(CONFIG, host(how)), worker));
        WatchedBoard board = new WatchedBoard(vertx, "processes");
        vertx.eventBus().publish(Addresses.viewers("processes"), 1);
        JsonObject rows =
                board.awaitState(state -> state.containsKey("processes")).getJsonObject("processes");
        assertFalse(rows.isEmpty());
        for (String pid : rows.fieldNames()) {
            JsonObject row = rows.getJsonObject(pid);
            assertTrue(row.getLong("residentBytes") >= 0 && row.getDouble("cpuPercent") >= 0, row::encode);
        }
        assertNoNulls("", rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "oshi"})
    void factsTellWhatThisMachineIs(String how) {
        JsonObject facts = host(how).facts().get();
        assertFalse(facts.getString("name").isEmpty());
        assertFalse(facts.getJsonObject("os").getString("family").isEmpty());
        assertEquals(System.getProperty("os.arch"), facts.getJsonObject("os").getString("architecture"));
        assertTrue(facts.getJsonObject("cpu").getInteger("logicalCores") >= 1);
        assertTrue(facts.getJsonObject("memory").getLong("totalBytes") > 0);
        assertTrue(facts.getLong("bootedAt") > 0 && facts.getLong("bootedAt") < System.currentTimeMillis());
        assertEquals("test", facts.getJsonObject("pulseboard").getString("version"));
        assertNoNulls("", facts);
    }

    private static HostSources host(String how) {
        HostConfig config = new HostConfig(how, 250, 1, 10_000, 100, "lo", "loop\\d+", "/boot", "");
        return HostSources.of(config, "test");
    }

    /** A merge patch could not carry a null: it would delete. */
    private static void assertNoNulls(String path, @Nullable Object value) {
        assertFalse(value == null, path);
        if (value instanceof JsonObject object) {
            object.forEach(member -> assertNoNulls(path + "/" + member.getKey(), member.getValue()));
        } else if (value instanceof JsonArray array) {
            array.forEach(item -> assertNoNulls(path + "[]", item));
        }
    }
}
