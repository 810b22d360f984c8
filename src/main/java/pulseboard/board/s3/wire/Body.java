package pulseboard.board.s3.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What is sent with a request; read once, from its beginning, by one thread. */
public interface Body {

    /** How much it is. */
    long bytes();

    /**
     * Reads what comes next.
     *
     * @param chunk where to; it has room
     * @return how much it was; nothing or less: there is no more, too early
     */
    int read(ByteBuffer chunk) throws IOException, InterruptedException;

    /** So much more was handed to the network. Called on another thread. */
    void sent(int bytes);
}
