package pulseboard.prometheus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A program of Debian that understands Prometheus's formats, unpacked below {@code target/peers} and not installed ({@code make
 * peers}), so that no service of it is started. It ends with the test.
 */
public final class Peer implements AutoCloseable {

    private static final Path FOLDER = Path.of("target/peers/usr/bin");
    private static final int TRIES = 5;

    private final Process process;
    private final List<String> said = new ArrayList<>();
    private final int port;

    /** Arguments of a program that is to listen on this port. */
    @FunctionalInterface
    public interface Arguments {
        /** For that port. */
        List<String> on(int port);
    }

    private Peer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where a program is. */
    public static String program(String name) {
        Path file = FOLDER.resolve(name);
        assertTrue(Files.isExecutable(file), file + " is missing; \"make peers\" unpacks it there");
        return file.toString();
    }

    /**
     * Starts a program on a free port and waits until it says that it listens. None of these programs takes port 0 and tells
     * which it got, so another process may be faster; then another port is tried.
     */
    public static Peer start(String name, Predicate<String> listens, Arguments arguments) throws Exception {
        return start(List.of(program(name)), listens, arguments);
    }

    /** The same for a command that ends in the program. */
    public static Peer start(List<String> program, Predicate<String> listens, Arguments arguments) throws Exception {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            List<String> command = new ArrayList<>(program);
            command.addAll(arguments.on(port));
            Peer peer = new Peer(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), port);
            if (peer.awaitLine(listens)) {
                return peer;
            }
            peer.close();
            assertTrue(String.join("\n", peer.said).contains("in use"), String.join("\n", peer.said));
        }
        throw new AssertionError("no port stayed free for " + program);
    }

    private boolean awaitLine(Predicate<String> wanted) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (wanted.test(line)) {
                CompletableFuture<Void> unused =
                        CompletableFuture.runAsync(() -> out.lines().forEach(more -> {}));
                return true;
            }
        }
        return false;
    }

    /** Where it listens. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The port on which it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        Process unused = process.destroyForcibly().onExit().join();
    }
}
