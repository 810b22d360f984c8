package pulseboard.board.lab.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Requests for one chunk that are sent and not read, until they are: by plain sockets, since a client with buffers would hold megabytes of each. */
final class HeldReads implements AutoCloseable {

    private static final int PATIENCE_MILLISECONDS = 60_000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final List<Socket> sockets = new ArrayList<>();
    private final int wanted;

    /** Sends so many; fewer where a connection is refused. */
    HeldReads(int wanted, int port, String path, String token) {
        this.wanted = wanted;
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                        + "\r\nConnection: close" + END_OF_HEAD)
                .getBytes(StandardCharsets.ISO_8859_1);
        try {
            for (int n = 0; n < wanted; n++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                socket.setSoTimeout(PATIENCE_MILLISECONDS);
                socket.getOutputStream().write(request);
            }
        } catch (IOException e) {
            // Those that are missing count as failed.
        }
    }

    /** Reads all of them, one after the other; how many gave something else, or nothing. */
    int readAll(String sha256) {
        int failed = wanted - sockets.size();
        for (Socket socket : sockets) {
            try (InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
                failed += bodySum(in).equals(sha256) ? 0 : 1;
            } catch (IOException e) {
                failed++;
            }
        }
        return failed;
    }

    private static String bodySum(InputStream in) throws IOException {
        int found = 0;
        while (found < END_OF_HEAD.length()) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no answer");
            }
            found = next == END_OF_HEAD.charAt(found) ? found + 1 : next == '\r' ? 1 : 0;
        }
        try (DigestInputStream body = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] some = new byte[1 << 16];
            while (body.read(some) >= 0) {
                // It is summed up as it comes.
            }
            return HexFormat.of().formatHex(body.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
