package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.board.host.HostValues;
import pulseboard.feed.FeedReader;
import pulseboard.feed.ValueInfo;

class ValueTest {

    private static JsonObject told(String name, JsonObject state, long age) {
        JsonObject snapshot = JsonObject.of("epoch", "e", "seq", 1, "at", 1_000_000L, "state", state);
        ValueInfo info = HostValues.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new Value(info).document(snapshot, 1_000_000L + age);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, percent, 41.5, 42 %",
        "load, number, 0.52, 0.52",
        "memory, percent, 76.0, 76 %",
        "disk, percent, 92.5, 93 %",
        "network, bytesPerSecond, 1001536.0, 978 KiB/s",
        "processes, number, 76.0, 76",
    })
    void eachNameHasItsPlaceOnTheBoard(String name, String unit, double value, String text) {
        JsonObject told = told(name, ValueSite.STATE, 0);
        assertEquals(unit, told.getString("unit"));
        assertEquals(value, told.getDouble("value"));
        assertEquals(text, told.getString("text"));
    }

    @Test
    void placesThatTheSmallBoardLacksAreReadToo() {
        JsonObject state = new JsonObject("""
                {"memory":{"swap":{"usedPercent":12.25}},
                 "sensors":{"temperatures":{"a":{"celsius":51},"b":{"celsius":66}}}}""");
        assertEquals("12 %", told("swap", state, 0).getString("text"));
        assertEquals("66 °C", told("temperature", state, 0).getString("text"));
    }

    @Test
    void everyNameIsOfferedOnce() {
        assertEquals(HostValues.NAMES.size(), new HashSet<>(HostValues.NAMES).size());
    }

    @Test
    void emptyBoardHasNoValues() {
        for (String name : HostValues.NAMES) {
            assertEquals("n/a", told(name, new JsonObject(), 0).getString("text"), name);
        }
    }

    @Test
    void oldFigureIsNone() {
        assertEquals(
                41.5,
                told("cpu", ValueSite.STATE, FeedReader.STALE_MILLISECONDS).getDouble("value"));
        JsonObject old = told("cpu", ValueSite.STATE, 12_500);
        assertEquals("n/a", old.getString("text"));
        assertEquals("nothing was measured for 12 s", old.getString("reason"));
        assertNull(old.getValue("value"));
    }

    @Test
    void clockThatWasSetBackMakesNothingOld() {
        assertEquals(41.5, told("cpu", ValueSite.STATE, -3_600_000).getDouble("value"));
    }

    @ParameterizedTest
    @CsvSource({
        "PERCENT, 0, 0 %",
        "PERCENT, 9.94, 9.9 %",
        "PERCENT, 9.96, 10 %",
        "PERCENT, 100, 100 %",
        "NUMBER, 12.34, 12.3",
        "NUMBER, 9.996, 10.0",
        "CELSIUS, -3.5, -4 °C",
        "BYTES_PER_SECOND, 0, 0 B/s",
        "BYTES_PER_SECOND, 1023.4, 1023 B/s",
        "BYTES_PER_SECOND, 1023.6, 1.0 KiB/s",
        "BYTES_PER_SECOND, 5e15, 4547 TiB/s",
    })
    void figureIsAsLongAsSomebodyReads(Unit unit, double value, String text) {
        assertEquals(text, unit.text(value));
    }
}
