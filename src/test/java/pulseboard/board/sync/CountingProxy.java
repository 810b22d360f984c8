package pulseboard.board.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Passes on whatever comes at one address to another one, and back, and counts it. It knows nothing of what it carries. */
final class CountingProxy implements AutoCloseable {

    private final AtomicLong bytes = new AtomicLong();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;
    private final InetSocketAddress to;

    CountingProxy(InetAddress host, InetSocketAddress to) throws IOException {
        this.to = to;
        server = new ServerSocket(to.getPort(), 50, host);
        begin(this::accept);
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "counting proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** In both directions, since it began. */
    long bytes() {
        return bytes.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket one = server.accept();
                Socket other = new Socket(to.getAddress(), to.getPort());
                sockets.add(one);
                sockets.add(other);
                begin(() -> carry(one, other));
                begin(() -> carry(other, one));
            } catch (IOException e) {
                Thread.onSpinWait(); // It is closed, or whoever asked has gone.
            }
        }
    }

    private void carry(Socket from, Socket into) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                into) {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes.addAndGet(length);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            Thread.onSpinWait(); // One of them has closed it, and now it is closed to both.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : sockets) {
            each.close();
        }
    }
}
