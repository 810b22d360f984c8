package pulseboard.alert;

import java.util.ArrayDeque;
import java.util.Deque;

/** A sum of what came within a time that moves on, to a sixtieth of that time. Not thread-safe. */
final class WindowSum {

    private static final int PARTS = 60;

    private static final class Part {
        private final long begin;
        private double sum;

        Part(long begin) {
            this.begin = begin;
        }
    }

    private final long windowMilliseconds;
    private final long partMilliseconds;
    private final Deque<Part> parts = new ArrayDeque<>();

    WindowSum(long windowMilliseconds) {
        this.windowMilliseconds = windowMilliseconds;
        this.partMilliseconds = Math.max(1, windowMilliseconds / PARTS);
    }

    void add(double amount, long now) {
        Part newest = parts.peekLast();
        if (newest == null || now - newest.begin >= partMilliseconds) {
            newest = new Part(now);
            parts.addLast(newest);
        }
        newest.sum += amount;
    }

    double sum(long now) {
        while (!parts.isEmpty() && now - parts.getFirst().begin >= windowMilliseconds) {
            parts.removeFirst();
        }
        return parts.stream().mapToDouble(part -> part.sum).sum();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }
}
