package pulseboard.board.uploads.rc;

import io.vertx.core.http.HttpClient;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.engine.ChildRun;

/**
 * An rclone of our own that waits for commands ({@code rclone rcd}) and outlives this process: a later run of this program finds it.
 * It listens on a Unix socket, or, where it is too old for that, on loopback; either way it asks for a secret made at its start.
 * Not thread-safe.
 */
public final class RcloneDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(RcloneDaemon.class);
    private static final int QUIT_SECONDS = 5;
    private static final String USER = "pulseboard";
    private static final String LISTENS = "Serving remote control on http://127.0.0.1:";

    /** Of sockaddr_un, with room to spare. */
    private static final int LONGEST_SOCKET = 100;

    private final RcloneProgram program;
    private final HttpClient http;
    private final Path folder;
    private final ChildRun child;
    private JsonObject noted;
    private boolean canSockets = true;
    private @Nullable RcClient client;
    private @Nullable ProcessHandle process;

    /** The one whose notes are in this folder, if there is one. */
    public RcloneDaemon(RcloneProgram program, HttpClient http, Path folder) {
        this.program = program;
        this.http = http;
        this.folder = folder;
        child = new ChildRun(folder.resolve("rclone.pid"));
        noted = notes();
    }

    private JsonObject notes() {
        try {
            return new JsonObject(Files.readString(folder.resolve("rclone.json")));
        } catch (IOException | DecodeException e) {
            return new JsonObject();
        }
    }

    /**
     * Starts one.
     *
     * @throws IOException when the program is not there, or the folder cannot be written
     */
    public void start() throws IOException {
        endUnnoted();
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Path socket = folder.resolve("rclone.sock");
        boolean isSocket = canSockets && socket.toString().length() <= LONGEST_SOCKET;
        noted = new JsonObject().put("run", run).put("secret", secret).put("isSocket", isSocket);
        Files.deleteIfExists(socket);
        writeNotes();
        Map<String, String> environment = program.environment();
        environment.put("RCLONE_RC_USER", USER);
        environment.put("RCLONE_RC_PASS", secret);
        List<String> words = List.of(
                "rcd",
                "--rc-addr",
                isSocket ? "unix://" + socket : "127.0.0.1:0",
                "-v",
                "--use-json-log",
                "--log-file",
                log().toString(),
                "--rc-job-expire-duration",
                "24h",
                "--stats",
                "0");
        process = child.start(program.command(words), environment, folder.resolve("rclone.out"));
    }

    /** One that was started, and this program was killed before it had noted which process that is: it answers to the last secret. */
    private void endUnnoted() {
        client = null;
        client().ifPresent(left -> {
            try {
                JsonObject unused = left.call("core/quit", new JsonObject());
            } catch (RcFailure e) {
                LOG.debug("An rclone that nobody has noted has ended", e);
            }
        });
        client = null;
    }

    private void writeNotes() throws IOException {
        Path file = folder.resolve("rclone.json");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, noted.encode());
    }

    /** Which of all that were started it is. */
    public String run() {
        return noted.getString("run", "");
    }

    /** Its log. */
    public Path log() {
        return folder.resolve("rclone-" + run() + ".log");
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return running().isPresent();
    }

    /** Which process it is, while it runs. */
    public long pid() {
        return running().map(ProcessHandle::pid).orElse(0L);
    }

    /** The one that was started or found last: a handle is of one process, whoever gets its pid after it. */
    private Optional<ProcessHandle> running() {
        if (process == null) {
            process = child.running().orElse(null);
        }
        return Optional.ofNullable(process).filter(ProcessHandle::isAlive);
    }

    /** Its remote control, once it answers. */
    public Optional<RcClient> client() {
        if (client == null) {
            client = address().map(this::connected).orElse(null);
        }
        return Optional.ofNullable(client);
    }

    private @Nullable RcClient connected(SocketAddress address) {
        RcClient found = new RcClient(http, address, USER, noted.getString("secret", ""));
        try {
            found.call("core/pid", new JsonObject());
            return found;
        } catch (RcFailure e) {
            return null; // Not yet.
        }
    }

    private Optional<SocketAddress> address() {
        if (noted.getBoolean("isSocket", false)) {
            return Optional.of(folder.resolve("rclone.sock"))
                    .filter(Files::exists)
                    .map(socket -> SocketAddress.domainSocketAddress(socket.toString()));
        }
        try {
            for (LogLine line : new LogTail(log(), 0).next()) {
                if (line.message().startsWith(LISTENS)) {
                    String port = line.message().substring(LISTENS.length()).replace("/", "");
                    return Optional.of(SocketAddress.inetSocketAddress(Integer.parseInt(port.strip()), "127.0.0.1"));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // Not yet.
        }
        return Optional.empty();
    }

    /** It ended before it answered: where that was for the socket, the next one gets none. Whether to try once more. */
    public boolean isWorthAnotherStart() {
        boolean wasSocket = noted.getBoolean("isSocket", false);
        canSockets = false;
        return wasSocket;
    }

    /** What it said last, for people. */
    public String lastWords() {
        try {
            List<String> out = Files.readAllLines(folder.resolve("rclone.out"));
            List<LogLine> log = new LogTail(log(), 0).next();
            String said = log.isEmpty() ? "" : log.get(log.size() - 1).message();
            return out.isEmpty() ? said : out.get(out.size() - 1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Tells it to end; at once where it does not listen. Nothing may be under way. */
    public void quit() {
        if (!isAlive()) {
            return;
        }
        try {
            RcClient told = client;
            if (told == null) {
                kill();
            } else {
                JsonObject unused = told.call("core/quit", new JsonObject());
                awaitEnd();
            }
        } catch (RcFailure e) {
            kill(); // It may also have ended before its answer was sent.
        }
        client = null;
    }

    /** It answers before it ends: nobody is to take it for one that stays. */
    private void awaitEnd() {
        running().ifPresent(told -> {
            try {
                ProcessHandle ended = told.onExit().get(QUIT_SECONDS, TimeUnit.SECONDS);
                LOG.debug("rclone {} has ended", ended.pid());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                kill();
            }
        });
    }

    /** Ends it at once. */
    public void kill() {
        running().ifPresent(ProcessHandle::destroyForcibly);
        client = null;
    }
}
