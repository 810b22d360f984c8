package pulseboard.top;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.BoardId;

/**
 * A Pulseboard somewhere: how to reach it, what to show it instead of a password, and which machine is wanted of it.
 *
 * @param base its address, with a slash at the end
 * @param token the token; null where none is needed
 * @param machine a machine that is linked there; empty for the one that it runs on
 * @param client what makes the connections
 */
record Server(URI base, @Nullable String token, String machine, HttpClient client) {

    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int MOST_BYTES = 65_536;

    /** What a plain request was answered. */
    record Answer(int status, String body) {}

    /**
     * The one at this address.
     *
     * @param address such as {@code https://monitor.example/path}; without a scheme it is HTTP
     * @param machine a machine that is linked there; empty for the one that it runs on
     * @param trust whom to trust with TLS; null for those whom Java trusts
     * @throws IllegalArgumentException when it is no such address, or the machine can have no such name
     */
    static Server at(String address, @Nullable String token, String machine, @Nullable SSLContext trust) {
        String whole = address.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? address : "http://" + address;
        URI uri = URI.create(whole.endsWith("/") ? whole : whole + "/");
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !String.valueOf(uri.getScheme()).matches("(?i)https?")) {
            throw new IllegalArgumentException("not an address such as https://monitor.example/");
        }
        if (!machine.isEmpty() && !BoardId.isSource(machine)) {
            throw new IllegalArgumentException("no machine is called " + machine);
        }
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        return new Server(uri, token, machine, (trust == null ? builder : builder.sslContext(trust)).build());
    }

    /** Whether what is sent there can be read on the way: a token must not be. */
    boolean isOpenToOthers() {
        String host = base.getHost();
        return base.getScheme().equalsIgnoreCase("http") && !host.matches("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    }

    CompletableFuture<WebSocket> open(WebSocket.Listener listener) {
        String socket = base.resolve("eventbus/websocket").toString();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder.buildAsync(URI.create(socket.replaceFirst("(?i)^http", "ws")), listener);
    }

    CompletableFuture<Answer> get(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(Server::read);
    }

    /** No more than we would ever want to see. */
    private static Answer read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new Answer(response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Answer(response.statusCode(), "");
        }
    }
}
