package pulseboard.board.lab.store;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import pulseboard.board.lab.paxos.Acceptor;
import pulseboard.board.lab.paxos.Message;

/** The acceptor of many decisions, with the bytes that go with them. Nothing is answered before it is on disk. Thread-safe. */
public final class Store implements AutoCloseable {

    private static final long LEAST_GARBAGE = 8 << 20;

    private final Map<String, Held> index = new TreeMap<>();
    private final Map<String, Integer> sums = new TreeMap<>();
    private final LogFiles files;
    private Log log;
    private final long mostBytes;
    private long liveBytes;

    /** Bytes that come with a message. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Bytes(int fragment, byte[] content) {

        /** No bytes. */
        public static final Bytes NONE = new Bytes(0, new byte[0]);
    }

    /** There is no room for more. */
    public static final class Full extends IOException {
        private static final long serialVersionUID = 1;

        private Full() {
            super("the log has reached its limit");
        }
    }

    /**
     * Opens what is in this folder, or begins.
     *
     * @param mostBytes how long the log may become
     */
    public Store(Path folder, long mostBytes) throws IOException {
        this.mostBytes = mostBytes;
        files = new LogFiles(folder);
        log = Log.open(files.current(), this::replay);
    }

    /**
     * Writes a new log without what is not needed any more, where that is more than half. Whatever goes on meanwhile goes on, but for the end of
     * it. One thread at a time.
     *
     * @return whether there is a new log
     * @throws IOException when there is none; then all is as it was
     */
    public boolean compact() throws IOException {
        Map<String, Held> before;
        Log old;
        synchronized (this) {
            if (log.length() - liveBytes < Math.max(LEAST_GARBAGE, log.length() / 2)) {
                return false;
            }
            before = new TreeMap<>(index);
            old = log;
        }
        try (LogCopy copy = new LogCopy(files.next())) {
            for (Map.Entry<String, Held> each : before.entrySet()) {
                copy(copy, old, each.getKey(), each.getValue());
            }
            synchronized (this) {
                finish(copy, before);
                files.replace();
                index.clear();
                sums.clear();
                liveBytes = 0;
                log = Log.open(files.current(), this::replay);
            }
        } finally {
            Files.deleteIfExists(files.next());
        }
        old.close();
        return true;
    }

    private void copy(LogCopy copy, Log from, String key, Held held) throws IOException {
        Integer sum;
        synchronized (this) {
            sum = sums.get(key);
        }
        copy.add(key, held, sum, from);
    }

    /** What was changed since, and a last record without a body: a body at the end that has rotted would count as torn. */
    private void finish(LogCopy copy, Map<String, Held> before) throws IOException {
        log.flush();
        for (Map.Entry<String, Held> each : index.entrySet()) {
            if (!each.getValue().equals(before.get(each.getKey()))) {
                copy(copy, log, each.getKey(), each.getValue());
            }
        }
        for (String key : before.keySet()) {
            if (!index.containsKey(key)) {
                copy.add(deletion(key), new byte[0]);
            }
        }
        copy.add(deletion(""), new byte[0]);
        copy.force();
    }

    private static LogRecord deletion(String key) {
        return LogRecord.of(
                LogRecord.Kind.DELETE, new JsonObject().put("key", key).encode(), new byte[0]);
    }

    /** Where the bytes of a key are: in which file, and where in it. */
    public record Place(Path file, Held held) {}

    /** Where the bytes of a key are, if it has any. A file that was replaced meanwhile is still there for a minute. */
    public synchronized Optional<Place> place(String key) {
        return Optional.ofNullable(index.get(key)).filter(Held::hasBytes).map(held -> new Place(log.file(), held));
    }

    /** Deletes logs that were replaced. */
    public synchronized void deleteReplaced() throws IOException {
        files.deleteReplaced();
    }

    private synchronized void replay(Log.At at, boolean isWhole) {
        JsonObject said = new JsonObject(at.record().text());
        String key = said.getString("key", "");
        Held before = held(key);
        switch (at.record().kind()) {
            case DELETE -> forget(key);
            case STATE -> keep(key, Held.of(said, before.offset(), before.length()));
            case ACCEPT -> {
                Held now = Held.of(said, at.bodyOffset(), at.record().bodyLength());
                keep(key, now);
                sums.put(key, at.record().bodySum());
            }
        }
    }

    private Held held(String key) {
        return index.getOrDefault(key, Held.NOTHING);
    }

    private void keep(String key, Held now) {
        liveBytes += now.length() - held(key).length();
        index.put(key, now);
    }

    private void forget(String key) {
        liveBytes -= held(key).length();
        index.remove(key);
        sums.remove(key);
    }

    /**
     * Does what Paxos says, and answers once it is on disk. Bytes that come with an acceptance are on disk with it, in one record.
     *
     * @return the answer; failed with an {@link IOException} when it cannot be kept
     */
    public synchronized CompletableFuture<Message> take(String key, Message message, Bytes bytes) {
        Held before = held(key);
        Acceptor.Step step = before.acceptor().step(message);
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (step.next().equals(before.acceptor())) {
            log.await(done);
        } else if (log.length() + bytes.content().length > mostBytes) {
            return CompletableFuture.failedFuture(new Full());
        } else if (step.reply().kind() == Message.Kind.ACCEPTED) {
            byte[] body = bytes.content();
            Held now = new Held(step.next(), bytes.fragment(), sha256(body), before.isChosen(), 0, body.length);
            accept(key, now, body, done);
        } else {
            Held now = before.promising(step.next());
            log.append(LogRecord.of(LogRecord.Kind.STATE, now.toJson(key).encode(), new byte[0]), new byte[0], done);
            keep(key, now);
        }
        return done.thenApply(nothing -> step.reply());
    }

    private void accept(String key, Held now, byte[] body, CompletableFuture<Void> done) {
        LogRecord record = LogRecord.of(LogRecord.Kind.ACCEPT, now.toJson(key).encode(), body);
        keep(key, now.at(log.append(record, body, done), body.length));
        sums.put(key, record.bodySum());
    }

    /** Notes that the value of this key was chosen; nothing where it is not held. */
    public synchronized CompletableFuture<Void> chosen(String key) {
        Held before = held(key);
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (before.acceptor().accepted() == null || before.isChosen()) {
            log.await(done);
        } else {
            Held now = before.chosen();
            log.append(LogRecord.of(LogRecord.Kind.STATE, now.toJson(key).encode(), new byte[0]), new byte[0], done);
            keep(key, now);
        }
        return done;
    }

    /** Forgets a key. Its decision must not come up again: another one is made under another key. */
    public synchronized CompletableFuture<Void> delete(String key) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        log.append(deletion(key), new byte[0], done);
        forget(key);
        return done;
    }

    /**
     * Puts bytes back that were found damaged, where they are those that were accepted.
     *
     * @return whether they are
     */
    public synchronized CompletableFuture<Boolean> repair(String key, byte[] body) {
        Held before = held(key);
        if (!before.sha256().equals(sha256(body))) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        accept(key, before, body, done);
        return done.thenApply(nothing -> true);
    }

    /** What is held of a key, if anything. */
    public synchronized Optional<Held> find(String key) {
        return Optional.ofNullable(index.get(key));
    }

    /** All that is held, by key. */
    public synchronized Map<String, Held> all() {
        return new TreeMap<>(index);
    }

    /** The bytes of a key as they are on disk, which may be damaged; none where it has none. */
    public byte[] read(String key) throws IOException {
        Held held;
        Log from;
        synchronized (this) {
            held = held(key);
            from = log;
        }
        return from.read(held.offset(), held.length());
    }

    /** Whether the bytes of a key are still what they were. */
    public boolean isSound(String key) throws IOException {
        Integer sum;
        synchronized (this) {
            sum = sums.get(key);
        }
        return sum == null || LogRecord.sum(ByteBuffer.wrap(read(key))) == sum;
    }

    /** SHA-256 in hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    /** Bytes on disk, and of these, bytes of fragments that are held. */
    public synchronized long[] usedAndLiveBytes() {
        return new long[] {log.length(), liveBytes};
    }

    /** How long the last write with its force took, in milliseconds. */
    public synchronized double lastForceMilliseconds() {
        return log.lastForceNanos() / 1e6;
    }

    /** Everything on disk takes so many times as long from now on. */
    public synchronized void slowDown(double factor) {
        log.slowDown(factor);
    }

    /** Why nothing can be written any more, if so. */
    public synchronized @Nullable IOException broken() {
        return log.broken();
    }

    /** Ends; what was answered is on disk. */
    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
