package pulseboard.host;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader of made readings: it returns what it was set to, or fails as it was told to. */
final class Made<T> implements Reader<T> {

    private volatile T value;
    private volatile String failure = "";
    private volatile CountDownLatch open = new CountDownLatch(0);
    private final AtomicInteger count = new AtomicInteger();

    Made(T value) {
        this.value = value;
    }

    void set(T next) {
        value = next;
        failure = "";
    }

    void fail(String message) {
        failure = message;
    }

    /** From the next reading on each one waits until the latch is open. */
    void hangUntil(CountDownLatch latch) {
        open = latch;
    }

    /** How often it was read. */
    int count() {
        return count.get();
    }

    @Override
    public T read() throws IOException {
        count.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return value;
    }
}
