package pulseboard.web;

import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import pulseboard.auth.Identity;

/** Who is at the other end of a socket, in which session, what they registered for, and when they were last heard of. */
final class Watcher {

    final Identity who;

    /** The name of the SockJS session; empty for a raw WebSocket. */
    final String session;

    final Set<Broadcast> joined = new HashSet<>();

    /** Where it is in {@code /eventbus/SERVER/SESSION/TRANSPORT}. */
    private static final int SESSION = 3;

    private static final int QUESTIONS_A_SECOND = 5;

    private long pingedNanos = System.nanoTime();
    private long asksNanos = System.nanoTime();
    private int asked;

    Watcher(RoutingContext context) {
        this.who = Gate.known(context);
        String[] path = context.normalizedPath().split("/", -1);
        this.session = path.length > SESSION + 1 ? path[SESSION] : "";
    }

    void pinged() {
        pingedNanos = System.nanoTime();
    }

    /** The bridge goes by the clock of the day, and takes everybody for idle when that is set forward. */
    boolean hasPingedWithin(int seconds) {
        return System.nanoTime() - pingedNanos < TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Counts a question; no more than {@value #QUESTIONS_A_SECOND} a second are taken. */
    boolean mayAsk() {
        if (System.nanoTime() - asksNanos > TimeUnit.SECONDS.toNanos(1)) {
            asksNanos = System.nanoTime();
            asked = 0;
        }
        return asked++ < QUESTIONS_A_SECOND;
    }
}
