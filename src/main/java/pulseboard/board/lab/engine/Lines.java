package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.net.NetClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import pulseboard.engine.emulator.Link;
import pulseboard.engine.emulator.Profile;

/**
 * The lines of one player or uploader to all nodes. They are its own: two players never wait for each other. All that it sends and gets
 * passes through them.
 */
final class Lines {

    private static final int MOST_CONNECTIONS = 16;

    private final Map<String, Proxy> proxies = new TreeMap<>();
    private final Map<String, NodeClient> clients = new TreeMap<>();

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpClient http;

    private Lines(HttpClient http) {
        this.http = http;
    }

    /** Opens them, all as good as can be. */
    static Future<Lines> open(Vertx vertx, NetClient net, Cluster cluster, long seed) {
        Lines lines = new Lines(NodeClient.http(vertx, MOST_CONNECTIONS));
        List<Future<?>> open = new ArrayList<>();
        for (String node : cluster.ids()) {
            Proxy proxy = new Proxy(vertx, net, () -> cluster.port(node), Link.seed(seed, node.hashCode()));
            lines.proxies.put(node, proxy);
            open.add(proxy.listen()
                    .onSuccess(
                            port -> lines.clients.put(node, new NodeClient(lines.http, () -> port, cluster.token()))));
        }
        return Future.all(open).map(all -> lines);
    }

    Map<String, NodeClient> clients() {
        return clients;
    }

    Proxy to(String node) {
        return Objects.requireNonNull(proxies.get(node), node);
    }

    void change(Profile profile) {
        proxies.values().forEach(proxy -> proxy.change(profile));
    }

    Future<?> close() {
        List<Future<?>> closing = new ArrayList<>();
        proxies.values().forEach(proxy -> closing.add(proxy.close()));
        closing.add(http.close());
        return Future.join(closing);
    }
}
