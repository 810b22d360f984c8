package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.net.NetClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The storage nodes of one engine. Used on one event loop. */
final class Cluster {

    private final Vertx vertx;
    private final Map<String, NodeProcess> nodes = new TreeMap<>();
    private final Map<String, NodeClient> direct = new TreeMap<>();
    private final String token;
    private final NetClient net;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpClient http;

    /**
     * Not started.
     *
     * @param folder where the nodes have their folders
     * @param nodeCount how many there are
     * @param program how this program is started, up to its own arguments
     */
    Cluster(Vertx vertx, Path folder, int nodeCount, List<String> program) throws IOException {
        this.vertx = vertx;
        http = NodeClient.http(vertx, 64);
        net = vertx.createNetClient();
        Files.createDirectories(folder);
        token = token(folder.resolve("token"));
        for (int n = 1; n <= nodeCount; n++) {
            String id = "n" + n;
            NodeProcess node = new NodeProcess(vertx, folder.resolve(id), program, new KillCommand(folder));
            nodes.put(id, node);
            direct.put(id, new NodeClient(http, node::port, token));
        }
    }

    /** Made anew at each start, for the user of this process alone. */
    private static String token(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, made);
        return made;
    }

    Future<?> start() {
        return Future.all(nodes.values().stream().map(NodeProcess::start).toList());
    }

    Future<Lines> lines(long seed) {
        return Lines.open(vertx, net, this, seed);
    }

    /** Lets time pass. */
    Future<?> pause(long milliseconds) {
        return vertx.timer(milliseconds, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    List<String> ids() {
        return List.copyOf(nodes.keySet());
    }

    boolean isKnown(String node) {
        return nodes.containsKey(node);
    }

    NodeProcess node(String id) {
        return Objects.requireNonNull(nodes.get(id), id);
    }

    int port(String id) {
        return node(id).port();
    }

    String token() {
        return token;
    }

    /** To ask nodes how they are, past all lines: nothing that is measured goes this way. */
    Map<String, NodeClient> direct() {
        return direct;
    }

    Future<?> stop() {
        List<Future<?>> ending = new ArrayList<>();
        for (NodeProcess node : nodes.values()) {
            try {
                node.resume();
            } catch (IOException e) {
                // It is killed all the same.
            }
            ending.add(node.kill());
        }
        return Future.join(ending);
    }
}
