package pulseboard.web;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import pulseboard.auth.Identity;

/** One list of machines for each distinct set of those that somebody may see, while it is looked at. Used on one event loop. */
final class Audiences {

    private static final long KEPT_MILLISECONDS = TimeUnit.SECONDS.toMillis(60);

    private final Vertx vertx;
    private final Viewers viewers;
    private final String home;
    private final Map<Set<String>, Kept> byScopes = new HashMap<>();

    private static final class Kept {
        private final Audience audience;
        private final FanOut fanOut;
        private boolean isUsed;

        Kept(Audience audience, FanOut fanOut) {
            this.audience = audience;
            this.fanOut = fanOut;
        }
    }

    Audiences(Vertx vertx, Viewers viewers, String home) {
        this.vertx = vertx;
        this.viewers = viewers;
        this.home = home;
    }

    /** What the row of this machine is called. */
    String home() {
        return home;
    }

    /** The board as this one sees it: the list of machines without those that they may not see, any other board as it is. */
    FanOut as(FanOut board, Identity who) {
        if (!board.board().equals(Audience.FLEET) || who.mayRead(board.board()) || !who.mayReadSomeMachine()) {
            return board;
        }
        Kept kept = byScopes.computeIfAbsent(who.scopes(), missing -> begin(board, who));
        kept.isUsed = true;
        kept.fanOut.info = board.info;
        return kept.fanOut;
    }

    private Kept begin(FanOut board, Identity who) {
        Audience audience = new Audience(vertx, who, home);
        endWhenUnused(who.scopes());
        return new Kept(audience, new FanOut(vertx, board.info, viewers, audience));
    }

    private void endWhenUnused(Set<String> scopes) {
        vertx.setTimer(KEPT_MILLISECONDS, id -> {
            Kept kept = byScopes.get(scopes);
            if (kept != null && !kept.isUsed && !kept.fanOut.isWatched()) {
                byScopes.remove(scopes);
                kept.audience.close();
            } else if (kept != null) {
                kept.isUsed = false;
                endWhenUnused(scopes);
            }
        });
    }
}
