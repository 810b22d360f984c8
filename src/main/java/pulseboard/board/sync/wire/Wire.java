package pulseboard.board.sync.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import pulseboard.engine.RateLimit;

/**
 * A connection by TLS whose bytes are counted below it, on the socket, in both directions. Both ends have shown who they are when it is
 * made. One thread reads and one writes.
 */
public final class Wire implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final int CONNECT_MILLISECONDS = 5_000;

    private final Counted counted;
    private final SSLSocket secured;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final String peer;

    private Wire(Counted counted, SSLSocket secured) throws IOException {
        this.counted = counted;
        this.secured = secured;
        secured.startHandshake();
        peer = Identity.id(secured.getSession().getPeerCertificates()[0]);
        in = new DataInputStream(new BufferedInputStream(secured.getInputStream(), BUFFER));
        out = new DataOutputStream(new BufferedOutputStream(secured.getOutputStream(), BUFFER));
    }

    /**
     * Connects.
     *
     * @param silenceMilliseconds how long a read may wait; 0 waits for ever
     */
    public static Wire connect(SSLContext context, InetSocketAddress address, int silenceMilliseconds)
            throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(address, CONNECT_MILLISECONDS);
            return secure(context, plain, true, silenceMilliseconds);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** Takes a connection that somebody has made; fails for whoever does not show who he is. */
    public static Wire accept(SSLContext context, Socket plain, int silenceMilliseconds) throws IOException {
        return secure(context, plain, false, silenceMilliseconds);
    }

    private static Wire secure(SSLContext context, Socket plain, boolean isClient, int silence) throws IOException {
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(silence);
        Counted counted = new Counted(plain);
        SSLSocket secured = (SSLSocket) context.getSocketFactory()
                .createSocket(counted, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        secured.setUseClientMode(isClient);
        if (!isClient) {
            secured.setNeedClientAuth(true);
        }
        return new Wire(counted, secured);
    }

    /** Who is at the other end. */
    public String peer() {
        return peer;
    }

    /** What comes. */
    public DataInputStream in() {
        return in;
    }

    /** What goes; to be flushed. */
    public DataOutputStream out() {
        return out;
    }

    /** From now on what comes and what goes is no faster than these allow, which others may share. */
    public void limit(RateLimit coming, RateLimit going) {
        counted.coming = coming;
        counted.going = going;
    }

    /** Bytes that came, TLS included. */
    public long receivedBytes() {
        return counted.received.get();
    }

    /** Bytes that went, TLS included. */
    public long sentBytes() {
        return counted.sent.get();
    }

    @Override
    public void close() {
        try {
            counted.close(); // Without the words of farewell of TLS: they may wait for whoever does not read.
            secured.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    /** A socket that counts. What TLS uses of it leads to the real one. */
    private static final class Counted extends Socket {
        private final Socket socket;
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private volatile RateLimit coming = new RateLimit();
        private volatile RateLimit going = new RateLimit();

        Counted(Socket socket) {
            this.socket = socket;
        }

        private static void await(RateLimit limit, int bytes) throws IOException {
            try {
                limit.await(bytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(socket.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int one = in.read();
                    received.addAndGet(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int count = in.read(bytes, from, length);
                    received.addAndGet(Math.max(0, count));
                    await(coming, Math.max(0, count)); // Meanwhile the other side cannot send.
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(socket.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    await(going, length);
                    out.write(bytes, from, length);
                    sent.addAndGet(length);
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            socket.close();
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public void shutdownInput() throws IOException {
            socket.shutdownInput();
        }

        @Override
        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public boolean isInputShutdown() {
            return socket.isInputShutdown();
        }

        @Override
        public boolean isOutputShutdown() {
            return socket.isOutputShutdown();
        }

        @Override
        public boolean isBound() {
            return socket.isBound();
        }

        @Override
        public synchronized void setSoTimeout(int milliseconds) throws java.net.SocketException {
            socket.setSoTimeout(milliseconds);
        }

        @Override
        public synchronized int getSoTimeout() throws java.net.SocketException {
            return socket.getSoTimeout();
        }

        @Override
        public void setSoLinger(boolean on, int seconds) throws java.net.SocketException {
            socket.setSoLinger(on, seconds);
        }

        @Override
        public int getSoLinger() throws java.net.SocketException {
            return socket.getSoLinger();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return socket.getRemoteSocketAddress();
        }

        @Override
        public java.net.InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public int getPort() {
            return socket.getPort();
        }
    }
}
