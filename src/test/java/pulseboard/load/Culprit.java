package pulseboard.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of somebody who means harm, or whose line is bad. It never waits, but for the answer to an upgrade. */
final class Culprit {

    private static final int RECEIVE_BUFFER_BYTES = 8192;
    private static final int KEPT_BYTES = 4096;
    private static final int CLOSE_FRAME = 0x88;
    private static final Pattern ERROR = Pattern.compile("\"type\\W+err\\W+body\\W+(\\w+)");
    private static final Pattern FAREWELL = Pattern.compile("c\\[(\\d+)");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([2-5]\\d\\d)");

    private static final ByteBuffer INPUT = ByteBuffer.allocateDirect(1 << 16);

    private final SocketChannel channel = SocketChannel.open();
    private String tail = "";
    private boolean ended;
    private boolean reset;

    Culprit(URI url) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        try {
            channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        } catch (IOException refused) {
            ended = true;
        }
        channel.configureBlocking(false);
    }

    boolean isEnded() {
        return ended;
    }

    /** Sends the request that opens a viewer's connection, and what registers it. */
    void join(URI url, Transport transport) throws IOException {
        send(transport.greeting(url.getAuthority(), url.getPath(), BoardServer.BOARD));
        long end = System.nanoTime() + 10_000_000_000L;
        while (!ended && !tail.contains("\r\n\r\n") && System.nanoTime() - end < 0) {
            read(1);
        }
        if (transport != Transport.STREAM) {
            send(transport.register(BoardServer.BOARD));
        }
    }

    /** Sends as much of this as is taken; returns whether that was all. */
    boolean send(ByteBuffer bytes) {
        try {
            while (!ended && bytes.hasRemaining() && channel.write(bytes) > 0) {
                // More may be taken.
            }
        } catch (IOException failure) {
            end();
        }
        return !bytes.hasRemaining();
    }

    /** Reads at most so much of what there is, and returns how much. */
    int read(int most) {
        int length = -1;
        try {
            length = ended ? 0 : channel.read(INPUT.clear().limit(Math.min(most, INPUT.capacity())));
        } catch (IOException failure) {
            reset = true;
        }
        if (length < 0) {
            end();
            return 0;
        }
        if (length > 0) {
            byte[] bytes = new byte[Math.min(length, KEPT_BYTES)];
            INPUT.flip().position(length - bytes.length).get(bytes);
            tail += new String(bytes, StandardCharsets.ISO_8859_1);
            tail = tail.substring(Math.max(0, tail.length() - KEPT_BYTES));
        }
        return length;
    }

    /** What the server said last: the reason of an end, or else of a refusal. */
    String reason() {
        int close = tail.lastIndexOf(CLOSE_FRAME);
        if (close >= 0 && close + 4 <= tail.length() && tail.charAt(close + 1) == tail.length() - close - 2) {
            return "code " + (tail.charAt(close + 2) << 8 | tail.charAt(close + 3));
        }
        String words = last(ERROR) + last(FAREWELL);
        if (words.isEmpty() && !last(STATUS).isEmpty()) {
            words = "status " + last(STATUS);
        }
        return words.isEmpty() ? reset ? "reset" : "no word" : words;
    }

    private String last(Pattern pattern) {
        Matcher matcher = pattern.matcher(tail);
        String found = "";
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }

    private void end() {
        ended = true;
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            ended = true;
        }
    }
}
