package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Viewers that take all they are sent and never say that they are still there. */
@Tag("long")
@ExtendWith(VertxExtension.class)
class SilentViewerTest {

    private static final int SECONDS = 30; // Less is no allowed setting.

    @Test
    void viewersThatNeverPingAreClosedWithALineAndOneThatPingsStays(Vertx vertx) {
        Site site = new Site(vertx, Site.configWithPingTimeout(SECONDS));
        try (CapturedLog log = new CapturedLog()) {
            BridgeClient pinging = site.watcher(); // The first, so that its time is over before that of the others.
            vertx.setPeriodic(5_000, id -> pinging.send(JsonObject.of("type", "ping")));
            List<BridgeClient> silent = List.of(site.watcher(), site.framedClient());
            silent.get(1).watch();
            assertEquals(
                    List.of(1, 2, 3),
                    List.of(site.board.nextViewers(), site.board.nextViewers(), site.board.nextViewers()));
            for (BridgeClient each : silent) {
                Wait.on(each.closed(), SECONDS + Wait.SECONDS);
            }
            assertEquals(List.of(2, 1), List.of(site.board.nextViewers(), site.board.nextViewers()));
            site.board.count(1);
            pinging.awaitCount(1);
            assertEquals(
                    List.of("WARN pulseboard.web.Warnings - Closed a viewer: it has not pinged for"
                            + " web.pingTimeoutSeconds, 30 s (0 more since the last such line)"),
                    log.lines(Level.WARN));
        }
    }
}
