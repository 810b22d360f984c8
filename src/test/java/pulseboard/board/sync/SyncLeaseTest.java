package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Program;
import pulseboard.Until;
import pulseboard.board.sync.wire.Invitation;

/** A machine that is not heard of any more, though nobody has ended its connection. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class SyncLeaseTest {

    private static final int BYTES = 24 << 20;

    @TempDir
    private Path root;

    private static String status(SyncCase sync) throws Exception {
        return sync.node("b").getString("status", "");
    }

    /** Of what it has read since it was started, whatever it was. */
    private static long readBytes(Program agent) throws Exception {
        return Files.readAllLines(agent.proc().resolve("io")).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .sum();
    }

    private static boolean isAtRest(Program agent) throws Exception {
        long before = readBytes(agent);
        TimeUnit.SECONDS.sleep(3); // Longer than what is new waits until it is read again.
        return readBytes(agent) - before < BYTES / 4;
    }

    private static void stopUntilItIsOffline(SyncCase sync, Program agent) throws Exception {
        agent.signal("STOP");
        long began = System.nanoTime();
        Until.isTrue("it is offline", () -> status(sync).equals("offline"));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertTrue(
                seconds > 9, () -> seconds + " s: the lease is 15 s from when it was heard of last, 5 s ago at most");
        assertTrue(seconds < 18, () -> seconds + " s");
        assertTrue(sync.board().getJsonObject("events").stream()
                .map(each -> (JsonObject) each.getValue())
                .anyMatch(each -> "offline"
                        .equals(each.getJsonObject("data", new JsonObject()).getString("status"))));
    }

    @Test
    void stoppedAgentIsOfflineAfterItsLeaseAndComesBackWithoutReadingItsFilesAgain() throws Exception {
        SyncCase sync = new SyncCase(root);
        Invitation invitation = sync.invitation();
        invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
        assertEquals("", sync.join("b", invitation));
        byte[] bytes = new byte[BYTES];
        new Random(25).nextBytes(bytes);
        sync.write("b", "large", bytes);
        try (Program agent = Program.start(
                Map.of("LC_ALL", "C.UTF-8"),
                "sync",
                "agent",
                "--state",
                sync.state("b").toString())) {
            sync.add("a");
            Until.isTrue("it is told", () -> Files.exists(sync.folder("a").resolve("large")));
            Until.isTrue("it has read it again, since it was new, and rests", () -> isAtRest(agent));
            Until.isTrue("it says so", () -> status(sync).equals("online"));
            long before = readBytes(agent);
            stopUntilItIsOffline(sync, agent);
            agent.signal("CONT");
            sync.write("a", "marker", "marker");
            Until.isTrue("it is back", () -> Files.exists(sync.folder("b").resolve("marker")));
            long more = readBytes(agent) - before;
            assertTrue(more < BYTES / 2, () -> more + " bytes");
        } finally {
            sync.close();
        }
    }
}
