package pulseboard.web;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import pulseboard.auth.Identity;

/** Who is at the other end of a socket, what they registered for, and when they were last heard of. */
final class Watcher {

    final Identity who;
    final Set<Broadcast> joined = new HashSet<>();
    private long pingedNanos = System.nanoTime();

    Watcher(Identity who) {
        this.who = who;
    }

    void pinged() {
        pingedNanos = System.nanoTime();
    }

    /** The bridge goes by the clock of the day, and takes everybody for idle when that is set forward. */
    boolean hasPingedWithin(int seconds) {
        return System.nanoTime() - pingedNanos < TimeUnit.SECONDS.toNanos(seconds);
    }
}
