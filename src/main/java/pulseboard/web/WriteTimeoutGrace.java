package pulseboard.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * Gives a connection on which nothing could be written a second chance: the server closes it when half of
 * {@code web.writeTimeoutSeconds} has passed twice. The first time may only mean that this process did not run meanwhile,
 * because somebody stopped it or the machine was asleep, and then all connections would be closed that could be written to at
 * once.
 */
@Sharable
final class WriteTimeoutGrace extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent idle && idle.isFirst())) {
            context.fireUserEventTriggered(event);
        }
    }
}
