package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.RuleInfo;

/** Rules as people write them. */
class RuleReaderTest {

    private static Rule line(String line) {
        return RuleReader.read(RuleLine.read("rule", line), "test", Marks.NONE);
    }

    private static Rule yaml(String text) {
        YamlTree tree = YamlTree.of(text);
        return RuleReader.read(tree.json(), "test", tree.marks());
    }

    @Test
    void oneLineSaysTheSameAsAFile() {
        Rule expected = yaml("""
                name: rule
                watch: host:filesystems.*.usedPercent
                alarm: {above: 93, for: 2m, clear: 85}
                unless: host:filesystems.*.type in [squashfs, iso9660]
                """);
        assertEquals(
                expected,
                line("host:filesystems.*.usedPercent above 93 for 2m clear 85 unless type in [squashfs, iso9660]"));
    }

    @Test
    void everyPartIsUnderstood() {
        Rule rule = yaml("""
                name: load
                watch: 'host:cpu.load5'
                of: cpu.coreCount
                mean: 5m
                warn: above 2 for 10m
                alarm: {above: 4.5, for: 5m, clearFor: 1h}
                unless: sensors.off is true
                text: "{{value}} per core"
                repeat: 4h
                route: disks
                """);
        assertEquals(
                List.of("cpu", "coreCount"), Objects.requireNonNull(rule.of()).keys());
        assertEquals(300_000, rule.meanMilliseconds());
        assertEquals(
                "above 2 for 10m",
                Objects.requireNonNull(rule.levels().get(Level.WARNING)).text());
        assertEquals(
                "above 4.5 for 5m clearFor 1h",
                Objects.requireNonNull(rule.levels().get(Level.CRITICAL)).text());
        assertEquals("4h", rule.texts().repeat());
        JsonObject state = new JsonObject("{\"cpu\":{\"load5\":9,\"coreCount\":4},\"sensors\":{}}");
        assertEquals(2.25, rule.value(state, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b:v.x rises 10 in 1h",
                "b:v.x changes 3 in 10m for 1m",
                "b:v.x absent 5m",
                "b:v.x differs",
                "b:v.x reaches 100 within 24h",
                "b:v.x is \"not there\"",
                "b:v.\"/mnt/a.b\".x present for 20s",
                "b:v.x of y mean 5m severity info above 4 clear 3"
            })
    void oneLineIsWrittenAsItIsRead(String line) {
        JsonObject json = RuleLine.read("rule", line);
        Rule rule = RuleReader.read(json, "test", Marks.NONE);
        JsonObject again = JsonObject.of("name", "rule", "watch", json.getString("watch"));
        rule.levels()
                .forEach((level, threshold) ->
                        again.put("when", threshold.text()).put("severity", level.text()));
        List.of("of", "mean", "unless").forEach(key -> Put.unlessEmpty(again, key, json.getString(key, "")));
        assertEquals(rule, RuleReader.read(again, "test", Marks.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory.usedPercent above 90 | 0 | the board is missing | host:memory.usedPercent",
                "b:v.x abvoe 90 | 7 | \"abvoe\" is no condition | the nearest is above",
                "b:v.x above | 12 | what follows above is missing | above 90",
                "b:v.x above many | 13 | is no number | 93",
                "b:v.x above 90 for 2w | 20 | \"2w\" is no time | 10m",
                "b:v.x above 90 clear 95 | 16 | end before it begins | not higher than 90",
                "b:v.x above 90 soon | 16 | \"soon\" | leave it out",
                "b:v.x rises 10 1h | 16 | the time is missing | in 1h",
                "b:v.x in [a | 12 | the end of a list is missing | add a ]",
                "b:v.x is \"a | 10 | a quotation mark is missing | add one more",
                "b:v..x above 1 | 0 | a key of the path is empty | memory.usedPercent"
            })
    void whatIsWrongIsSaidWithItsColumnAndHowToMendIt(String line, int column, String what, String mend) {
        WrongRule wrong = assertThrows(WrongRule.class, () -> line(line));
        if (column > 0) {
            assertEquals(column, wrong.column(), wrong.getMessage());
        }
        assertTrue(wrong.what().contains(what), wrong.what());
        assertTrue(wrong.mend().contains(mend), wrong.mend());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: Full          | 1 | 7 | lower-case",
                "watch: v.x          | 2 | 8 | the board is missing",
                "wrn: above 3        | 2 | 6 | the nearest is warn",
                "alarm: {abov: 3}    | 2 | 15 | the nearest is above",
                "alarm: {for: 3m}    | 2 | 8 | no condition",
                "alarm: {above: x}   | 2 | 16 | no number",
                "alarm: over 3       | 2 | 8 | no condition",
                "mean: often         | 2 | 7 | no time",
                "of: c:d             | 2 | 5 | another board",
                "unless: type squash | 2 | 14 | no condition",
                "severity: bad       | 2 | 11 | write one of"
            })
    void whatIsWrongInAFileIsSaidWithItsLine(String member, int line, int column, String words) {
        String text = member.startsWith("name")
                ? member + "\nwatch: b:v.x\nalarm: above 1"
                : "name: rule\n" + member.strip()
                        + (member.startsWith("watch") ? "" : "\nwatch: b:v.x")
                        + (member.startsWith("alarm") ? "" : "\nalarm: above 1");
        WrongRule wrong = assertThrows(WrongRule.class, () -> yaml(text));
        assertEquals(line + ":" + column, wrong.line() + ":" + wrong.column(), wrong.getMessage());
        assertTrue(String.valueOf(wrong.getMessage()).contains(words), wrong::toString);
    }

    @Test
    void ruleOfABoardIsChangedByNameAndTheRestStays() {
        RuleBook book = new RuleBook();
        book.announced(
                "b",
                List.of(
                        RuleInfo.of("full", "v.x", "it is full")
                                .warns("above 85")
                                .alarms("above 93 for 1m"),
                        RuleInfo.of("other", "v.y", "other").warns("above 1")));
        book.page("full", JsonObject.of("name", "full", "warn", "above 50"));
        book.page("other", JsonObject.of("name", "other", "enabled", false));
        Rule full = Objects.requireNonNull(book.published().rules().get("b")).get(0);
        assertEquals(
                "above 50",
                Objects.requireNonNull(full.levels().get(Level.WARNING)).text());
        assertEquals(
                "above 93 for 1m",
                Objects.requireNonNull(full.levels().get(Level.CRITICAL)).text());
        assertEquals("it is full", full.texts().text());
        assertEquals(
                1, Objects.requireNonNull(book.published().rules().get("b")).size());
        assertFalse(book.published().described().getJsonObject("other").getBoolean("enabled"));
        book.page("full", JsonObject.of("name", "full", "warn", "off", "alarm", "above 99"));
        full = Objects.requireNonNull(book.published().rules().get("b")).get(0);
        assertEquals(Set.of(Level.CRITICAL), full.levels().keySet());
        book.announced("c", List.of(RuleInfo.of("load", "v.x", "load").informs("above 4")));
        book.page("load", JsonObject.of("name", "load", "when", "above 9"));
        Rule load = Objects.requireNonNull(book.published().rules().get("c")).get(0);
        assertEquals(Set.of(Level.INFO), load.levels().keySet());
    }

    @Test
    void namesOfFilesStayText() {
        Rule rule = line("b:v.*.x above 1");
        String key = "{{value}}\n<b>$1\\{{for}}";
        String said = new AlertText(rule, key, 2, new JsonObject()).text();
        assertEquals("x of { {value}} <b>$1\\{ {for}} is 2", said);
        assertEquals("x of a is { {for}}  b", new AlertText(rule, "a", "{{for}}\r\nb", new JsonObject()).text());
    }
}
