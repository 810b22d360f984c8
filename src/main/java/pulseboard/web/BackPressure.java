package pulseboard.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Reads nothing more from a connection while what it was sent waits to be read at the other end. Without this a client that
 * only asks, or only sends nonsense, and never reads the answers, has them all kept in memory. Vert.x has no setting for
 * it, so this reaches through to Netty's channel.
 */
@Sharable
final class BackPressure extends ChannelInboundHandlerAdapter implements Handler<HttpConnection> {

    @Override
    public void handle(HttpConnection connection) {
        ((ConnectionBase) connection).channelHandlerContext().pipeline().addFirst(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }
}
