package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of alerts, and what is told of it, with time as it is told. */
class AlertLifeTest {

    private static final long START = 1_700_000_000_000L;
    private static final String LEVELS = "above 90 for 10s clear 80";

    private final Map<String, JsonObject> kept = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private Engine engine = new Engine(START);
    private List<Rule> rules = List.of();
    private long now = START;
    private JsonObject state = new JsonObject();
    private String text = "";

    private void rule(JsonObject... some) {
        rules = Arrays.stream(some)
                .map(each ->
                        RuleReader.read(each.copy().put("name", each.getString("name", "rule")), "test", Marks.NONE))
                .toList();
        engine.rules("b", rules, now);
        take();
    }

    private static JsonObject watching(String path, String key, Object level) {
        return JsonObject.of("watch", "b:" + path, key, level);
    }

    private void take() {
        Batch batch = new Batch();
        for (Transition each : engine.take(batch)) {
            told.add(each.kind().text());
            text = each.alert().getString("text");
        }
        for (Batch.Write write : batch.writes()) {
            if (write.map().equals(Engine.ALERTS)) {
                if (write.value() == null) {
                    kept.remove(write.key());
                } else {
                    kept.put(write.key(), new JsonObject(write.value()));
                }
            }
        }
    }

    private void is(String json) {
        state = new JsonObject(json);
        engine.judge("b", state, now);
        take();
    }

    private void value(Object value) {
        is("{\"v\":{\"x\":" + value + "}}");
    }

    private void after(long seconds) {
        for (long second = 0; second < seconds; second++) {
            now += 1_000;
            engine.tick(now);
            take();
        }
    }

    private void restart() {
        engine = new Engine(now);
        engine.resume(kept);
        engine.rules("b", rules, now);
        take();
    }

    private List<String> told() {
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    private JsonObject shown() {
        Map<String, JsonObject> all = engine.shown(now);
        return all.isEmpty() ? new JsonObject() : all.values().iterator().next();
    }

    @Test
    void alertBeginsRisesFallsAndEndsAndEachIsToldOnce() {
        rule(watching("v.x", "warn", LEVELS).put("alarm", "above 95 for 5s"));
        value(91);
        assertEquals("pending", shown().getString("state"));
        assertEquals(START, shown().getLong("since"));
        after(10);
        assertEquals(List.of("firing"), told());
        assertEquals(START + 10_000, shown().getLong("firingSince"));
        value(97);
        after(5);
        value(92);
        after(5);
        value(70);
        after(60);
        assertEquals(List.of("raised", "lowered", "resolved"), told());
        assertTrue(shown().isEmpty());
    }

    @Test
    void valueThatVanishesIsUnknownAndItsReturnEndsOnceAfterItsTime() {
        rule(watching("v.x", "warn", LEVELS));
        value(95);
        after(10);
        is("{\"v\":{}}");
        after(3_600);
        assertEquals(List.of("firing", "unknown"), told());
        assertTrue(shown().getBoolean("unknown"));
        assertTrue(shown().getString("text").contains("95"), shown().encode());
        value(50);
        after(9);
        assertEquals(List.of("known"), told());
        after(600);
        assertEquals(List.of("resolved"), told());
    }

    @Test
    void pendingThatVanishesWaitsForItsTimeAndEndsUntold() {
        rule(watching("v.x", "warn", "above 90 for 60s"));
        value(95);
        after(50);
        is("{\"v\":{}}");
        after(59);
        assertEquals("pending", shown().getString("state"));
        after(1);
        assertTrue(shown().isEmpty());
        value(95);
        after(59);
        assertEquals(List.of(), told());
        is("{\"v\":{}}");
        after(30);
        value(95);
        assertEquals(List.of(), told());
        after(1);
        assertEquals(List.of("firing"), told(), "59 s of figures and one more; the 30 s without do not count");
    }

    @Test
    void whatFlapsIsToldOnceAndHeldUntilItIsQuiet() {
        rule(watching("v.x", "warn", "above 90"));
        for (int turn = 0; turn < 40; turn++) {
            value(turn % 2 == 0 ? 95 : 10);
            after(60);
        }
        assertEquals(List.of("firing", "resolved", "firing", "resolved", "flapping"), told());
        assertTrue(shown().getBoolean("flapping"));
        restart();
        value(10);
        after(1_700);
        assertEquals(List.of(), told());
        after(200);
        assertEquals(List.of("resolved"), told());
        after(1);
        assertTrue(kept.isEmpty(), kept::toString);
    }

    @Test
    void worseThanEverIsToldThoughItFlaps() {
        rule(watching("v.x", "warn", "above 50").put("alarm", "above 90"));
        for (int turn = 0; turn < 8; turn++) {
            value(turn % 2 == 0 ? 60 : 10);
            after(10);
        }
        told();
        value(95);
        value(10);
        value(95);
        assertEquals(List.of("raised"), told());
    }

    @Test
    void acknowledgedUntilItIsWorseOrTimeIsUp() {
        rule(watching("v.x", "warn", "above 50").put("alarm", "above 90"));
        assertFalse(engine.acknowledge(AlertId.of("b", "rule", ""), new Acknowledgement("anna", now, "", 0)));
        value(60);
        engine.acknowledge(AlertId.of("b", "rule", ""), new Acknowledgement("anna", now, "on it", 0));
        take();
        assertEquals("anna", shown().getString("acknowledgedBy"));
        assertEquals("on it", shown().getString("acknowledgedNote"));
        restart();
        value(60);
        assertEquals("anna", shown().getString("acknowledgedBy"));
        value(95);
        assertNull(shown().getString("acknowledgedBy"));
        assertEquals(List.of("firing", "acknowledged", "raised"), told());
        engine.acknowledge(AlertId.of("b", "rule", ""), new Acknowledgement("otto", now, "", now + 60_000));
        take();
        after(59);
        assertEquals("otto", shown().getString("acknowledgedBy"));
        after(1);
        assertNull(shown().getString("acknowledgedBy"));
        assertNull(kept.values().iterator().next().getJsonObject("alert").getString("acknowledgedBy"));
    }

    @Test
    void absenceCountsAfterAMinuteOfGrace() {
        rule(watching("v.*.x", "alarm", "absent 30s"));
        is("{\"v\":{\"a\":{}}}");
        after(59);
        assertTrue(shown().isEmpty());
        after(31);
        assertEquals(List.of("firing"), told());
        is("{\"v\":{\"a\":{\"x\":1},\"b\":{\"x\":1}}}");
        after(30);
        assertEquals(List.of("resolved"), told());
        is("{\"v\":{\"a\":{\"x\":1}}}");
        after(30);
        assertEquals(List.of("firing"), told(), "b was there, and is not");
        restart();
        is("{\"v\":{\"a\":{\"x\":1}}}");
        after(120);
        assertEquals(List.of(), told());
    }

    @Test
    void risesAndChangesCountWithinTheirTime() {
        rule(
                watching("v.x", "warn", "rises 10 in 1m").put("name", "rises"),
                watching("v.x", "warn", "changes 3 in 1m").put("name", "changes"));
        value(0);
        for (int step = 1; step <= 9; step++) {
            after(1);
            value(step < 9 ? 3 : 12);
        }
        assertEquals(List.of("firing"), told());
        value(0); // Begins anew, which is no rise but a change.
        assertEquals(List.of("firing"), told());
        assertEquals(
                "12",
                new AlertText(rules.get(0), "", 12.0, new JsonObject()).text().replaceAll(".* ", ""));
        after(61);
        assertEquals(List.of("resolved", "resolved"), told());
    }

    @Test
    void meanIsOfItsTimeAndNotOfAMoment() {
        rule(watching("v.x", "warn", "above 50").put("mean", "1m"));
        value(100);
        after(50);
        assertEquals(List.of(), told());
        after(10);
        assertEquals(List.of("firing"), told());
        value(10);
        after(30);
        assertEquals(List.of(), told());
        after(10);
        assertEquals(List.of("resolved"), told());
    }

    @Test
    void wordThatEndsAnAlertIsNotPutIntoItsSentence() {
        rule(watching("v.x", "alarm", "is failed").put("text", "the run has ended: {{value}}"));
        value("\"running\"");
        value("\"failed\"");
        assertEquals("the run has ended: failed", text);
        value("\"starting\"");
        assertEquals(List.of("firing", "resolved"), told);
        assertEquals("the run has ended: failed", text);
        rule(watching("v.x", "alarm", "present").put("text", "it does not answer: {{value}}"));
        value("\"no route\"");
        is("{\"v\":{}}");
        assertEquals("it does not answer: no route", text);
    }

    @Test
    void valueIsDividedAndSwitchedOffByAnother() {
        rule(watching("v.x", "warn", "above 2 for 10s").put("of", "v.cores").put("unless", "w.off is true"));
        is("{\"v\":{\"x\":9,\"cores\":4},\"w\":{\"off\":false}}");
        after(10);
        assertEquals(List.of("firing"), told());
        assertEquals(2.25, shown().getValue("value"));
        engine.judge(
                "b",
                new JsonObject("{\"v\":{\"x\":9,\"cores\":4},\"w\":{\"off\":true}}"),
                new JsonObject("{\"w\":{\"off\":true}}"),
                now);
        after(10);
        assertEquals(List.of("resolved"), told());
    }

    @Test
    void eventFiresAndEndsAtOnceAlsoAcrossARestart() {
        rule(watching("v.x", "warn", "differs"));
        value("\"a\"");
        value("\"a\"");
        assertEquals(List.of(), told());
        restart();
        value("\"b\"");
        assertEquals(List.of("firing", "resolved"), told());
        assertTrue(shown().isEmpty());
        restart();
        value("\"b\"");
        assertEquals(List.of(), told());
    }

    @Test
    void keyRuleOrBoardThatIsGoneEndsAsExpired() {
        rule(watching("v.*.x", "warn", "above 50"));
        is("{\"v\":{\"a\":{\"x\":60},\"b\":{\"x\":60},\"c\":{\"x\":60}}}");
        is("{\"v\":{\"b\":{\"x\":60},\"c\":{\"x\":60}}}");
        assertEquals(List.of("firing", "firing", "firing", "expired"), told());
        restart();
        rules = List.of();
        restart();
        assertEquals(List.of("expired", "expired"), told());
        assertTrue(kept.isEmpty());
    }

    @Test
    void boardThatNeverComesBackEndsItsAlerts() {
        rule(watching("v.x", "warn", "above 50"));
        value(60);
        told();
        engine = new Engine(now);
        engine.resume(kept);
        assertTrue(shown().getBoolean("unknown"));
        after(599);
        assertEquals(List.of(), told());
        after(1);
        assertEquals(List.of("expired"), told());
    }

    @Test
    void ruleThatIsChangedWhileFiringJudgesAnew() {
        rule(watching("v.x", "warn", "above 50 clear 40"));
        value(60);
        long since = shown().getLong("firingSince");
        after(5);
        rule(watching("v.x", "warn", "above 55 clear 45"));
        assertEquals(List.of("firing"), told());
        assertEquals(since, shown().getLong("firingSince"));
        rule(watching("v.x", "warn", "above 90"));
        assertEquals(List.of("resolved"), told());
    }

    @Test
    void clockThatIsSetChangesNothing() {
        rule(watching("v.x", "warn", "above 90 for 60s"));
        value(95);
        after(30);
        long set = TimeUnit.HOURS.toMillis(5);
        engine.shift(set);
        now += set;
        after(29);
        assertEquals(List.of(), told());
        after(1);
        assertEquals(List.of("firing"), told());
    }
}
