package pulseboard.board.lab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file. What is appended while the disk is busy is written and forced together, by one thread; a future is done once its
 * record is on disk. After an error of the disk nothing is taken any more. Thread-safe.
 */
final class Log implements AutoCloseable {

    private static final int MOST_AT_ONCE = 64;
    private static final long SPIN_NANOS = 200_000;

    private final Path file;
    private final FileChannel channel;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private long end;
    private volatile @Nullable IOException broken;
    private volatile double slowdown = 1;
    private volatile long lastForceNanos;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Waiting(@Nullable ByteBuffer head, byte[] body, CompletableFuture<Void> done) {}

    /** Where a record stands. */
    record At(LogRecord record, long bodyOffset) {}

    private Log(Path file, FileChannel channel, long end) {
        this.file = file;
        this.channel = channel;
        this.end = end;
        writer = new Thread(this::write, "log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Reads what is there, cuts off a record at the end that is not whole, and goes on after it. */
    static Log open(Path file, BiConsumer<At, Boolean> each) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long end = replay(channel, each);
        channel.truncate(end);
        return new Log(file, channel, end);
    }

    /** A body that is there in full but damaged counts as torn where it is the last, and as rotten before. */
    private static long replay(FileChannel channel, BiConsumer<At, Boolean> each) throws IOException {
        long at = 0;
        long size = channel.size();
        ByteBuffer head = ByteBuffer.allocate(LogRecord.HEAD);
        while (at + LogRecord.HEAD <= size) {
            read(channel, head.clear(), at);
            int length = LogRecord.textLength(head);
            if (length < 0 || at + LogRecord.HEAD + length > size) {
                break;
            }
            byte[] text = new byte[length];
            read(channel, ByteBuffer.wrap(text), at + LogRecord.HEAD);
            LogRecord record = LogRecord.of(head, text);
            long body = at + LogRecord.HEAD + length;
            long next = body + record.bodyLength();
            if (!LogRecord.fits(head, text) || next > size) {
                break;
            }
            boolean isWhole = record.bodyLength() == 0 || isWhole(channel, record, body);
            if (!isWhole && next == size) {
                break;
            }
            each.accept(new At(record, body), isWhole);
            at = next;
        }
        return at;
    }

    private static boolean isWhole(FileChannel channel, LogRecord record, long body) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(record.bodyLength());
        read(channel, bytes, body);
        return LogRecord.sum(bytes.rewind()) == record.bodySum();
    }

    private static void read(FileChannel channel, ByteBuffer into, long from) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new IOException("the log ends too soon");
            }
        }
    }

    /** Adds a record; returns where its body will stand. */
    synchronized long append(LogRecord record, byte[] body, CompletableFuture<Void> done) {
        ByteBuffer head = record.toBytes();
        long at = end + head.remaining();
        end = at + body.length;
        queue.add(new Waiting(head, body, done));
        return at;
    }

    /** Done once all that was appended so far is on disk. */
    synchronized void await(CompletableFuture<Void> done) {
        queue.add(new Waiting(null, new byte[0], done));
    }

    /** Returns once all that was appended so far is on disk. */
    void flush() throws IOException {
        CompletableFuture<Void> written = new CompletableFuture<>();
        await(written);
        try {
            written.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private void write() {
        List<Waiting> some = new ArrayList<>();
        try {
            while (true) {
                some.add(queue.take());
                queue.drainTo(some, MOST_AT_ONCE - 1);
                writeAll(some);
                some.clear();
            }
        } catch (InterruptedException e) {
            some.forEach(each -> each.done.completeExceptionally(new IOException("the log is closed")));
        }
    }

    private void writeAll(List<Waiting> some) {
        try {
            IOException trouble = broken;
            if (trouble != null) {
                throw trouble;
            }
            long began = System.nanoTime();
            if (some.stream().anyMatch(each -> each.head != null)) {
                for (Waiting each : some) {
                    writeOne(each);
                }
                channel.force(false);
                dawdle(began);
                lastForceNanos = System.nanoTime() - began;
            }
            some.forEach(each -> each.done.complete(null));
        } catch (IOException e) {
            broken = e;
            some.forEach(each -> each.done.completeExceptionally(e));
        }
    }

    /** What has begun then takes a multiple. Threads sleep a tenth of a millisecond too long, which on a fast disk is more than all of it. */
    private void dawdle(long beganNanos) {
        long until = beganNanos + (long) ((System.nanoTime() - beganNanos) * slowdown);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void writeOne(Waiting each) throws IOException {
        if (each.head == null) {
            return;
        }
        channel.position(channel.size());
        for (ByteBuffer part : List.of(each.head, ByteBuffer.wrap(each.body))) {
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    byte[] read(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        long began = System.nanoTime();
        read(channel, bytes, from);
        dawdle(began);
        return bytes.array();
    }

    /** From now on everything takes so many times as long; 1: as long as it takes. */
    void slowDown(double factor) {
        slowdown = factor;
    }

    /** How long the last write with its force took, in ns. */
    long lastForceNanos() {
        return lastForceNanos;
    }

    synchronized long length() {
        return end;
    }

    /** Why it takes nothing any more, if so. */
    @Nullable
    IOException broken() {
        return broken;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
