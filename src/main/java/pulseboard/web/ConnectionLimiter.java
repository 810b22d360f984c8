package pulseboard.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What holds for every connection, whatever is spoken on it. No more than so many are open at once, because each may cost
 * memory before it has asked for anything; with TLS they are counted before it is spoken (see {@link Tls}). And nothing more is read from one while what it was sent waits to be read at the
 * other end: else a client that only asks, or only sends nonsense, and never reads the answers, has them all kept in
 * memory. Vert.x has no setting for either, so this reaches through to Netty's channel. Used on one event loop.
 */
@Sharable
final class ConnectionLimiter extends ChannelInboundHandlerAdapter implements Handler<HttpConnection> {

    private static final AttributeKey<Boolean> STOPPED = AttributeKey.valueOf(ConnectionLimiter.class, "stopped");

    /**
     * So much is read from a connection before the others have their turn. Viewers send 200 bytes now and then; left alone, a
     * thousand that pour requests have a megabyte of each handled before the next change is written.
     */
    private static final RecvByteBufAllocator LITTLE_AT_ONCE =
            new FixedRecvByteBufAllocator(1024).maxMessagesPerRead(1);

    private static final AttributeKey<Boolean> ACCEPTED = AttributeKey.valueOf(ConnectionLimiter.class, "accepted");

    private final Places places;
    private final Http2Guard streams;
    private final StallDetector stalls;
    private final Warnings warnings;
    private final Set<ChannelHandlerContext> served = new HashSet<>();

    ConnectionLimiter(Places places, Http2Guard streams, Warnings warnings) {
        this.places = places;
        this.streams = streams;
        this.warnings = warnings;
        this.stalls = new StallDetector(warnings);
    }

    /** Counts a connection that has just come, or closes it where there is no room. */
    boolean accept(Channel channel) {
        InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        String refusal = places.take(address);
        if (refusal != null) {
            warnings.refused("a connection", refusal);
            ChannelFuture unused = channel.close();
            return false;
        }
        channel.attr(ACCEPTED).set(true);
        ChannelConfig unused = channel.config().setRecvByteBufAllocator(LITTLE_AT_ONCE);
        ChannelFuture unusedToo = channel.closeFuture().addListener(closed -> places.give(address));
        return true;
    }

    /** Somebody was let in by this connection. */
    void know(HttpConnection connection) {
        Channel channel = channel(connection);
        if (channel.remoteAddress() instanceof InetSocketAddress address) {
            places.know(address.getAddress());
        }
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().channel();
    }

    @Override
    public void handle(HttpConnection connection) {
        Channel channel = channel(connection);
        if (channel.attr(ACCEPTED).get() != null || accept(channel)) {
            streams.guard(connection, channel);
            channel.pipeline()
                    .addFirst(this)
                    .addBefore("handler", null, new WriteTimeoutGrace())
                    .addBefore("handler", null, stalls);
            if (channel.pipeline().get("httpDecoder") != null) { // HTTP/2 has a limit of its own.
                channel.pipeline().addBefore("handler", null, new PipeliningLimit(warnings));
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        served.add(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        served.remove(context);
    }

    /** How many were closed because their reader took nothing. */
    long stalled() {
        return stalls.count() + streams.stalled();
    }

    /** Ends every connection at once. The server's own way waits until all is written, which at a reader that stalls is never. */
    void cut() {
        for (ChannelHandlerContext each : List.copyOf(served)) {
            ChannelFuture unused = each.close();
        }
    }

    /** Ends one in the same way: from the first handler on, because the last ones are the server's own way. */
    static void cut(Channel channel) {
        ChannelFuture unused = channel.pipeline().firstContext().close();
    }

    /** Goes on only where it stopped itself: the server stops reading for reasons of its own, too. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (!channel.isWritable() && channel.config().isAutoRead()) {
            channel.attr(STOPPED).set(true);
            channel.config().setAutoRead(false);
        } else if (channel.isWritable() && channel.attr(STOPPED).getAndSet(null) != null) {
            channel.config().setAutoRead(true);
        }
        context.fireChannelWritabilityChanged();
    }
}
