package pulseboard.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * Tells of a connection that the write time-out closes because its reader stalls. One that has nothing to be written is
 * closed as well, and not worth a word.
 */
@Sharable
final class StallDetector extends ChannelInboundHandlerAdapter {

    private final Warnings warnings;
    private long stalled;

    StallDetector(Warnings warnings) {
        this.warnings = warnings;
    }

    /** How many there were. */
    long count() {
        return stalled;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        if (event instanceof IdleStateEvent && waiting != null && !waiting.isEmpty()) {
            stalled++;
            warnings.closed("a connection", "its reader took nothing for web.writeTimeoutSeconds");
        }
        context.fireUserEventTriggered(event);
    }
}
