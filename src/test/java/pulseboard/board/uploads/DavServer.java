package pulseboard.board.uploads;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebDAV or SFTP server with a password, rclone's own, as a process of its own; what is uploaded are files of a folder. */
public final class DavServer implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final String PASSWORD = "open sesame";

    private final String protocol;
    private final Path folder;
    private final Process process;
    private final int port;
    private final List<String> said = new CopyOnWriteArrayList<>();

    /** Starts one for WebDAV, and returns when it listens. */
    public DavServer(Path folder) throws IOException {
        this(folder, "webdav", RcloneTools.STABLE);
    }

    /** The same for {@code webdav} or {@code sftp}, by this rclone. */
    public DavServer(Path folder, String protocol, RcloneTools rclone) throws IOException {
        this(folder, protocol, rclone, "0s");
    }

    /** One for WebDAV that remembers what is in its folders, which others leave alone: three times as fast with small files. */
    public static DavServer remembering(Path folder) throws IOException {
        return new DavServer(folder, "webdav", RcloneTools.STABLE, "1h");
    }

    private DavServer(Path folder, String protocol, RcloneTools rclone, String rememberedFor) throws IOException {
        this.protocol = protocol;
        this.folder = Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(
                rclone.program(),
                "serve",
                protocol,
                folder.toString(),
                "--addr",
                "127.0.0.1:0",
                "--user",
                "me",
                "--pass",
                PASSWORD,
                "--dir-cache-time",
                rememberedFor,
                "--config",
                "/dev/null",
                "-v");
        builder.environment().put("XDG_CACHE_HOME", folder + ".cache"); // Keys of SFTP.
        process = builder.redirectErrorStream(true).start();
        port = awaitPort();
    }

    private int awaitPort() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            Matcher match = LISTENS.matcher(line);
            if (match.find()) {
                CompletableFuture<Void> unused = CompletableFuture.runAsync(
                        () -> out.lines().forEach(more -> {}), reading -> new Thread(reading).start());
                return Integer.parseInt(match.group(1));
            }
        }
        throw new AssertionError("it does not start: " + said);
    }

    /** Where the files are. */
    public Path folder() {
        return folder;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A remote of rclone's configuration that leads to it, by a port that may be another's. */
    public String remote(String name, int byPort) throws IOException {
        if (protocol.equals("sftp")) {
            return "[" + name + "]\ntype = sftp\nhost = 127.0.0.1\nport = " + byPort + "\nuser = me\npass = "
                    + obscured() + "\n";
        }
        return "[" + name + "]\ntype = webdav\nurl = http://127.0.0.1:" + byPort
                + "/\nvendor = other\nuser = me\npass = " + obscured() + "\n";
    }

    /** The password as rclone keeps it. */
    public static String obscured() throws IOException {
        Process obscure = new ProcessBuilder(RcloneTools.STABLE.program(), "obscure", PASSWORD).start();
        return new String(obscure.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Ends it at once. */
    @Override
    public void close() {
        Process unused = process.destroyForcibly().onExit().join();
    }
}
