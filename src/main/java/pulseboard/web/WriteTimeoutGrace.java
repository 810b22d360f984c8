package pulseboard.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * Gives a connection on which nothing could be written a second chance: the server closes it when half of
 * {@code web.writeTimeoutSeconds} has passed twice. The first time may only mean that this process did not run meanwhile,
 * because somebody stopped it or the machine was asleep, and then all connections would be closed that could be written to at
 * once. While the body of a request is on its way and nothing waits to be written, the time begins anew with what comes of it.
 */
final class WriteTimeoutGrace extends ChannelInboundHandlerAdapter {

    private boolean hasBodyCome;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        hasBodyCome |=
                message instanceof HttpContent content && content.content().isReadable();
        context.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent idle)) {
            context.fireUserEventTriggered(event);
            return;
        }
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        boolean isComing = hasBodyCome && waiting != null && waiting.totalPendingWriteBytes() == 0;
        hasBodyCome = false;
        if (!idle.isFirst() && !isComing) {
            context.fireUserEventTriggered(event);
        }
    }
}
