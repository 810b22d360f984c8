package pulseboard.host;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader of made readings: it returns what it was set to, or fails as it was told to. */
final class Made<T> implements Reader<T> {

    private volatile T value;
    private volatile String failure = "";
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

    /** How often it was read. */
    int count() {
        return count.get();
    }

    @Override
    public T read() throws IOException {
        count.incrementAndGet();
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return value;
    }
}
