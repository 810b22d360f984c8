package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulseboard.alert.Transition.Kind;
import pulseboard.feed.MergePatch;

/** What holds whatever comes: values at random that come, go and are missing, with restarts, acknowledgements and clocks that are set. */
@Tag("system")
class EnginePropertiesTest {

    private static final long START = 1_700_000_000_000L;
    private static final int RUNS = 40;
    private static final int STEPS = 300;

    private static final List<Rule> RULES = List.of(
            rule("levels", "v.*.x", "above 50 for 20s clear 40 clearFor 40s", "above 80 for 10s"),
            rule("plain", "v.*.x", "above 60", ""),
            rule("there", "v.*.wrong", "", "present for 5s"),
            rule("counts", "v.*.x", "changes 4 in 2m", ""));

    private final Random random = new Random(20261129);
    private final Map<String, JsonObject> kept = new TreeMap<>();
    private final Map<String, Kind> last = new HashMap<>();
    private final Map<String, String> levels = new HashMap<>();
    private Engine engine = new Engine(START);
    private long now = START;
    private int count;

    private static Rule rule(String name, String path, String warn, String alarm) {
        JsonObject json = JsonObject.of("name", name, "watch", "b:" + path);
        Put.unlessEmpty(json, "warn", warn);
        Put.unlessEmpty(json, "alarm", alarm);
        return RuleReader.read(json, "test", Marks.NONE);
    }

    private void take() {
        Batch batch = new Batch();
        List<Transition> transitions = engine.take(batch);
        for (Batch.Write write : batch.writes()) {
            if (write.map().equals(Engine.ALERTS) && write.value() == null) {
                kept.remove(write.key());
            } else if (write.map().equals(Engine.ALERTS)) {
                kept.put(write.key(), new JsonObject(write.value()));
            }
        }
        transitions.forEach(this::check);
    }

    private void check(Transition next) {
        count++;
        Kind before = last.get(next.id());
        boolean wasOpen = before != null && !before.isEnd();
        boolean begins = next.kind() == Kind.FIRING || (next.kind() == Kind.FLAPPING && !wasOpen);
        assertEquals(begins, !wasOpen, () -> next + " after " + before);
        if (next.kind() != Kind.ACKNOWLEDGED) {
            assertTrue(
                    before != next.kind() || next.kind() == Kind.RAISED || next.kind() == Kind.LOWERED, next::toString);
        }
        String level = next.alert().getString("level");
        if (next.kind() == Kind.RAISED) {
            assertEquals("critical", level);
            assertTrue(!next.alert().containsKey("acknowledgedBy"));
        }
        assertTrue(next.at() >= next.alert().getLong("firingSince"));
        last.put(next.id(), next.kind());
        levels.put(next.id(), level);
    }

    private JsonObject randomState() {
        JsonObject all = new JsonObject();
        for (String key : List.of("a", "b", "c")) {
            JsonObject one = new JsonObject();
            if (random.nextInt(8) > 0) {
                one.put("x", random.nextInt(100));
            }
            if (random.nextInt(3) == 0) {
                one.put("wrong", "why");
            }
            if (random.nextInt(25) > 0) {
                all.put(key, one);
            }
        }
        return random.nextInt(20) == 0 ? new JsonObject() : JsonObject.of("v", all);
    }

    /** What has to be the same after a restart: all but figures and what is only about to be. */
    private static Map<String, JsonObject> firing(Engine engine, long now) {
        Map<String, JsonObject> firing = new TreeMap<>();
        engine.shown(now).forEach((id, alert) -> {
            if (alert.containsKey("level")) {
                JsonObject copy = alert.copy();
                List.of("value", "text").forEach(copy::remove);
                firing.put(id, copy);
            }
        });
        return firing;
    }

    private void restart() {
        Map<String, JsonObject> before = firing(engine, now);
        engine = new Engine(now);
        engine.resume(kept);
        engine.rules("b", RULES, now);
        take();
        assertEquals(before, firing(engine, now));
    }

    private void step() {
        now += random.nextInt(15_000);
        switch (random.nextInt(30)) {
            case 0 -> restart();
            case 1 ->
                kept.keySet().stream()
                        .skip(random.nextInt(Math.max(1, kept.size())))
                        .findFirst()
                        .ifPresent(id -> engine.acknowledge(id, new Acknowledgement("anna", now, "", now + 60_000)));
            case 2, 3, 4, 5, 6, 7, 8, 9, 10 -> engine.tick(now);
            default -> engine.judge("b", randomState(), now);
        }
        take();
        Map<String, JsonObject> shown = firing(engine, now);
        last.forEach((id, kind) -> assertEquals(!kind.isEnd(), shown.containsKey(id)));
        assertEquals(
                shown.keySet().size(),
                last.values().stream().filter(kind -> !kind.isEnd()).count());
    }

    @Test
    void noEndWithoutABeginningNothingTwiceAndARestartChangesNothing() {
        for (int run = 0; run < RUNS; run++) {
            engine = new Engine(now);
            kept.clear();
            last.clear();
            engine.rules("b", RULES, now);
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            engine.rules("b", List.of(), now);
            take();
            assertTrue(last.values().stream().allMatch(Kind::isEnd));
            assertTrue(kept.isEmpty());
            now += 10_000_000;
        }
        assertTrue(count > 4_000, () -> "only " + count);
    }

    /** Whatever changed: what is judged by the change alone comes to the same as judging all. */
    @Test
    void judgingAChangeComesToTheSameAsJudgingAll() {
        Engine all = new Engine(now);
        Engine some = new Engine(now);
        List.of(all, some).forEach(each -> each.rules("b", RULES, now));
        JsonObject state = new JsonObject();
        for (int step = 0; step < 5_000; step++) {
            now += random.nextInt(15_000);
            JsonObject next = randomState();
            all.judge("b", next, now);
            some.judge("b", next, MergePatch.diff(state, next), now);
            all.tick(now);
            some.tick(now);
            List<Transition> expected = all.take(new Batch());
            List<Transition> actual = some.take(new Batch());
            assertEquals(sorted(expected), sorted(actual));
            state = next;
        }
    }

    /** Whoever is woken only when something is due, and each 5 s, hears the same in the same second as whoever looks each second. */
    @Test
    void lookingWhenSomethingIsDueComesToTheSameAsLookingEachSecond() {
        Engine all = new Engine(now);
        Engine some = new Engine(now);
        List.of(all, some).forEach(each -> each.rules("b", RULES, now));
        int looks = 0;
        int heard = 0;
        for (int second = 0; second < 20_000; second++) {
            now += 1_000;
            if (random.nextInt(60) == 0) {
                JsonObject next = randomState();
                List.of(all, some).forEach(each -> each.judge("b", next, now));
            }
            if (second % 5 == 0 || some.dueAt() <= now) {
                some.tick(now);
                looks++;
            }
            all.tick(now);
            List<String> expected = sorted(all.take(new Batch()));
            heard += expected.size();
            assertEquals(expected, sorted(some.take(new Batch())));
        }
        int often = looks;
        assertTrue(often < 16_000, () -> "so many looks: " + often);
        int told = heard;
        assertTrue(told > 500, () -> "only " + told);
    }

    private static List<String> sorted(List<Transition> transitions) {
        return transitions.stream().map(each -> each.toJson().encode()).sorted().toList();
    }
}
