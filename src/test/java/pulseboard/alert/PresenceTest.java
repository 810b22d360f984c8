package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pulseboard.feed.BoardHealth;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;

/** Who is not heard of is what is wrong. */
class PresenceTest {

    private final Presence presence = new Presence();
    private final Map<String, Boolean> noneSilent = Map.of("Host", false);

    private static BoardInfo board(String name, BoardHealth health) {
        return BoardInfo.of(BoardId.of("web1/" + name), BoardInfo.of(name, name).toJson())
                .withHealth(health);
    }

    private String offline() {
        return presence.state(noneSilent).getJsonObject("machines").encode();
    }

    @Test
    void machineIsOfflineWhileOneOfItsBoardsIs() {
        presence.announced(board("host", BoardHealth.LIVE));
        presence.announced(board("processes", BoardHealth.LIVE));
        assertFalse(presence.isWorthJudging(noneSilent));
        presence.announced(board("host", BoardHealth.offline(1, "link_lost")));
        assertTrue(presence.isWorthJudging(noneSilent));
        assertEquals("{\"web1\":{\"offline\":true}}", offline());
        presence.announced(board("host", BoardHealth.LIVE));
        assertEquals("{\"web1\":{\"offline\":false}}", offline());
        assertTrue(presence.isWorthJudging(noneSilent), "it is over, and that has to be judged");
        assertFalse(presence.isWorthJudging(noneSilent));
    }

    @Test
    void machineWhoseTokenWasRevokedIsNoTroubleAnyMore() {
        presence.announced(board("host", BoardHealth.offline(1, "link_lost")));
        presence.withdrawn(BoardId.of("web1/host"));
        assertEquals("{}", offline());
    }

    @Test
    void boardThatFellSilentIsNamedByItsTitle() {
        assertTrue(presence.isWorthJudging(Map.of("Host", true)));
        assertEquals(
                JsonObject.of("Host", JsonObject.of("silent", true)),
                presence.state(Map.of("Host", true)).getJsonObject("boards"));
    }

    @Test
    void machineThatIsGoneForAMinuteIsCritical() {
        Engine engine = new Engine(0);
        RuleBook book = new RuleBook();
        book.announced("alerts", Presence.RULES);
        engine.rules("alerts", book.published().rules().getOrDefault("alerts", List.of()), 0);
        presence.announced(board("host", BoardHealth.offline(1, "link_lost")));
        List<String> said = new ArrayList<>();
        for (long now = 0; now <= 70_000; now += 10_000) {
            engine.judge("alerts", presence.state(noneSilent), now);
            said.add(Verdict.of(engine.shown(now).values(), now).text());
        }
        assertEquals("All is well.", said.get(5));
        assertEquals("The machine web1 has not been heard from.", said.get(7));
    }
}
