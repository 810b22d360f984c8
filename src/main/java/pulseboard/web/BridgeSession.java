package pulseboard.web;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import pulseboard.auth.Identity;

/** Who is at the other end of a socket, in which session, what they registered for, and when they were last heard of. */
final class BridgeSession {

    final Identity who;

    /** With whom they share their part of the questions about the history. */
    final String asker;

    /** The name of the SockJS session; empty for a raw WebSocket. */
    final String session;

    final ViewerSocket socket;

    final Set<FanOut> joined = new HashSet<>();

    /** How many requests are not answered yet. */
    int pending;

    boolean isGone;

    /** Where it is in {@code /eventbus/SERVER/SESSION/TRANSPORT}. */
    private static final int SESSION = 3;

    private static final int QUESTIONS_A_SECOND = 5;

    private final SockJSSocket connection;

    /** On which messages to it were written, or may be; some are closed by now. */
    private final Set<Channel> channels = new HashSet<>();

    private long pingedNanos = System.nanoTime();
    private long asksNanos = System.nanoTime();
    private int asked;

    /**
     * Looks at a socket that was just opened.
     *
     * @param asker see {@link HistoryRequests#asker}
     * @param mostBytes of one frame
     */
    BridgeSession(SockJSSocket connection, String asker, int mostBytes) {
        this.connection = connection;
        this.who = AuthenticationHandler.known(connection.routingContext());
        this.asker = asker;
        String[] path = connection.routingContext().normalizedPath().split("/", -1);
        this.session = path.length > SESSION + 1 ? path[SESSION] : "";
        this.socket = new ViewerSocket(connection, !session.isEmpty(), mostBytes);
        carriedBy(Poll.connectionOf(connection.routingContext().request()));
    }

    /** Keeps in mind a connection to which messages may be written: in a session of SockJS each poll may have its own. */
    void carriedBy(HttpConnection carrier) {
        Channel channel = ((ConnectionBase) carrier).channelHandlerContext().channel();
        // No listener of the connection's end: one that is kept open would keep all sessions that ever polled on it.
        channels.removeIf(known -> !known.isOpen());
        channels.add(channel);
    }

    /** Whether it may see this board; a refusal is counted. */
    boolean mayRead(FanOut board, Warnings warnings) {
        boolean may = board.mayBeReadBy(who);
        if (!may) {
            warnings.refused("a reader on the bridge", who.name() + " of " + board.board());
        }
        return may;
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

    /**
     * Cuts off a viewer that does not read what it asked for, even if its session has ended meanwhile: a session closes only
     * after what was written before is read.
     */
    void end(Warnings warnings) {
        warnings.closed("a viewer", "it did not read an answer about the history");
        connection.close();
        List.copyOf(channels).stream().filter(Channel::isOpen).forEach(ConnectionLimiter::cut);
    }
}
