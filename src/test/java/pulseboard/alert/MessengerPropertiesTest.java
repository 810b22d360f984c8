package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulseboard.alert.MessengerRun.Delivery;
import pulseboard.alert.Transition.Kind;
import pulseboard.alert.channel.Message;

/** What is always so, whatever comes: by random days, each the same again by its seed. */
@Tag("system")
class MessengerPropertiesTest {

    private static final int RUNS = 20;
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAYS = 2 * 24 * HOUR;

    private static final String ROUTES = """
            "routes":[{"name":"all","channels":["mail","chat"],"escalate":{"after":"30m","channels":["phone"]}}]""";
    private static final JsonObject WITHOUT_HOLDS = new JsonObject("{" + ROUTES + "}");
    private static final JsonObject EACH_ALONE = new JsonObject("""
            {"routes":[{"name":"all","channels":["mail"],"group":"alert","wait":"0s"}]}""");
    private static final JsonObject WITH_HOLDS = new JsonObject("{" + ROUTES + """
            ,"quietHours":[{"name":"night","from":"22:00","to":"06:00","zone":"UTC","letThrough":["critical"]}],
             "maintenance":[{"name":"noon","rules":["rule-1"],"from":"12:00","to":"13:30","zone":"UTC"}]}""");

    /** One that began, and what was said of it. */
    private static final class Incident {
        private int tellable = 1;
    }

    private final Map<String, Incident> incidents = new TreeMap<>();
    private Random random = new Random(0);
    private long length = DAYS;

    /** Six alerts that come and go; those of one rule never within a minute, so that none is overtaken by its next. */
    private MessengerRun day(long seed, JsonObject parts, long meanGap) {
        random = new Random(seed);
        incidents.clear();
        MessengerRun run = new MessengerRun(ZoneOffset.UTC, parts, "mail", "chat", "phone");
        for (int rule = 0; rule < 6; rule++) {
            MessageScript script = new MessageScript(run);
            long at = gap(meanGap);
            while (at < length) {
                at = incident(script, "rule-" + rule, at, meanGap);
            }
        }
        return run;
    }

    private long incident(MessageScript script, String rule, long begin, long meanGap) {
        Incident incident = new Incident();
        incidents.put(rule + "@" + begin, incident);
        String level = random.nextInt(3) == 0 ? "critical" : "warning";
        script.fires(begin, rule, level, rule + " is wrong");
        long at = begin + gap(meanGap);
        for (int more = random.nextInt(4); more > 0; more--) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    script.goesOn(at, rule, Kind.RAISED, "level", "critical");
                    incident.tellable++;
                }
                case 1 -> script.goesOn(at, rule, Kind.LOWERED, "level", "warning");
                case 2 -> script.acknowledged(at, rule);
                default -> script.goesOn(at, rule, Kind.UNKNOWN);
            }
            at += gap(meanGap);
        }
        script.ends(at, rule);
        return at + gap(meanGap);
    }

    private long gap(long mean) {
        return TimeUnit.MINUTES.toMillis(1) + (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    private void addTrouble(MessengerRun run) {
        for (String channel : List.of("mail", "chat")) {
            long from = random.nextInt((int) DAYS);
            long to = from + random.nextInt((int) (6 * HOUR));
            boolean isFlaky = random.nextBoolean();
            run.away(channel, now -> (from <= now && now < to) || (isFlaky && now % 7 == 0));
        }
        for (int i = 0; i < 3; i++) {
            run.at(random.nextInt((int) DAYS), MessengerRun::restart);
        }
    }

    private void addSilences(MessengerRun run) {
        for (int i = 0; i < 3; i++) {
            long from = random.nextInt((int) DAYS);
            Selector selector = new Selector(List.of(), List.of("rule-" + random.nextInt(6)), List.of());
            Silence silence = new Silence("s" + i, selector, from, from + 1 + random.nextInt((int) (5 * HOUR)), "", "");
            run.at(from, it -> it.messenger().silence(silence, from));
        }
    }

    private static MessengerRun run(MessengerRun run) {
        return run.until(5 * DAYS);
    }

    /** No end without a beginning, and no beginning without an end, on each channel; the order of each alert is kept. */
    private static void assertWellFormed(MessengerRun run, boolean mayHaveArrivedUnknown) {
        Map<String, Boolean> open = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (Delivery delivery : run.received()) {
            for (Message.Item item : delivery.message().items()) {
                String who = delivery.channel() + " " + item.alertId();
                boolean isOpen = open.getOrDefault(who, false);
                if (item.endedAt() != 0) {
                    boolean saysBoth = item.text().startsWith("was ");
                    assertTrue(isOpen || saysBoth, () -> "an end without a beginning: " + who + " " + delivery);
                    assertFalse(isOpen && saysBoth && !mayHaveArrivedUnknown, () -> "told twice: " + who + delivery);
                }
                open.put(who, item.endedAt() == 0);
                assertTrue(last.getOrDefault(who, 0L) <= delivery.message().at(), () -> "out of order: " + delivery);
                last.put(who, delivery.message().at());
            }
        }
        assertFalse(open.containsValue(true), () -> "a beginning without an end: " + open);
    }

    private Map<String, Integer> count(MessengerRun run, String channel, boolean isEnd) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Delivery delivery : run.received()) {
            boolean isCounted = delivery.message().kind().equals("firing") || isEnd;
            if (delivery.channel().equals(channel) && isCounted) {
                delivery.message().items().stream()
                        .filter(item ->
                                (item.endedAt() != 0) == isEnd && item.board().equals("host"))
                        .forEach(item -> counts.merge(item.alertId() + "@" + item.firingSince(), 1, Integer::sum));
            }
        }
        return counts;
    }

    @Test
    void eachEndIsToldOnceAndNothingIsLost() {
        for (int seed = 0; seed < RUNS; seed++) {
            MessengerRun run = day(seed, WITHOUT_HOLDS, HOUR);
            addTrouble(run);
            run(run);
            assertWellFormed(run, false);
            for (String channel : List.of("mail", "chat")) {
                Map<String, Integer> ends = count(run, channel, true);
                assertEquals(incidents.keySet(), ends.keySet(), "seed " + seed);
                assertEquals(Set.of(1), new HashSet<>(ends.values()), "seed " + seed);
                count(run, channel, false)
                        .forEach((incident, count) -> assertTrue(
                                count <= Objects.requireNonNull(incidents.get(incident)).tellable,
                                () -> incident + " told " + count));
            }
        }
    }

    @Test
    void itHoldsWhereverItIsKilled() {
        for (int seed = 0; seed < RUNS; seed++) {
            int commits = run(day(seed, WITH_HOLDS, HOUR)).commits();
            for (int kill = 0; kill < 2; kill++) {
                MessengerRun run = day(seed, WITH_HOLDS, HOUR);
                addTrouble(run);
                addSilences(run);
                run(run.killAt(1 + random.nextInt(commits), random.nextBoolean()));
                assertWellFormed(run, true);
            }
        }
    }

    @Test
    void nothingIsToldWhileItIsHeldBack() {
        for (int seed = 0; seed < RUNS; seed++) {
            MessengerRun run = day(seed, WITH_HOLDS, HOUR);
            addSilences(run);
            run(run);
            assertWellFormed(run, false);
            for (Delivery delivery : run.received()) {
                long hour = Math.floorMod(delivery.message().at(), 24 * HOUR) / HOUR;
                boolean isNight = hour >= 22 || hour < 6;
                assertTrue(
                        !isNight
                                || delivery.message().items().stream()
                                        .allMatch(item -> item.level().equals("critical")),
                        delivery::toString);
                boolean isNoon = Math.floorMod(delivery.message().at(), 24 * HOUR) < 13.5 * HOUR && hour >= 12;
                assertTrue(
                        !isNoon
                                || delivery.message().items().stream()
                                        .noneMatch(item -> item.rule().equals("rule-1")),
                        delivery::toString);
            }
        }
    }

    @Test
    void channelHasAtMostTwentyMessagesInTenMinutes() {
        length = 4 * HOUR;
        for (int seed = 0; seed < 3; seed++) {
            MessengerRun run = run(day(seed, EACH_ALONE, TimeUnit.SECONDS.toMillis(20)));
            assertWellFormed(run, false);
            List<Long> times = new ArrayList<>();
            run.received().stream()
                    .filter(each -> each.channel().equals("mail"))
                    .forEach(each -> times.add(each.message().at()));
            for (int i = 20; i < times.size(); i++) {
                assertTrue(times.get(i) - times.get(i - 20) >= TimeUnit.MINUTES.toMillis(10), "message " + i);
            }
            assertTrue(run.received().stream()
                    .anyMatch(each -> each.message().kind().equals("digest")));
        }
    }

    @Test
    void whatIsRestoredIsWhatWasSaved() {
        for (int seed = 0; seed < RUNS; seed++) {
            MessengerRun run = day(seed, WITH_HOLDS, HOUR);
            addTrouble(run);
            addSilences(run);
            for (int i = 0; i < 10; i++) {
                run.at(random.nextInt((int) DAYS), MessengerRun::assertRestored);
            }
            run(run);
        }
    }
}
