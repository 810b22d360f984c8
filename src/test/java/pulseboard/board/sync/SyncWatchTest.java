package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Program;
import pulseboard.Until;
import pulseboard.board.sync.wire.Invitation;

/** An agent to which the kernel gives few watches, or none. The limit is one of a namespace of its own. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncWatchTest {

    private static final int DIRECTORIES = 140;
    private static final int WATCHES = 100;

    @TempDir
    private Path root;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private SyncCase sync;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(isAllowed(), "this machine lets nobody make a namespace");
        sync = new SyncCase(root);
        sync.add("a");
        Invitation invitation = sync.invitation();
        invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
        assertEquals("", sync.join("b", invitation));
        writeAll("before");
    }

    @AfterEach
    void stop() throws Exception {
        if (sync != null) {
            sync.close();
        }
    }

    private static boolean isAllowed() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-Ur", "sh", "-c", ": > /proc/sys/user/max_inotify_watches")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Program agent(String limit, int most) throws IOException {
        String line = "echo " + most + " > /proc/sys/user/" + limit + "; exec \"$@\"";
        return Program.startBy(
                List.of("unshare", "-Ur", "sh", "-ec", line, "sh"),
                Map.of("LC_ALL", "C.UTF-8"),
                "sync",
                "agent",
                "--state",
                sync.state("b").toString());
    }

    private void writeAll(String text) throws IOException {
        for (int number = 0; number < DIRECTORIES; number++) {
            sync.write("b", "d" + number + "/f", text + number);
        }
    }

    private void awaitAll(String text) throws Exception {
        Until.isTrue(text + " has come", () -> {
            Map<String, String> tree = sync.tree("a");
            for (int number = 0; number < DIRECTORIES; number++) {
                if (!SyncCase.hashOf(text + number).equals(tree.get("d" + number + "/f"))) {
                    return false;
                }
            }
            return true;
        });
    }

    private void awaitWatched(int most) throws Exception {
        Until.isTrue("it is said how many are watched", () -> {
            JsonObject node = sync.node("b");
            return node.getInteger("directories", 0) == DIRECTORIES + 1
                    && node.getInteger("watchedDirectories", -1) == most;
        });
    }

    private void awaitRescan() throws Exception {
        sync.act("rescan", new JsonObject().put("node", "b"));
        awaitAll("after");
    }

    @Test
    @Tag("long")
    void agentWithTooFewWatchesSaysSoAndFindsAllWhenItLooks() throws Exception {
        try (Program agent = agent("max_inotify_watches", WATCHES)) {
            awaitAll("before");
            awaitWatched(WATCHES);
            writeAll("after");
            awaitRescan();
            assertTrue(agent.proc().toFile().exists());
        }
    }

    @Test
    @Tag("long")
    void agentThatMayWatchNothingAtAllStartsAllTheSame() throws Exception {
        try (Program agent = agent("max_inotify_instances", 0)) {
            awaitAll("before");
            awaitWatched(0);
            writeAll("after");
            awaitRescan();
            assertTrue(agent.proc().toFile().exists());
        }
    }

    @Test
    @Tag("soak")
    void whatIsNotWatchedIsLookedAtEachMinute() throws Exception {
        try (Program agent = agent("max_inotify_watches", WATCHES)) {
            awaitAll("before");
            awaitWatched(WATCHES);
            TimeUnit.SECONDS.sleep(6); // What is new is looked at once more by itself.
            writeAll("after");
            TimeUnit.SECONDS.sleep(15); // The look and the way may take a minute and some seconds.
            awaitAll("after");
            assertTrue(agent.proc().toFile().exists());
        }
    }
}
