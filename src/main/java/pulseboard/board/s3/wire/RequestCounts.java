package pulseboard.board.s3.wire;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were made of each kind. Thread-safe. */
public final class RequestCounts {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String operation) {
        counts.computeIfAbsent(operation, name -> new LongAdder()).increment();
    }

    /** By kind, such as {@code put} and {@code list}. */
    public Map<String, Long> byOperation() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((operation, count) -> all.put(operation, count.sum()));
        return all;
    }

    /** All together. */
    public long all() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
