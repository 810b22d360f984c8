package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.wire.ListedObject;

/**
 * Objects that the job would have made and whose files were not found, on disk, while the bucket is gone through. Objects that it
 * would never make, such as what filters leave out and what is in the trash, do not belong to it.
 */
final class Surplus implements AutoCloseable {

    private final String prefix;
    private final String trash;
    private final Filter filter;
    private final Path file;
    private final BufferedWriter writer;
    private long objects;
    private long count;
    private long bytes;

    Surplus(JobConfig job, Filter filter, Path file) throws IOException {
        this.prefix = job.prefix();
        this.trash = job.trashPrefix();
        this.filter = filter;
        this.file = file;
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    /** An object that a file was found for. */
    void matched() {
        objects++;
    }

    /** An object that no file was found for. */
    void unmatched(ListedObject object) throws IOException {
        String key = object.key();
        if (!key.startsWith(prefix) || key.startsWith(trash) || !filter.wouldSend(path(key))) {
            return;
        }
        objects++;
        count++;
        bytes += object.bytes();
        writer.write(
                new JsonObject().put("key", key).put("bytes", object.bytes()).encode());
        writer.write('\n');
    }

    String path(String key) {
        return key.substring(prefix.length());
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** Its share of all objects of the job. */
    double percent() {
        return objects == 0 ? 0 : count * 100.0 / objects;
    }

    /** All of them, in the order they were found. */
    Reader read() throws IOException {
        writer.flush();
        return new Reader(Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }

    /** Reads them. */
    record Reader(BufferedReader lines) implements AutoCloseable {

        /** The next one; null: that was all. */
        @Nullable
        ListedObject next() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            JsonObject json = new JsonObject(line);
            return new ListedObject(json.getString("key"), json.getLong("bytes"), "");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
