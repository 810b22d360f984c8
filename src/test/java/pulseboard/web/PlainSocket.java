package pulseboard.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A socket without any library, which can send what no library would and can stop reading. */
final class PlainSocket implements AutoCloseable {

    static final int CONTINUATION = 0x00;
    static final int TEXT = 0x01;
    static final int CLOSE = 0x08;
    static final int FINAL = 0x80;

    /** The lines that ask for a WebSocket. */
    static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final DataInputStream in;

    PlainSocket(int port) throws IOException {
        this(port, 65_536);
    }

    /** The same with a small receive buffer, so that little is under way when nobody reads. */
    static PlainSocket withSmallBuffer(int port) throws IOException {
        return new PlainSocket(port, 8192);
    }

    private PlainSocket(int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(Wait.SECONDS * 1000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** A WebSocket of which the head of the answer has been read and nothing after it. */
    static PlainSocket upgraded(int port, String path) throws IOException {
        return new PlainSocket(port).upgrade(path, "X-None: 0");
    }

    /** The same with one more header. */
    static PlainSocket upgraded(int port, String path, String header) throws IOException {
        return new PlainSocket(port).upgrade(path, header);
    }

    /** Both of these. */
    static PlainSocket upgradedWithSmallBuffer(int port, String path) throws IOException {
        return withSmallBuffer(port).upgrade(path, "X-None: 0");
    }

    private PlainSocket upgrade(String path, String header) throws IOException {
        String head = request("GET " + path + " HTTP/1.1", "Host: localhost", header, UPGRADE);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(head);
        }
        return this;
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends these lines as the head of a request, and returns the head of the answer. */
    String request(String... lines) throws IOException {
        send(String.join("\r\n", lines) + "\r\n\r\n");
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads so many bytes of a body. */
    String read(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Reads until this has come, and little more. */
    void skipTo(String text) throws IOException {
        StringBuilder last = new StringBuilder();
        while (!last.toString().equals(text)) {
            last.append((char) in.readUnsignedByte());
            last.delete(0, Math.max(0, last.length() - text.length()));
        }
    }

    /** Takes one byte and no more from the kernel, not one that has been read ahead; -1 at the end. */
    int readUnbuffered() throws IOException {
        return socket.getInputStream().read();
    }

    void sendText(String text) throws IOException {
        sendFrame(TEXT | FINAL, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the same message so many times, at once. */
    void sendTextTimes(int times, String text) throws IOException {
        byte[] frame = frame(TEXT | FINAL, text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer frames = ByteBuffer.allocate(times * frame.length);
        for (int i = 0; i < times; i++) {
            frames.put(frame);
        }
        out.write(frames.array());
    }

    void sendFrame(int firstByte, byte[] payload) throws IOException {
        out.write(frame(firstByte, payload));
    }

    /** Sends no more of a frame than what tells its length. */
    void sendHeadOfFrame(int firstByte, int length) throws IOException {
        out.write(frame(firstByte, new byte[length]), 0, 8);
    }

    /** A masked frame whose mask is zero. */
    private static byte[] frame(int firstByte, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) firstByte);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** Reads the payload of the next frame. */
    String readFrame() throws IOException {
        in.readByte();
        int length = in.readByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Everything that comes until the server ends the connection, however it does, as text and with the heads of frames. */
    String readFramesToEnd() {
        StringBuilder all = new StringBuilder();
        try {
            byte[] some = new byte[65_536];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                all.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            all.append(e);
        }
        return all.toString();
    }

    /** Skips to the frame by which the server closes the WebSocket, or else to an error, and returns its first byte. */
    int skipToLastFrame() throws IOException {
        while (true) {
            in.mark(1);
            int firstByte = in.readUnsignedByte();
            if (firstByte == (CLOSE | FINAL)) {
                return firstByte;
            }
            in.reset();
            readFrame();
        }
    }

    /** Reads all that comes until the server ends the connection. */
    String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads until the server ends the connection, however it does. */
    void skipToEnd() throws IOException {
        try {
            in.skip(Long.MAX_VALUE);
            while (in.read() >= 0) {
                in.skip(Long.MAX_VALUE);
            }
        } catch (SocketException e) {
            // A reset is an end too.
        }
    }

    /** Ends the connection with a reset instead of a farewell. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
