package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/**
 * Passes requests for a worker's resources on to it, both bodies as streams, over the Unix socket at a path that settings name,
 * never to an address that the worker names. What identifies people here is not passed on, and no header of the answer can act
 * on the page's origin. Used on one event loop.
 */
final class ResourceProxy {

    static final String SECRET = "X-Pulseboard-Secret";
    static final String BOARD = "X-Pulseboard-Board";
    static final String WHO = "X-Pulseboard-Who";

    private static final Logger LOG = LoggerFactory.getLogger(ResourceProxy.class);
    private static final int BAD_GATEWAY = 502;

    /** A worker that neither sends nor takes a byte for so long hangs. */
    private static final int IDLE_SECONDS = 60;

    /** What a resource needs to know of a request. */
    private static final Set<String> ASKED = Set.of(
            "accept",
            "accept-language",
            "content-length",
            "content-type",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "range");

    /** What an answer may say. */
    private static final Set<String> ANSWERED = Set.of(
            "accept-ranges",
            "cache-control",
            "content-disposition",
            "content-length",
            "content-range",
            "content-type",
            "etag",
            "last-modified",
            "retry-after");

    private final SocketAddress socket;
    private final HttpClient client;

    ResourceProxy(Vertx vertx, Path socket) {
        this.socket = SocketAddress.domainSocketAddress(socket.toString());
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000).setIdleTimeout(IDLE_SECONDS),
                new PoolOptions().setHttp1MaxSize(64));
    }

    /** Passes one request on, to the worker that knows this secret. */
    void serve(String secret, String board, ResourceInfo resource, Resources.Request request) {
        HttpServerRequest http = request.http();
        http.pause(); // Its body would be gone by the time somebody reads it.
        RequestOptions options = new RequestOptions()
                .setServer(socket)
                .setHost("localhost")
                .setMethod(http.method())
                .setURI("/" + path(resource, request.path()) + (http.query() == null ? "" : "?" + http.query()))
                .putHeader(SECRET, secret)
                .putHeader(BOARD, board)
                .putHeader(WHO, encoded(request.who()));
        http.headers().forEach((name, value) -> {
            if (ASKED.contains(name.toLowerCase(Locale.ROOT))) {
                options.putHeader(name, value);
            }
        });
        client.request(options)
                .compose(asked -> send(http, asked).compose(answer -> answer(answer, http.response())))
                .onFailure(failure -> fail(http.response(), failure));
    }

    private static Future<HttpClientResponse> send(HttpServerRequest http, HttpClientRequest asked) {
        http.response().exceptionHandler(gone -> asked.reset());
        if (http.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && http.getHeader(HttpHeaders.TRANSFER_ENCODING) == null
                && http.isEnded()) {
            return asked.send();
        }
        return asked.send(http);
    }

    private static Future<Void> answer(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode());
        answer.headers().forEach((name, value) -> {
            if (ANSWERED.contains(name.toLowerCase(Locale.ROOT))) {
                response.putHeader(name, value);
            }
        });
        if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            response.setChunked(true);
        }
        if (!isMedia(answer) && !response.headers().contains("Content-Disposition")) {
            response.putHeader("Content-Disposition", "attachment");
        }
        return answer.pipeTo(response);
    }

    /** Pictures, sound and films are played in the page; none of them can run anything there. */
    private static boolean isMedia(HttpClientResponse answer) {
        String type = String.valueOf(answer.getHeader(HttpHeaders.CONTENT_TYPE));
        return type.matches("(image/(png|jpeg|gif|webp|avif)|audio/[a-z0-9.+-]+|video/[a-z0-9.+-]+)(;.*)?");
    }

    private static void fail(HttpServerResponse response, Throwable failure) {
        LOG.debug("A resource was not passed on", failure);
        if (response.headWritten() || response.ended()) {
            response.reset();
        } else {
            refuse(response, BAD_GATEWAY);
        }
    }

    /** There is no worker that could answer. */
    static void refuse(HttpServerResponse response, int status) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(JsonObject.of("error", "board_unavailable", "message", "the worker does not answer")
                        .encode());
    }

    private static String path(ResourceInfo resource, Map<String, String> values) {
        return Arrays.stream(resource.path().split("/", -1))
                .map(part -> part.startsWith(":") ? encoded(String.valueOf(values.get(part.substring(1)))) : part)
                .collect(Collectors.joining("/"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
