package pulseboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's NATS server with JetStream, on loopback and a port that was free, or again on that; unpacked below {@code target/peers} and not
 * installed.
 */
final class NatsServer implements AutoCloseable {

    static final String USER = "hubs";
    static final String PASSWORD = "s3cret: of hubs";

    private static final Path PROGRAM = Path.of("target/peers/usr/sbin/nats-server");
    private static final Pattern LISTENS = Pattern.compile(".*Listening for client connections on [^ ]*:(\\d+)");

    private final Path folder;
    private final String more;
    private Process process;
    private int port;

    /**
     * Starts it.
     *
     * @param folder what it keeps is kept here
     * @param more for its settings
     */
    NatsServer(Path folder, String more) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.more = more;
        port = FreePort.number(); // It is started anew there.
        process = start();
    }

    private Process start() throws IOException {
        assertTrue(Files.isExecutable(PROGRAM), PROGRAM + " is missing; \"make test-peers\" unpacks it there");
        Path settings = Files.writeString(
                folder.resolve("nats.conf"),
                "host: 127.0.0.1\nport: " + port + "\nserver_name: " + folder.getFileName()
                        + "\njetstream { store_dir: \""
                        + folder + "\" }\nauthorization { users: [ { user: \"" + USER + "\", password: \"" + PASSWORD
                        + "\", permissions { publish: [\"pb.>\", \"$KV.pb_state.>\", \"$JS.API.>\", \"_INBOX.>\"],"
                        + " subscribe: [\"pb.>\", \"_INBOX.>\"] } } ] }\n" + more);
        Process started = new ProcessBuilder(PROGRAM.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                port = Integer.parseInt(listens.group(1));
                CompletableFuture<Void> unused = CompletableFuture.runAsync(
                        () -> out.lines().forEach(rest -> {}), reading -> new Thread(reading, "nats").start());
                return started;
            }
        }
        throw new IOException(String.join("\n", said));
    }

    int port() {
        return port;
    }

    String address() {
        return "nats://127.0.0.1:" + port;
    }

    /** It is gone without a word. */
    void kill() {
        Process unused = process.destroyForcibly().onExit().join();
    }

    /** It is there again, with what it had kept. */
    void restart() throws IOException {
        kill();
        process = start();
    }

    @Override
    public void close() {
        kill();
    }
}
