package pulseboard.board.sync;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;

/** Tests with machines that keep a folder equal: they are there before each, and gone after it. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
abstract class SyncMachines {

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // Set before each.
    SyncCase sync;

    private final List<String> names;

    /** The machines that are there from the beginning. */
    SyncMachines(String... names) {
        this.names = List.of(names);
    }

    @BeforeEach
    void start() throws Exception {
        sync = new SyncCase(root);
        for (String name : names) {
            sync.add(name);
        }
    }

    @AfterEach
    void stop() throws Exception {
        sync.close();
    }

    /** All of them have this, and nothing else. */
    void awaitAll(Map<String, String> wanted) throws Exception {
        for (String name : names) {
            sync.awaitTree(name, wanted);
        }
    }

    /** Whatever was told is done, and that is known. */
    void awaitApplied() throws Exception {
        Until.isTrue(
                "all is applied",
                () -> sync.board().getJsonObject("nodes").stream()
                        .allMatch(each -> ((JsonObject) each.getValue()).getLong("behindChanges") == 0));
    }

    /** As after a while: it ends, and begins again. */
    void restart(String name) throws Exception {
        sync.stop(name);
        sync.start(name);
        Until.isTrue(name + " is there", () -> "online".equals(sync.node(name).getString("status")));
    }

    static JsonObject json(java.net.http.HttpResponse<byte[]> answer) {
        return new JsonObject(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
