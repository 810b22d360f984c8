package pulseboard.web;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection on which more requests come in at once than {@value #MOST}. Requests wait, decoded, until those before
 * them are answered, and the server stops reading only after it has decoded all that came: thousands, if they are small.
 * Browsers and proxies send one at a time.
 */
final class PipeliningLimit extends ChannelInboundHandlerAdapter {

    static final int MOST = 16;

    private final Warnings warnings;
    private int requests;

    PipeliningLimit(Warnings warnings) {
        this.warnings = warnings;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            requests++;
            if (requests == MOST + 1) {
                warnings.refused("a connection", "more than " + MOST + " requests at once");
                ChannelFuture unused = context.close();
            }
        }
        if (requests > MOST) { // What has been read already is still decoded and comes here.
            ReferenceCountUtil.release(message);
            return;
        }
        context.fireChannelRead(message);
        if (!(message instanceof HttpObject) && !context.isRemoved()) {
            context.pipeline().remove(this); // A WebSocket by now.
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        requests = requests > MOST ? requests : 0;
        context.fireChannelReadComplete();
    }
}
