package pulseboard.fleet.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.KeptText;

/**
 * One value that several hubs share, under one key. It is changed only by who has seen what it is (compare-and-set), and is in memory
 * here: who changes it tells the others, and each looks every 30 s whether it missed that. Without a majority of the servers it can be
 * read and not changed.
 */
final class NatsText implements KeptText {

    private static final Logger LOG = LoggerFactory.getLogger(NatsText.class);
    private static final int WRONG_LAST_SEQUENCE = 10_071;
    private static final int TRIES = 20;
    private static final long PAUSE_MILLISECONDS = 100;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String key;
    private final KeyValue bucket;
    private final Notice notice;
    private final int mostBytes;
    private volatile Known known = new Known(0, null);
    private volatile long toldRevision;
    private volatile long lookedNanos;
    private @Nullable Object written;

    private record Known(long revision, @Nullable String text) {}

    /** How others are told. */
    @FunctionalInterface
    interface Notice {
        /** The key has this revision by now. */
        void of(String key, long revision);
    }

    NatsText(KeyValue bucket, String key, int mostBytes, Notice notice) {
        this.bucket = bucket;
        this.key = key;
        this.mostBytes = mostBytes;
        this.notice = notice;
        this.lookedNanos = System.nanoTime() - LOOK_NANOS;
    }

    @Override
    public String place() {
        return "the key " + key + " of the bucket " + bucket.getBucketName() + " of NATS";
    }

    /** Another hub says that it changed it. */
    void told(long revision) {
        toldRevision = Math.max(toldRevision, revision);
    }

    @Override
    public @Nullable String read() throws IOException {
        if (known.revision == 0) {
            look();
        }
        return known.text;
    }

    @Override
    public @Nullable Object version() {
        if (toldRevision > known.revision || System.nanoTime() - lookedNanos > LOOK_NANOS) {
            try {
                look();
            } catch (IOException e) {
                LOG.debug("{} stays as it was", place(), e);
            }
        }
        Known now = known;
        return now.revision == 0 ? null : now.revision;
    }

    @Override
    public @Nullable Object written() {
        return written;
    }

    /** Takes what it is now. A server that is behind the others may answer with what it was. */
    private synchronized void look() throws IOException {
        try {
            KeyValueEntry entry = bucket.get(key);
            lookedNanos = System.nanoTime();
            if (entry != null && entry.getRevision() > known.revision) {
                known = new Known(entry.getRevision(), new String(entry.getValue(), StandardCharsets.UTF_8));
            }
        } catch (JetStreamApiException | IllegalStateException e) {
            throw new IOException(place() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void update(Update change) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (known.revision == 0 || attempt > 0) {
                look();
            }
            Known before = known;
            String next = change.apply(before.text);
            byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > mostBytes) {
                throw new IOException(place() + " would have " + bytes.length + " bytes, and the servers take "
                        + mostBytes + " (max_payload)");
            }
            long revision = write(before, bytes);
            if (revision > 0) {
                known = new Known(revision, next);
                written = revision;
                notice.of(key, revision);
                return;
            }
            pause(); // Another was faster, and the server that is asked may not know it yet.
        }
        throw new IOException(place() + " is changed by others all the time");
    }

    /** The new revision; 0 when another was faster. */
    private long write(Known before, byte[] bytes) throws IOException {
        try {
            return before.revision == 0 ? bucket.create(key, bytes) : bucket.update(key, bytes, before.revision);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return 0;
            }
            throw unwritable(e);
        } catch (IOException | IllegalStateException e) {
            throw unwritable(e);
        }
    }

    private IOException unwritable(Exception e) {
        return new IOException(
                place() + " cannot be changed: no majority of the NATS servers is there (" + e.getMessage() + ")", e);
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
