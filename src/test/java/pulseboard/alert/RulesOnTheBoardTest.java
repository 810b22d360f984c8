package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.alert.channel.Readers;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.RuleInfo;

/** Rules of the page, of files and of boards beside each other, and what outlasts a restart. */
@Tag("system")
class RulesOnTheBoardTest {

    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    private Vertx vertx = Vertx.vertx();

    @BeforeEach
    void start() throws Exception {
        await(vertx.deployVerticle(new DirectoryVerticle()));
        await(vertx.deployVerticle(new AlertVerticle(
                new AlertConfig(true, folder.resolve("alerts.d").toString(), ""), folder, "web1", Readers.ALL)));
        FeedPublisher tank = new FeedPublisher(
                vertx,
                BoardInfo.of("tank", "Tank")
                        .judgedBy(List.of(RuleInfo.of("empty", "litres", "{{value}} litres left")
                                .alarms("below 5"))));
        await(tank.ready());
        tank.publish(JsonObject.of("litres", 10));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    /** All of the program but its disk begins anew. */
    private void restart() throws Exception {
        stop();
        vertx = Vertx.vertx();
        start();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(SECONDS, TimeUnit.SECONDS);
    }

    private JsonObject state() throws Exception {
        return await(vertx.eventBus().<JsonObject>request(Addresses.snapshot("alerts"), new JsonObject()))
                .body()
                .getJsonObject("state");
    }

    private JsonObject act(String action, JsonObject body) throws Exception {
        JsonObject request = JsonObject.of("action", action, "body", body, "who", "anna");
        return await(vertx.eventBus().<JsonObject>request(Addresses.actions("alerts"), request))
                .body();
    }

    private String refusal(String action, JsonObject body) {
        ActionRefusal refusal = ActionRefusal.of(assertThrows(Exception.class, () -> act(action, body)));
        return refusal.word() + ": " + refusal.getMessage();
    }

    private void awaitFiring(String... rules) throws Exception {
        Until.isTrue("fires: " + List.of(rules), () -> {
            List<String> firing = state().getJsonObject("alerts").stream()
                    .map(each -> ((JsonObject) each.getValue()))
                    .filter(each -> each.getString("state").equals("firing"))
                    .map(each -> each.getString("rule"))
                    .sorted()
                    .toList();
            return firing.equals(List.of(rules));
        });
    }

    private void write(String text) throws IOException {
        Files.createDirectories(folder.resolve("alerts.d"));
        Files.writeString(folder.resolve("alerts.d/rules.yaml"), text);
    }

    @Test
    void ruleOfThePageFiresOutlastsARestartAndCanBeTakenAway() throws Exception {
        assertTrue(act("save-rule", JsonObject.of("name", "much", "line", "tank:litres above 8"))
                .getBoolean("kept"));
        awaitFiring("much");
        String id = AlertId.of("tank", "much", "");
        act("acknowledge", JsonObject.of("id", id, "note", "on it"));
        JsonObject before = state().getJsonObject("alerts").getJsonObject(id);
        assertEquals("anna", before.getString("acknowledgedBy"));
        restart();
        awaitFiring("much");
        JsonObject after = state().getJsonObject("alerts").getJsonObject(id);
        assertEquals(before.getLong("firingSince"), after.getLong("firingSince"));
        assertEquals("on it", after.getString("acknowledgedNote"));
        act("delete-rule", JsonObject.of("name", "much"));
        awaitFiring();
        restart();
        awaitFiring();
        assertFalse(state().getJsonObject("rules").containsKey("much"));
    }

    @Test
    void fileChangesTheRuleOfABoardWinsOverThePageAndItsMistakesAreShown() throws Exception {
        write("rules:\n  - name: empty\n    alarm: below 20\n");
        awaitFiring("empty");
        JsonObject rule = state().getJsonObject("rules").getJsonObject("empty");
        assertEquals("rules.yaml", rule.getString("from"));
        assertEquals(
                "read_only_rule: the file rules.yaml has this rule; change it there",
                refusal("save-rule", JsonObject.of("name", "empty", "line", "tank:litres below 1")));
        write("rules:\n  - name: empty\n    alarm: blow 20\n");
        Until.isTrue(
                "the mistake is shown", () -> !state().getJsonObject("problems").isEmpty());
        JsonObject problem = state().getJsonObject("problems").getJsonObject("1");
        assertEquals(3, problem.getInteger("line"));
        assertEquals(12, problem.getInteger("column"));
        assertTrue(problem.getString("mend").contains("the nearest is below"), problem::encode);
        awaitFiring("empty");
        write("rules: []\n");
        awaitFiring();
        assertEquals(
                "board", state().getJsonObject("rules").getJsonObject("empty").getString("from"));
    }

    @Test
    void ruleOfABoardCanBeSwitchedOff() throws Exception {
        act("save-rule", JsonObject.of("name", "empty", "rule", new JsonObject("{\"alarm\":{\"below\":20}}")));
        awaitFiring("empty");
        act("save-rule", JsonObject.of("name", "empty", "rule", JsonObject.of("enabled", false)));
        awaitFiring();
        act("delete-rule", JsonObject.of("name", "empty"));
        awaitFiring();
        assertEquals(
                "critical",
                state().getJsonObject("rules").getJsonObject("empty").containsKey("critical") ? "critical" : "");
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        Map<String, JsonObject> wrong = Map.of(
                "wrong_rule: column 13: \"abve\" is no condition; the nearest is above",
                JsonObject.of("name", "a", "line", "tank:litres abve 1"),
                "wrong_rule: there is no board tnak; the nearest is tank",
                JsonObject.of("name", "a", "line", "tnak:litres above 1"),
                "bad_parameter: give either rule or line",
                JsonObject.of("name", "a"),
                "wrong_rule: the name is \"A B\"",
                JsonObject.of("name", "A B", "line", "tank:litres above 1"));
        wrong.forEach((words, body) -> {
            String said = refusal("save-rule", body);
            assertTrue(said.startsWith(words), said);
        });
        assertTrue(refusal("delete-rule", JsonObject.of("name", "empty")).startsWith("read_only_rule"));
        assertTrue(
                refusal("acknowledge", JsonObject.of("id", "0123456789abcdef")).startsWith("unknown_alert"));
        assertTrue(refusal("preview", JsonObject.of("line", "tank:litres below 5", "fromMilliseconds", 1))
                .startsWith("too_much_history"));
    }
}
