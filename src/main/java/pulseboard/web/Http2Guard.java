package pulseboard.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps what waits on streams of HTTP/2 within bounds. There a client can leave its answers unread without the connection
 * looking so: it answers pings, and opens no window for what it asked for (<a
 * href="https://www.rfc-editor.org/rfc/rfc9113#section-10.5">RFC 9113, 10.5</a>). So streams are counted over all connections,
 * and the bytes of whole answers that wait on them by connection and over all; and a connection of which no stream can write
 * for {@code web.writeTimeoutSeconds} ends, as one of HTTP/1.1 would. Used on one event loop.
 */
final class Http2Guard implements Handler<RoutingContext> {

    /** Of one connection. A single answer may have more. */
    static final long MOST_BYTES = 8L << 20;

    /** Of all connections. */
    static final long MOST_BYTES_IN_ALL = 24L << 20;

    /** The client may try again at once elsewhere: nothing was done with its request. */
    private static final long REFUSED_STREAM = 7;

    private static final long LOOK_MILLISECONDS = 1_000;

    private final Vertx vertx;
    private final int mostStreams;
    private final long patienceNanos;
    private final LongSupplier nanoClock;
    private final Warnings warnings;
    private final Map<HttpConnection, Guarded> connections = new HashMap<>();
    private int streams;
    private long waitingBytes;
    private long stalled;
    private boolean looking;

    /**
     * Guards no connection yet.
     *
     * @param mostStreams how many requests may be open at once, over all connections
     * @param patienceSeconds how long a connection may stand still
     */
    Http2Guard(Vertx vertx, int mostStreams, int patienceSeconds, Warnings warnings) {
        this.vertx = vertx;
        this.mostStreams = mostStreams;
        this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
        this.nanoClock = System::nanoTime;
        this.warnings = warnings;
    }

    /** Begins to guard a connection, if it speaks HTTP/2. */
    void guard(HttpConnection connection, Channel channel) {
        Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
        if (handler == null) {
            return;
        }
        Guarded guarded = new Guarded(channel, handler.connection());
        connections.put(connection, guarded);
        handler.connection().addListener(guarded);
        ChannelFuture unused = channel.closeFuture().addListener(closed -> {
            connections.remove(connection);
            guarded.end();
        });
        look();
    }

    /** How many connections were closed because no stream could write. */
    long stalled() {
        return stalled;
    }

    @Override
    public void handle(RoutingContext context) {
        Guarded guarded = context.request().version() == HttpVersion.HTTP_2
                ? connections.get(Poll.connectionOf(context.request()))
                : null;
        if (guarded != null) {
            if (streams > mostStreams) {
                warnings.refused("a request", "there are " + mostStreams + " on streams of HTTP/2 already");
                context.response().reset(REFUSED_STREAM);
                return;
            }
            int stream = (int) context.request().streamId();
            context.addBodyEndHandler(ended -> guarded.waits(stream, length(context)));
        }
        context.next();
    }

    private static long length(RoutingContext context) {
        HttpServerResponse response = context.response();
        String length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
        boolean hasBody = length != null && !context.request().method().equals(HttpMethod.HEAD);
        return hasBody ? Long.parseLong(length) : 0;
    }

    private void look() {
        if (!looking && !connections.isEmpty()) {
            looking = true;
            vertx.setTimer(LOOK_MILLISECONDS, due -> {
                looking = false;
                connections.values().forEach(Guarded::look);
                look();
            });
        }
    }

    private void close(Guarded guarded, String why) {
        warnings.closed("a connection", why);
        // Not at once: this may run while something is written to it.
        guarded.channel.eventLoop().execute(() -> {
            ChannelFuture unused = guarded.channel.close();
        });
    }

    /** One connection. */
    private final class Guarded extends Http2ConnectionAdapter {

        private final Channel channel;
        private final Http2Connection connection;
        private final Map<Integer, Long> bytesByStream = new HashMap<>();
        private long bytes;
        private int active;
        private long stillSinceNanos;
        private int state;

        Guarded(Channel channel, Http2Connection connection) {
            this.channel = channel;
            this.connection = connection;
        }

        @Override
        public void onStreamActive(Http2Stream stream) {
            active++;
            streams++;
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            active--;
            streams--;
            forget(stream.id());
        }

        private void forget(int stream) {
            Long waited = bytesByStream.remove(stream);
            if (waited != null) {
                bytes -= waited;
                waitingBytes -= waited;
            }
        }

        void end() {
            connection.removeListener(this); // Its streams end afterwards.
            streams -= active;
            waitingBytes -= bytes;
        }

        /** A whole answer was handed over, and is kept until it has been written. */
        void waits(int stream, long length) {
            if (length == 0 || !channel.isActive() || connection.stream(stream) == null) {
                return;
            }
            bytesByStream.put(stream, length);
            bytes += length;
            waitingBytes += length;
            if (bytes > MOST_BYTES && bytesByStream.size() > 1) {
                close(this, "more than " + (MOST_BYTES >> 20) + " MiB wait unread on its streams");
            } else if (waitingBytes > MOST_BYTES_IN_ALL) {
                connections.values().stream()
                        .max(Comparator.comparingLong(each -> each.bytes))
                        .ifPresent(most -> close(
                                most, "more than " + (MOST_BYTES_IN_ALL >> 20) + " MiB wait unread, most of it there"));
            }
        }

        void look() {
            long now = nanoClock.getAsLong();
            int found = state();
            if (found == 0 || found != state) {
                state = found;
                stillSinceNanos = now;
            } else if (now - stillSinceNanos > patienceNanos) {
                stalled++;
                stillSinceNanos = now;
                close(this, "none of its streams could write for web.writeTimeoutSeconds");
            }
        }

        /** 0 while some stream can write, or none is open; else a number that changes with each byte that is written. */
        private int state() {
            Http2RemoteFlowController controller = connection.remote().flowController();
            int[] sum = {1};
            try {
                Http2Stream writable = connection.forEachActiveStream(stream -> {
                    sum[0] = 31 * sum[0] + stream.id() + controller.windowSize(stream);
                    return !controller.isWritable(stream);
                });
                return writable != null || connection.numActiveStreams() == 0 ? 0 : sum[0] | 1;
            } catch (Http2Exception e) {
                return 0;
            }
        }
    }
}
