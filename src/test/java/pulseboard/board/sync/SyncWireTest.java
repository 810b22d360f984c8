package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pulseboard.Program;
import pulseboard.Until;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.wire.Invitation;

/**
 * What the board says of bytes on the wire, beside somebody who counts them in between. For machine {@code b}, a process of its own, the
 * name of {@code a}'s address means another one than for {@code a} itself: there the bytes are counted.
 */
class SyncWireTest extends SyncMachines {

    private static final int SIZE = 64 << 20;
    private static final int EDITS = 62;
    private static final int EDIT_BYTES = 4_096;
    private static final String NAME = "localhost";
    private static final byte[] BETWEEN = {127, 0, 0, 2};

    private final Random random = new Random(11);

    SyncWireTest() {
        super("a");
    }

    private int portOfA() throws Exception {
        sync.stop("a");
        AgentConfig config = AgentConfig.in(sync.state("a"));
        new AgentConfig(
                        config.name(),
                        config.host(),
                        config.port(),
                        config.coordinator(),
                        NAME,
                        config.folders(),
                        config.limits())
                .keep(sync.state("a"));
        sync.start("a");
        Until.isTrue("a is there", () -> sync.node("a").getString("address", "").startsWith(NAME + ":"));
        return Integer.parseInt(sync.node("a").getString("address").substring(NAME.length() + 1));
    }

    private Program startB() throws Exception {
        Invitation invitation = sync.invitation();
        invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
        assertEquals("", sync.join("b", invitation));
        String between = InetAddress.getByAddress(BETWEEN).getHostAddress();
        Path hosts = Files.writeString(root.resolve("hosts"), between + " " + NAME + "\n");
        Map<String, String> environment =
                Map.of("LC_ALL", "C.UTF-8", "JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
        return Program.start(
                environment, "sync", "agent", "--state", sync.state("b").toString());
    }

    /** Gives {@code a} this content. Returns how much that took by the board, once it is the same as in between. */
    private long cost(CountingProxy proxy, byte[] bytes) throws Exception {
        JsonObject before = sync.board().getJsonObject("delta");
        long countedBefore = proxy.bytes();
        sync.write("a", "large", bytes);
        Path there = sync.folder("b").resolve("large");
        Until.isTrue(
                "it is there",
                () -> Files.exists(there)
                        && Files.size(there) == bytes.length
                        && Arrays.equals(Files.readAllBytes(there), bytes));
        Until.isTrue(
                "it is told", () -> sync.board().getJsonObject("delta").getLong("files") > before.getLong("files"));
        long counted = proxy.bytes() - countedBefore;
        long told = sync.board().getJsonObject("delta").getLong("wireBytes") - before.getLong("wireBytes");
        System.out.println("by the board " + told + ", in between " + counted);
        assertTrue(
                Math.abs(counted - told) <= counted / 50, "by the board " + told + ", counted in between " + counted);
        return counted;
    }

    @Test
    void boardSaysHowManyBytesGoOverTheWire() throws Exception {
        int port = portOfA();
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (CountingProxy proxy = new CountingProxy(InetAddress.getByAddress(BETWEEN), to);
                Program b = startB()) {
            byte[] bytes = new byte[SIZE];
            random.nextBytes(bytes);
            long whole = cost(proxy, bytes);
            assertTrue(whole >= SIZE && whole < SIZE * 1.01, "the whole file: " + whole);
            byte[] longer = new byte[SIZE + 1];
            System.arraycopy(bytes, 0, longer, 1, SIZE);
            long inserted = cost(proxy, longer);
            assertTrue(inserted < 20_000, "one byte in front: " + inserted);
            byte[] edit = new byte[EDIT_BYTES];
            for (int count = 0; count < EDITS; count++) {
                random.nextBytes(edit);
                System.arraycopy(edit, 0, longer, random.nextInt(SIZE - EDIT_BYTES), EDIT_BYTES);
            }
            long edited = cost(proxy, longer);
            assertTrue(edited < 3L * EDITS * EDIT_BYTES, "edits: " + edited);
            byte[] appended = Arrays.copyOf(longer, longer.length + (1 << 20));
            byte[] more = new byte[1 << 20];
            random.nextBytes(more);
            System.arraycopy(more, 0, appended, longer.length, more.length);
            long added = cost(proxy, appended);
            assertTrue(added >= 1 << 20 && added < 1.3 * (1 << 20), "1 MiB at the end: " + added);
            b.signal("TERM");
        }
    }
}
