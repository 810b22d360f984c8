package pulseboard.feed;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.Shareable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of the resources of this process's boards. A board registers them through its {@link FeedPublisher}; the web side
 * finds them here, after it has looked who asks and what the directory says. Thread-safe.
 */
public final class Resources implements Shareable {

    private static final String KEY = "pulseboard.resources";

    private final Map<String, Handler<Request>> handlers = new ConcurrentHashMap<>();

    /**
     * One request for a resource. It is handled on the web side's event loop, which must not be held up; the body has not been
     * read, and comes as a stream.
     *
     * @param http the request, whose response the handler ends
     * @param path the values of the parts of the path that begin with a colon
     * @param who the name of whoever asks
     */
    public record Request(HttpServerRequest http, Map<String, String> path, String who) {}

    /** A resource that was found. */
    public record Match(ResourceInfo info, Map<String, String> path) {}

    private Resources() {}

    /** Those of this Vert.x. */
    public static Resources of(Vertx vertx) {
        return vertx.sharedData().<String, Resources>getLocalMap(KEY).computeIfAbsent(KEY, missing -> new Resources());
    }

    void add(BoardId board, ResourceInfo info, Handler<Request> handler) {
        handlers.put(key(board, info), handler);
    }

    void remove(BoardId board, ResourceInfo info) {
        handlers.remove(key(board, info));
    }

    /** The handler of a resource, while its board is there. */
    public Optional<Handler<Request>> handler(BoardId board, ResourceInfo info) {
        return Optional.ofNullable(handlers.get(key(board, info)));
    }

    private static String key(BoardId board, ResourceInfo info) {
        return info.method() + " " + board + "/" + info.path();
    }

    /**
     * The resource of a board at a path, whose method the request may or may not have: a path is literal before it is a parameter.
     *
     * @param path below the board, as it came, without a slash at the beginning; values of parameters are decoded (RFC 3986)
     */
    public static Optional<Match> match(BoardInfo board, String method, String path) {
        Optional<Match> other = Optional.empty();
        for (ResourceInfo info : board.resources()) {
            Optional<Map<String, String>> parts = fit(info.path().split("/", -1), path.split("/", -1));
            if (parts.isPresent()) {
                Match match = new Match(info, parts.get());
                if (info.method().equals(method)) {
                    return Optional.of(match);
                }
                other = Optional.of(match);
            }
        }
        return other;
    }

    /** Null when it is not what an address can hold. */
    private static @Nullable String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Optional<Map<String, String>> fit(String[] pattern, String[] path) {
        if (pattern.length != path.length) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>();
        for (int part = 0; part < pattern.length; part++) {
            if (pattern[part].startsWith(":")) {
                String value = decoded(path[part]);
                if (value == null) {
                    return Optional.empty();
                }
                values.put(pattern[part].substring(1), value);
            } else if (!pattern[part].equals(path[part])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
