package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import org.junit.jupiter.api.Test;

/** Which looks at a silent connection end it: those that are passed on. */
class WriteTimeoutGraceTest {

    private int ends;
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new WriteTimeoutGrace(), new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                    ends++;
                }
            });

    private void look(IdleStateEvent event) {
        channel.pipeline().fireUserEventTriggered(event);
    }

    @Test
    void secondLookEndsWhatNothingCouldBeWrittenTo() {
        look(IdleStateEvent.FIRST_WRITER_IDLE_STATE_EVENT);
        assertEquals(0, ends);
        look(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        assertEquals(1, ends);
    }

    @Test
    void bodyThatKeepsComingMayTakeAsLongAsItTakes() {
        look(IdleStateEvent.FIRST_WRITER_IDLE_STATE_EVENT);
        for (int part = 0; part < 10; part++) {
            channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[] {1})));
            look(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        }
        assertEquals(0, ends);
        look(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        assertEquals(1, ends, "nothing of it has come for that time");
    }

    @Test
    void whoDoesNotReadIsNotExcusedByWhatIsSent() {
        ChannelFuture unused = channel.write(Unpooled.wrappedBuffer(new byte[] {1}));
        look(IdleStateEvent.FIRST_WRITER_IDLE_STATE_EVENT);
        channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[] {1})));
        look(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        assertEquals(1, ends);
    }

    @Test
    void requestWithoutABodyIsNoReasonToWait() {
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        look(IdleStateEvent.FIRST_WRITER_IDLE_STATE_EVENT);
        look(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        assertEquals(1, ends);
    }
}
