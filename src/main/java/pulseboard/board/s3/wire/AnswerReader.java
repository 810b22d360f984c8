package pulseboard.board.s3.wire;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads answers of HTTP/1.1 (RFC 9112), one after the other. What is no such answer, or is cut off, is a failure. */
final class AnswerReader {

    private static final int BUFFER_BYTES = 16_384;
    private static final int MOST_HEAD_BYTES = 65_536;
    private static final int MOST_BODY_BYTES = 8_388_608;
    private static final int GOOD = 200;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.(\\d) (\\d{3})( .*)?");

    private final Source source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private int headBytes;
    private boolean isOver;
    private @Nullable Head begun;

    /** Where the bytes come from; it waits until there are some. */
    interface Source {
        /** How many were put there; less than 0: there are no more. */
        int read(byte[] buffer) throws IOException, InterruptedException;
    }

    private interface Sink {
        void take(byte[] piece) throws S3Failure;
    }

    private record Head(int status, boolean isLasting, Map<String, String> headers) {}

    AnswerReader(Source source) {
        this.source = source;
    }

    /** Whether the last answer has come to its end, and another one may follow it. */
    boolean isOver() {
        return isOver && at == end;
    }

    /** Waits for the head of an answer; whether it only says to go on. */
    boolean isToGoOn() throws IOException, InterruptedException {
        Head head = head();
        begun = head.status < GOOD ? null : head;
        return begun == null;
    }

    /** The next answer; those that only say that there will be one are passed over. */
    S3Answer read(boolean isHead, @Nullable Consumer<byte[]> sink) throws IOException, InterruptedException {
        isOver = false;
        Head head = begun == null ? head() : begun;
        begun = null;
        while (head.status < GOOD) {
            head = head();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        Sink taken = sink != null && head.status == GOOD ? sink::accept : piece -> keep(body, piece);
        boolean hasNone = isHead || head.status == 204 || head.status == 304;
        isOver = (hasNone || body(head.headers, taken)) && head.isLasting;
        return new S3Answer(head.status, head.headers, Buffer.buffer(body.toByteArray()));
    }

    /** Answers cannot fill the memory. */
    private static void keep(ByteArrayOutputStream body, byte[] piece) throws S3Failure {
        if (body.size() + piece.length > MOST_BODY_BYTES) {
            throw bad("the server's answer is too long");
        }
        body.write(piece, 0, piece.length);
    }

    private Head head() throws IOException, InterruptedException {
        headBytes = 0;
        Matcher status = STATUS.matcher(line());
        if (!status.matches()) {
            throw bad("the server speaks something else than HTTP/1.1");
        }
        Map<String, String> headers = headers();
        boolean isClosing =
                headers.getOrDefault("Connection", "").toLowerCase(Locale.ROOT).contains("close");
        return new Head(Integer.parseInt(status.group(2)), status.group(1).equals("1") && !isClosing, headers);
    }

    private Map<String, String> headers() throws IOException, InterruptedException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw bad("the server's answer has a header without a name");
            }
            headers.merge(
                    line.substring(0, colon), line.substring(colon + 1).strip(), (one, other) -> one + "," + other);
        }
        return headers;
    }

    /** Whether it says where it ends; else the connection ends with it. */
    private boolean body(Map<String, String> headers, Sink sink) throws IOException, InterruptedException {
        if (headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            chunks(sink);
            return true;
        }
        String length = headers.get("Content-Length");
        if (length != null) {
            take(number(length, DECIMAL), sink);
            return true;
        }
        while (at < end || fill()) {
            sink.take(some(Long.MAX_VALUE));
        }
        return false;
    }

    private void chunks(Sink sink) throws IOException, InterruptedException {
        headBytes = 0;
        long bytes = chunkBytes();
        while (bytes > 0) {
            take(bytes, sink);
            headBytes = 0;
            if (!line().isEmpty()) {
                throw bad("a chunk of the server's answer is longer than it says");
            }
            bytes = chunkBytes();
        }
        Map<String, String> unused = headers();
    }

    private long chunkBytes() throws IOException, InterruptedException {
        return number(line().replaceFirst(";.*", ""), HEXADECIMAL);
    }

    private void take(long bytes, Sink sink) throws IOException, InterruptedException {
        for (long left = bytes; left > 0; ) {
            if (at == end) {
                require(fill());
            }
            byte[] piece = some(left);
            sink.take(piece);
            left -= piece.length;
        }
    }

    /** What is there, up to so much. */
    private byte[] some(long most) {
        int count = (int) Math.min(most, end - at);
        byte[] piece = Arrays.copyOfRange(buffer, at, at + count);
        at += count;
        return piece;
    }

    private String line() throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int begin = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.append(new String(buffer, begin, at - begin, StandardCharsets.ISO_8859_1));
            headBytes += at - begin + 1;
            if (headBytes > MOST_HEAD_BYTES) {
                throw bad("the head of the server's answer is too long");
            }
            if (at < end) {
                at++;
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            require(fill());
        }
    }

    private boolean fill() throws IOException, InterruptedException {
        int count = source.read(buffer);
        at = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    private static void require(boolean isMore) throws EOFException {
        if (!isMore) {
            throw new EOFException("it hung up");
        }
    }

    private static long number(String text, int base) throws S3Failure {
        try {
            long number = Long.parseLong(text.strip(), base);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw bad("the server's answer does not say how long it is");
    }

    private static S3Failure bad(String words) {
        return new S3Failure("badAnswer", words, null);
    }
}
