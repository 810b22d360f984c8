package pulseboard.machine;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader of made readings: it returns what it was set to, or fails as it was told to. */
public final class Made<T> implements Reader<T> {

    private volatile T value;
    private volatile String failure = "";
    private volatile boolean defective;
    private volatile CountDownLatch open = new CountDownLatch(0);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    /** One that returns this. */
    public Made(T value) {
        this.value = value;
    }

    /** From now on it returns this. */
    public void set(T next) {
        value = next;
        failure = "";
        defective = false;
    }

    /** From now on it fails. */
    public void fail(String message) {
        failure = message;
    }

    /** From now on each reading meets with a defect of the program. */
    public void beDefective() {
        defective = true;
    }

    /** From the next reading on each one waits until the latch is open. */
    public void hangUntil(CountDownLatch latch) {
        open = latch;
    }

    /** Waits until a reading hangs. */
    public void awaitHanging() throws InterruptedException {
        if (!hanging.await(3, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody read");
        }
    }

    /** How often it was read. */
    public int count() {
        return count.get();
    }

    @Override
    public T read() throws IOException {
        count.incrementAndGet();
        try {
            if (open.getCount() > 0) {
                hanging.countDown();
            }
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        if (defective) {
            throw new IllegalStateException("a defect");
        }
        return value;
    }
}
