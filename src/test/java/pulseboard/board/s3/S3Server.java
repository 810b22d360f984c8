package pulseboard.board.s3;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.Stream;

/** A real S3 server, s3proxy, as a process of its own; objects are files of a folder. {@code make peers} brings it. */
public final class S3Server implements AutoCloseable {

    /** The access key that it knows. */
    public static final String KEY = "local-identity";

    /** The secret of that key. */
    public static final String SECRET = "local-credential";

    private static final Path LIBRARIES = Path.of("target/peers/s3proxy");
    private static final Pattern LISTENS = Pattern.compile("ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)\\}");

    /** Its port, and what goes wrong: at its own level it would write some lines for each request. */
    private static final String LOG =
            "<configuration><appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\">"
                    + "<encoder><pattern>%logger %msg%n</pattern></encoder></appender>"
                    + "<logger name=\"org.gaul.shaded.org.eclipse.jetty.server.AbstractConnector\" level=\"INFO\"/>"
                    + "<root level=\"WARN\"><appender-ref ref=\"out\"/></root></configuration>";

    private final Process process;
    private final String scheme;
    private final int port;
    private final Path data;
    private final List<String> said = new CopyOnWriteArrayList<>();

    /** Starts it, and returns when it listens. */
    public S3Server(Path folder) throws IOException {
        this(folder, List.of());
    }

    /** The same by another program, which becomes it: such as one that gives it another clock. */
    public S3Server(Path folder, List<String> starter) throws IOException {
        this(folder, starter, "s3proxy.endpoint=http://127.0.0.1:0\n");
    }

    /** One that takes requests signed with credentials that are good for a while: it does not look at their token. */
    public static S3Server withSessions(Path folder) throws IOException {
        return new S3Server(
                folder, List.of(), "s3proxy.endpoint=http://127.0.0.1:0\ns3proxy.ignore-unknown-headers=true\n");
    }

    /** One that speaks HTTPS only, with the key of this store, whose password is {@code changeit}. */
    public static S3Server encrypted(Path folder, Path store) throws IOException {
        return new S3Server(
                folder,
                List.of(),
                "s3proxy.secure-endpoint=https://127.0.0.1:0\ns3proxy.keystore-path=" + store
                        + "\ns3proxy.keystore-password=changeit\n");
    }

    private S3Server(Path folder, List<String> starter, String endpoint) throws IOException {
        scheme = endpoint.contains("https") ? "https" : "http";
        assertTrue(Files.exists(LIBRARIES), LIBRARIES + " is missing; \"make peers\" copies it there");
        data = Files.createDirectories(folder.resolve("data"));
        Path settings = folder.resolve("s3proxy.properties");
        Files.writeString(
                settings,
                "s3proxy.authorization=aws-v2-or-v4\ns3proxy.identity=" + KEY + "\ns3proxy.credential=" + SECRET
                        + "\n" + endpoint + "jclouds.provider=filesystem-nio2\n"
                        + "jclouds.filesystem.basedir=" + data + "\n");
        Path log = folder.resolve("logback.xml");
        Files.writeString(log, LOG);
        List<String> command = Stream.concat(
                        starter.stream(),
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dlogback.configurationFile=" + log,
                                "-cp",
                                LIBRARIES.toAbsolutePath() + "/*",
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                settings.toString()))
                .toList();
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
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

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its address. */
    public String address() {
        return scheme + "://127.0.0.1:" + port;
    }

    /** Makes a bucket that is empty, and returns the folder of its objects. */
    public Path bucket(String name) throws IOException {
        return Files.createDirectory(data.resolve(name));
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly); // A starter may have it as a child.
        Process unused = process.destroyForcibly().onExit().join();
    }
}
