package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program where it may have few files open, and more connections come than there is room for. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FewFilesTest {

    private static final int LIMIT = 300;
    private static final int TOO_MANY = 2 * LIMIT;

    @Test
    void connectionsBeyondTheLimitAreClosedAndDisturbNobody() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (Program program = Program.startAfter("ulimit -n " + LIMIT, Map.of(), "--port", "0")) {
            URI address = program.awaitAddress();
            StreamViewer host = new StreamViewer(address, "host");
            StreamViewer processes = new StreamViewer(address, "processes");
            processes.awaitState(state -> state.containsKey("processes"));
            for (int i = 0; i < TOO_MANY; i++) {
                crowd.add(new Socket(address.getHost(), address.getPort()));
            }
            awaitClosed(crowd, TOO_MANY - LIMIT);
            // The crowd is still there, as far as it was let in.
            long seen = host.seq();
            host.awaitState(state -> host.seq() > seen + 3 && isEveryOneFine(state));
            assertTrue(host.state().getJsonObject("processes").getInteger("count") > 0);
            processes.awaitState(state ->
                    isEveryOneFine(state) && !state.getJsonObject("processes").isEmpty());
            for (Socket socket : crowd) {
                socket.close();
            }
            awaitRoom(address);
            host.catchUp();
            processes.catchUp();
            assertEquals(List.of(1, 1), List.of(host.snapshots(), processes.snapshots()), "nothing was missed");
            program.terminate();
            assertTold(program.awaitEnd());
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    /** Waits until somebody is let in again: the server may not have heard yet that the crowd has gone. */
    private static void awaitRoom(URI address) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                new StreamViewer(address, "host").next();
                return;
            } catch (IOException refused) {
                if (System.nanoTime() > giveUp) {
                    throw refused;
                }
            }
        }
    }

    /** Waits until the server has closed so many of them; those leave the crowd. */
    private static void awaitClosed(List<Socket> crowd, int count) throws IOException {
        int left = crowd.size() - count;
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (crowd.size() > left) {
            assertTrue(System.nanoTime() < giveUp, (crowd.size() - left) + " more should have been closed");
            for (Socket socket : List.copyOf(crowd)) {
                if (isClosed(socket)) {
                    socket.close();
                    crowd.remove(socket);
                }
            }
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static boolean isEveryOneFine(JsonObject state) {
        return state.getJsonObject("meta").stream().allMatch(entry -> ((JsonObject) entry.getValue()).getBoolean("ok"));
    }

    private static void assertTold(Program.End end) {
        String log = String.join("\n", end.out());
        assertTrue(log.contains("Refused a connection: there are "), log);
        assertFalse(log.contains("DefaultChannelPipeline"), log);
    }
}
