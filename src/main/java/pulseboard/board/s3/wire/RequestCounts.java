package pulseboard.board.s3.wire;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were made of each kind, and what was answered. Thread-safe. */
public final class RequestCounts {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Map<String, LongAdder>> answers = new ConcurrentHashMap<>();

    void add(String operation) {
        counts.computeIfAbsent(operation, name -> new LongAdder()).increment();
    }

    /** One has ended, with this status, or the code of an error where there was no answer. */
    void ended(String operation, String code) {
        answers.computeIfAbsent(operation, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(code, name -> new LongAdder())
                .increment();
    }

    /** By kind and by what was answered. Those that are under way are not in it. */
    public Map<String, Map<String, Long>> byAnswer() {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        answers.forEach((operation, codes) -> {
            Map<String, Long> some = all.computeIfAbsent(operation, name -> new TreeMap<>());
            codes.forEach((code, count) -> some.put(code, count.sum()));
        });
        return all;
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
