package pulseboard.board.s3.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server by HTTP/1.1, one request after the other. Used by one thread at a time, which waits; another one may look
 * how long it does, and end it.
 */
final class Connection implements AutoCloseable {

    private static final int SEND_BUFFER_BYTES = 262_144;
    private static final int CHUNK_BYTES = 65_536;
    private static final int CONNECT_MILLISECONDS = 10_000;

    /** Outside of the heap, where a channel takes them from without one more copy; a file's bytes are read into it. */
    private static final ThreadLocal<ByteBuffer> CHUNK =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(CHUNK_BYTES));

    private volatile SocketChannel channel;
    private @Nullable OutputStream encrypted;
    private @Nullable InputStream input;
    private @Nullable AnswerReader answers;
    private boolean isWhole;
    private volatile boolean isSilent;
    private volatile long waitsSinceNanos;

    /** Nothing is connected yet. */
    Connection() throws IOException {
        channel = opened();
    }

    private static SocketChannel opened() throws IOException {
        SocketChannel opened = SocketChannel.open();
        opened.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return opened;
    }

    /** The network has failed, not what was to be sent; the cause says how. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(Throwable cause) {
            super(cause);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** Does what waits for the network. */
    private <T> T onNetwork(Step<T> step) throws Broken, InterruptedException {
        waitsSinceNanos = System.nanoTime() | 1; // 0 means that it does not wait.
        try {
            return step.run();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new Broken(isSilent ? new TimeoutException() : e);
        } finally {
            waitsSinceNanos = 0;
        }
    }

    /** Ends it, where it has waited for longer than this. */
    void endIfSilent(long nanos) throws IOException {
        long since = waitsSinceNanos;
        if (since != 0 && System.nanoTime() - since > nanos) {
            isSilent = true;
            channel.close();
        }
    }

    /**
     * Connects to the first address of the server that answers.
     *
     * @param tls null: unencrypted
     */
    void connect(Target target, @Nullable SSLSocketFactory tls) throws Broken, InterruptedException {
        InputStream in = onNetwork(() -> {
            reach(target);
            if (tls == null) {
                return channel.socket().getInputStream();
            }
            SSLSocket safe = (SSLSocket) tls.createSocket(channel.socket(), target.host(), target.port(), true);
            SSLParameters parameters = safe.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            safe.setSSLParameters(parameters);
            safe.startHandshake();
            encrypted = safe.getOutputStream();
            return safe.getInputStream();
        });
        input = in;
        answers = new AnswerReader(buffer -> onNetwork(() -> in.read(buffer)));
    }

    private void reach(Target target) throws IOException {
        ConnectException unreachable = new ConnectException();
        for (InetAddress address : InetAddress.getAllByName(target.host())) {
            try {
                channel.socket().connect(new InetSocketAddress(address, target.port()), CONNECT_MILLISECONDS);
                return;
            } catch (IOException e) {
                unreachable.addSuppressed(e);
                if (isSilent || Thread.currentThread().isInterrupted()) {
                    break;
                }
                channel.close();
                channel = opened(); // One that did not connect is of no more use.
            }
        }
        throw unreachable;
    }

    /**
     * Makes a request and waits for the whole answer.
     *
     * @param head the request up to its body
     * @param isHead whether the answer has no body whatever it says
     * @param sink takes the body of a good answer, where that is wanted
     * @throws Broken when the network fails
     */
    S3Answer exchange(byte[] head, @Nullable Body body, boolean isHead, @Nullable Consumer<byte[]> sink)
            throws IOException, InterruptedException {
        AnswerReader reader = answers;
        if (reader == null) {
            throw new IllegalStateException("not connected");
        }
        isWhole = false;
        Broken broken = null;
        try {
            send(ByteBuffer.wrap(head), body, reader);
        } catch (Broken e) {
            broken = e; // Who refuses a request may hang up before all of it is there: then its answer says why.
        }
        try {
            return reader.read(isHead, sink);
        } catch (Broken | EOFException e) {
            throw broken == null ? new Broken(e instanceof Broken && e.getCause() != null ? e.getCause() : e) : broken;
        }
    }

    /** Ends early when there is an answer before all is sent. */
    private void send(ByteBuffer head, @Nullable Body body, AnswerReader reader)
            throws IOException, InterruptedException {
        long left = body == null ? 0 : body.bytes();
        ByteBuffer chunk = CHUNK.get();
        if (isAskedFirst(left)) {
            onNetwork(() -> write(head, chunk.clear().limit(0)));
            if (!reader.isToGoOn()) {
                return;
            }
        }
        do {
            int bytes = (int) Math.min(CHUNK_BYTES, left);
            chunk.clear().limit(bytes);
            if (body != null) {
                fill(chunk, body);
            }
            onNetwork(() -> write(head, chunk));
            if (body != null) {
                body.sent(bytes);
            }
            left -= bytes;
        } while (left > 0 && !isAnswered());
        isWhole = left == 0;
    }

    /**
     * Whether a body of this size is sent only when the server says so ({@code Expect: 100-continue}). On an encrypted connection
     * nothing could be read any more once it hangs up, and what it says before cannot be looked for without waiting.
     */
    boolean isAskedFirst(long bytes) {
        return encrypted != null && bytes > CHUNK_BYTES;
    }

    private boolean isAnswered() throws Broken, InterruptedException {
        InputStream in = input;
        return encrypted == null && in != null && onNetwork(in::available) > 0;
    }

    private static void fill(ByteBuffer chunk, Body body) throws IOException, InterruptedException {
        while (chunk.hasRemaining()) {
            if (body.read(chunk) <= 0) {
                throw new S3Failure("changed", "the file became shorter while it was sent", null);
            }
        }
        chunk.flip();
    }

    private boolean write(ByteBuffer head, ByteBuffer chunk) throws IOException {
        OutputStream safe = encrypted;
        if (safe != null) {
            byte[] all = new byte[head.remaining() + chunk.remaining()];
            int headBytes = head.remaining();
            head.get(all, 0, headBytes);
            chunk.get(all, headBytes, chunk.remaining());
            safe.write(all);
            return true;
        }
        ByteBuffer[] both = {head, chunk};
        while (head.hasRemaining() || chunk.hasRemaining()) {
            channel.write(both);
        }
        return true;
    }

    /** Whether another request may follow on it. */
    boolean isReusable() {
        AnswerReader reader = answers;
        return isWhole && reader != null && reader.isOver() && channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
