package pulseboard.board.uploads.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was uploaded, line by line in a file that is only added to; each addition is on the disk when it returns. Thread-safe. */
final class Ledger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Path file;
    private FileChannel channel;

    /** Opens it, and makes it if it is not there. */
    Ledger(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        channel = open(file);
        endLastLine();
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What was written half before a crash is a line of its own then, which its checksum refuses. */
    private void endLastLine() throws IOException {
        long size = channel.size();
        channel.position(size);
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            write("\n");
        }
    }

    /** Gives all that it holds, oldest first. */
    synchronized void read(Consumer<LedgerRecord> each) throws IOException {
        int damaged = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                var record = LedgerRecord.read(text);
                record.ifPresent(each);
                damaged += record.isEmpty() && !text.isBlank() ? 1 : 0;
            }
        }
        if (damaged > 0) {
            LOG.warn("{} lines of {} are damaged and left out", damaged, file);
        }
    }

    /** Adds some. */
    synchronized void add(List<LedgerRecord> records) throws IOException {
        if (!records.isEmpty()) {
            write(records.stream().map(LedgerRecord::line).collect(Collectors.joining()));
        }
    }

    private void write(String lines) throws IOException {
        long before = channel.size();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(before).position(before); // Nothing of it is to be there: it is tried again as a whole.
            throw e;
        }
    }

    /** How large it is, in bytes. */
    synchronized long size() throws IOException {
        return channel.size();
    }

    /** Leaves out what is not kept; first come those that stand for it. Either the old or the new file is there at any time. */
    synchronized void rewrite(List<LedgerRecord> first, Predicate<LedgerRecord> isKept) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        FileChannel old = channel;
        channel = open(next);
        add(first);
        StringBuilder lines = new StringBuilder();
        read(record -> {
            if (isKept.test(record)) {
                lines.append(record.line());
            }
        });
        write(lines.toString());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        old.close();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
