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

    private final Map<String, Held> index = new TreeMap<>();
    private final Map<String, Integer> sums = new TreeMap<>();
    private final Log log;
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
        Files.createDirectories(folder);
        log = Log.open(folder.resolve("store.log"), this::replay);
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
        String text = new JsonObject().put("key", key).encode();
        log.append(LogRecord.of(LogRecord.Kind.DELETE, text, new byte[0]), new byte[0], done);
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

    /** The bytes of a key as they are on disk, which may be damaged. */
    public byte[] read(Held held) throws IOException {
        return log.read(held.offset(), held.length());
    }

    /** Whether the bytes of a key are still what they were. */
    public boolean isSound(String key, Held held) throws IOException {
        Integer sum;
        synchronized (this) {
            sum = sums.get(key);
        }
        return sum == null || LogRecord.sum(ByteBuffer.wrap(read(held))) == sum;
    }

    /** SHA-256 in hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    /** The file of the log. */
    public Path file() {
        return log.file();
    }

    /** Bytes on disk, and of these, bytes of fragments that are held. */
    public synchronized long[] usedAndLiveBytes() {
        return new long[] {log.length(), liveBytes};
    }

    /** How long the last write with its force took, in milliseconds. */
    public double lastForceMilliseconds() {
        return log.lastForceNanos() / 1e6;
    }

    /** Everything on disk takes so many times as long from now on. */
    public void slowDown(double factor) {
        log.slowDown(factor);
    }

    /** Why nothing can be written any more, if so. */
    public @Nullable IOException broken() {
        return log.broken();
    }

    /** Ends; what was answered is on disk. */
    @Override
    public void close() throws IOException {
        log.close();
    }
}
