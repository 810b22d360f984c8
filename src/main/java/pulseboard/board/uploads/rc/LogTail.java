package pulseboard.board.uploads.rc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what is added to a log, whole lines only. Not thread-safe. */
public final class LogTail {

    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private long offset;

    /** From there on. */
    public LogTail(Path file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    /** The next lines, about a mebibyte at most; none where there is nothing new, or no file yet. */
    public List<LogLine> next() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            int length = (int) Math.min(MOST_BYTES, channel.size() - offset);
            ByteBuffer bytes = ByteBuffer.allocate(Math.max(0, length));
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes, offset + bytes.position());
            }
            return lines(bytes.array(), bytes.position());
        }
    }

    private List<LogLine> lines(byte[] bytes, int length) {
        List<LogLine> lines = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                String line = new String(bytes, begin, at - begin, StandardCharsets.UTF_8);
                begin = at + 1;
                lines.add(LogLine.of(offset + begin, line));
            }
        }
        if (begin == 0 && length == MOST_BYTES) {
            begin = length; // A line that long is none of rclone's.
        }
        offset += begin;
        return lines;
    }
}
