package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pulseboard.board.host.HostRules;
import pulseboard.feed.RuleInfo;

/** What fires when, with time as it is told. */
class EngineTest {

    private static final String BOARD = "machine";
    private static final long START = 1_700_000_000_000L;

    private final Engine engine = new Engine(START);
    private long now = START;

    @BeforeEach
    void rules() {
        rules(
                engine,
                BOARD,
                List.of(
                        RuleInfo.of("full", "filesystems.*.usedPercent", "{{key}} is {{value}} full")
                                .warns("above 85 for 1m clear 80")
                                .alarms("above 93 for 30s clear 91")
                                .unless("type is squashfs")
                                .helps("du -x {{key}} shows what takes {{value}}"),
                        RuleInfo.of("hangs", "filesystems.*.unavailable", "{{key}} does not answer")
                                .alarms("present for 20s"),
                        RuleInfo.of("memory", "memory.usedPercent", "memory is {{value}} used")
                                .warns("above 92")));
    }

    private static void rules(Engine engine, String board, List<RuleInfo> infos) {
        RuleBook book = new RuleBook();
        book.announced(board, infos);
        engine.rules(board, book.published().rules().getOrDefault(board, List.of()), START);
    }

    private void judge(String state) {
        engine.judge(BOARD, new JsonObject(state), now);
    }

    private void disk(double percent) {
        judge("{\"filesystems\":{\"/srv\":{\"usedPercent\":" + percent + "}}}");
    }

    private void after(long seconds) {
        now += TimeUnit.SECONDS.toMillis(seconds);
        engine.tick(now);
    }

    private String firing() {
        return Verdict.of(engine.shown(now).values(), now).level();
    }

    private String said() {
        return Verdict.of(engine.shown(now).values(), now).text();
    }

    @Test
    void firesAfterItsTimeAndNotBefore() {
        disk(90);
        after(59);
        assertEquals("ok", firing());
        assertEquals(
                "pending",
                Objects.requireNonNull(engine.shown(now).get(AlertId.of(BOARD, "full", "/srv")))
                        .getString("state"));
        after(1);
        assertEquals("warning", firing());
        assertEquals("/srv is 90 % full.", said());
        assertEquals(
                "du -x /srv shows what takes 90 %",
                Objects.requireNonNull(engine.shown(now).get(AlertId.of(BOARD, "full", "/srv")))
                        .getString("help"));
    }

    @Test
    void whatIsAboutToFireIsSaidOnceItHasLasted() {
        disk(90);
        after(29);
        assertEquals("", Verdict.of(engine.shown(now).values(), now).pending());
        after(1);
        assertEquals(
                "/srv is 90 % full", Verdict.of(engine.shown(now).values(), now).pending());
        after(30);
        assertEquals("", Verdict.of(engine.shown(now).values(), now).pending());
    }

    @Test
    void shortPeakIsForgotten() {
        disk(90);
        after(59);
        disk(84);
        after(1);
        disk(90);
        after(59);
        assertEquals("ok", firing());
        assertTrue(engine.shown(now).size() <= 1);
    }

    @Test
    void levelRisesAndFallsEachAfterItsTimeAndNothingFlutters() {
        disk(95);
        after(30);
        assertEquals("critical", firing());
        disk(92); // Not below 91.
        after(3_600);
        assertEquals("critical", firing());
        disk(90);
        after(30);
        assertEquals("warning", firing());
        disk(82); // Not below 80.
        after(3_600);
        assertEquals("warning", firing());
        disk(79);
        after(59);
        assertEquals("warning", firing());
        after(1);
        assertEquals("ok", firing());
        assertEquals(0, engine.shown(now).size());
    }

    @Test
    void noDataIsNotGoodNews() {
        disk(95);
        after(60);
        judge("{\"filesystems\":{\"/srv\":{\"unavailable\":\"no answer\"}}}");
        after(3_600);
        assertEquals("critical", firing());
        assertTrue(said().contains("/srv is 95 % full (by the last figure that is known)"), said());
        assertTrue(said().contains("/srv does not answer"), said());
        judge("{}");
        after(3_600);
        assertEquals("critical", firing(), "the sampler fails: nothing is known");
        disk(50);
        after(60);
        assertEquals("ok", firing());
    }

    @Test
    void whatIsTakenOutIsNoTroubleAnyMore() {
        judge("{\"filesystems\":{\"/srv\":{\"usedPercent\":95},\"/\":{\"usedPercent\":5}}}");
        after(60);
        assertEquals("critical", firing());
        judge("{\"filesystems\":{\"/\":{\"usedPercent\":5}}}");
        assertEquals("ok", firing());
    }

    @Test
    void ruleThatIsSwitchedOffByAnotherValueIsSilent() {
        judge("{\"filesystems\":{\"/snap\":{\"usedPercent\":100,\"type\":\"squashfs\"}}}");
        after(3_600);
        assertEquals("ok", firing());
    }

    @Test
    void onlyRulesThatLookWhereSomethingChangedAreJudged() {
        JsonObject state = new JsonObject("{\"memory\":{\"usedPercent\":99},\"filesystems\":{}}");
        engine.judge(BOARD, state, new JsonObject("{\"filesystems\":{}}"), now);
        assertEquals("ok", firing());
        engine.judge(BOARD, state, new JsonObject("{\"memory\":{\"usedPercent\":99}}"), now);
        assertEquals("warning", firing());
    }

    @Test
    void worstComesFirstThenTheOldest() {
        judge(
                "{\"memory\":{\"usedPercent\":93},\"filesystems\":{\"/a\":{\"usedPercent\":90},\"/b\":{\"usedPercent\":95}}}");
        after(60);
        assertEquals("/b is 95 % full; memory is 93 % used; /a is 90 % full.", said());
    }

    @Test
    void boardThatIsGoneFiresNothing() {
        disk(95);
        after(60);
        engine.forget(BOARD, now);
        assertEquals("ok", firing());
        assertEquals(0, engine.size());
    }

    @Test
    void ruleThatCannotBeUnderstoodCostsOnlyItself() {
        rules(
                engine,
                BOARD,
                List.of(
                        RuleInfo.of("broken", "a.b", "x").warns("upwards 3"),
                        RuleInfo.of("good", "a", "a").warns("above 1")));
        assertEquals(1, engine.size());
        judge("{\"a\":2}");
        assertEquals("warning", firing());
    }

    /** Whatever comes: a level is reached only after its time of real figures, and left only after its time without a break. */
    @Test
    void holdsAreKeptWhateverComes() {
        Random random = new Random(20261129);
        for (int run = 0; run < 200; run++) {
            Hold hold = new Hold(Threshold.of("above 50 for 10s clear 40 clearFor 20s"));
            long at = 0;
            long known = 0;
            long above = -1;
            long below = -1;
            boolean wasMissing = false;
            for (int step = 0; step < 200; step++) {
                int pause = random.nextInt(8_000);
                at += pause;
                Double value = random.nextInt(10) == 0 ? null : Double.valueOf(random.nextInt(100));
                known += wasMissing ? 0 : pause;
                wasMissing = value == null;
                boolean before = hold.isOn();
                above = value == null ? above : value > 50 ? (above < 0 ? known : above) : -1;
                below = value != null && value <= 40 ? (below < 0 ? at : below) : -1;
                hold.judge(value, at);
                if (!before && hold.isOn()) {
                    assertTrue(above >= 0 && known - above >= 10_000);
                }
                if (before && !hold.isOn()) {
                    assertTrue(below >= 0 && at - below >= 20_000);
                }
            }
        }
    }

    @Test
    void rulesOfTheHostAreUnderstoodAndSayWhatToDo() {
        Engine host = new Engine(0);
        rules(host, "host", HostRules.ALL);
        assertEquals(HostRules.ALL.size(), host.size());
        List<String> names = new ArrayList<>();
        for (RuleInfo rule : HostRules.ALL) {
            assertFalse(rule.help().isBlank(), rule.name());
            assertFalse(names.contains(rule.name()), rule.name());
            names.add(rule.name());
        }
    }

    /** What is hot for one is not for another, where its maker says so. */
    @Test
    void sensorIsJudgedByItsOwnLimitWhereThatIsKnown() {
        Engine host = new Engine(0);
        rules(host, "host", HostRules.ALL);
        host.judge("host", new JsonObject("""
                {"sensors":{"temperatures":{"nvme":{"celsius":80,"criticalCelsius":85},"cpu":{"celsius":90,"criticalCelsius":105},
                 "board":{"celsius":90}}}}"""), 0);
        host.tick(TimeUnit.MINUTES.toMillis(1));
        assertEquals(
                List.of("board has 90 °C", "nvme has 80 °C, and its own limit is 85 °C"),
                host.shown(TimeUnit.MINUTES.toMillis(1)).values().stream()
                        .map(each -> each.getString("text").replaceAll("[\\u00a0\\u202f]", " "))
                        .sorted()
                        .toList());
    }

    @Test
    void maintenanceIsMarkedInTheHistoryAndChangesNothingElse() {
        Engine engine = new Engine(0);
        rules(engine, "host", HostRules.ALL);
        engine.judge("host", new JsonObject("{\"filesystems\":{\"/srv\":{\"forcedReadOnly\":\"error\"}}}"), 0);
        Batch batch = new Batch();
        assertEquals(1, engine.take(batch, transition -> "backup").size());
        JsonObject row = batch.writes().stream()
                .filter(write -> write.map().equals(Engine.HISTORY))
                .map(write -> new JsonObject(String.valueOf(write.value())))
                .findFirst()
                .orElseThrow();
        assertEquals("backup", row.getString("maintenance"));
        assertEquals("firing", row.getString("kind"));
    }

    @Test
    void nameAtTheBeginningOfTheSentenceStaysAsItIs() {
        JsonObject named = JsonObject.of("level", "warning", "key", "eth0", "text", "eth0 cannot send");
        JsonObject other = JsonObject.of("level", "warning", "key", "eth0", "text", "the interface eth0 cannot send");
        assertEquals("eth0 cannot send.", Verdict.of(List.of(named), now).text());
        assertEquals(
                "The interface eth0 cannot send.",
                Verdict.of(List.of(other), now).text());
    }

    @Test
    void healthyMachineIsWell() {
        Engine host = new Engine(0);
        rules(host, "host", HostRules.ALL);
        host.judge("host", new JsonObject("""
                {"cpu":{"busyPercent":41.5},"memory":{"usedPercent":76.0,"swap":{"usedPercent":12,"inBytesPerSecond":0}},
                 "pressure":{"cpu":{"someAvg10Percent":3},"memory":{"fullAvg10Percent":0},"io":{"fullAvg10Percent":1}},
                 "filesystems":{"/":{"usedPercent":61.0,"inodesUsedPercent":4},"/srv":{"usedPercent":84}},
                 "disks":{"vda":{"averageWaitMilliseconds":3}},
                 "network":{"interfaces":{"eth0":{"receiveErrorsPerSecond":0,"sendErrorsPerSecond":0}}},
                 "sensors":{"temperatures":{"cpu":{"celsius":61}},"batteries":{"ups":{"chargePercent":100}}}}"""), 0);
        host.tick(TimeUnit.HOURS.toMillis(2));
        assertEquals(
                "All is well.",
                Verdict.of(host.shown(TimeUnit.HOURS.toMillis(2)).values(), now).text());
    }
}
