package pulseboard.board.lab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log that is being written in place of another. Nobody reads it before it has its name. */
final class LogCopy implements AutoCloseable {

    private final FileChannel channel;

    LogCopy(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    void add(LogRecord record, byte[] body) throws IOException {
        for (ByteBuffer part : List.of(record.toBytes(), ByteBuffer.wrap(body))) {
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    /** Adds all there is of a key. Bytes that have rotted keep their sum: they must not pass for sound. */
    void add(String key, Held held, @Nullable Integer sum, Log from) throws IOException {
        byte[] body = held.hasBytes() ? from.read(held.offset(), held.length()) : new byte[0];
        LogRecord.Kind kind = held.hasBytes() ? LogRecord.Kind.ACCEPT : LogRecord.Kind.STATE;
        LogRecord whole = LogRecord.of(kind, held.toJson(key).encode(), body);
        add(sum == null ? whole : new LogRecord(kind, whole.text(), body.length, sum), body);
    }

    /** All that was added is on disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
