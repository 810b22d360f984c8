package pulseboard.board.lab.player;

import java.util.PriorityQueue;

/** A clock that jumps from one thing to do to the next. What is due at the same moment happens in the order in which it was asked for. */
final class EventQueue {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long number;

    private record Event(long atNanos, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** The moment, in nanoseconds since the beginning. */
    long now() {
        return nowNanos;
    }

    /** Has this done then. */
    void at(long nanos, Runnable task) {
        events.add(new Event(nanos, number++, task));
    }

    /** Does what is due until this moment. */
    void run(long untilNanos) {
        for (Event next = events.poll(); next != null && next.atNanos <= untilNanos; next = events.poll()) {
            nowNanos = next.atNanos;
            next.task.run();
        }
    }
}
