package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows by the clock on the wall, on days on which somebody moves its hands too. */
class WindowsTest {

    private static final String BERLIN = "Europe/Berlin";

    private static Windows daily(String from, String to, String zone) {
        return Windows.of(new Section("night", JsonObject.of("from", from, "to", to, "zone", zone)));
    }

    /** The moment at which the window ends that this one is in; empty when it is in none. */
    private static String end(Windows windows, String at) {
        return windows.endOf(Instant.parse(at).toEpochMilli()).stream()
                .mapToObj(end -> Instant.ofEpochMilli(end).toString())
                .findFirst()
                .orElse("");
    }

    private static void assertSpan(Windows windows, String begin, String end) {
        Instant first = Instant.parse(begin);
        assertEquals("", end(windows, first.minusMillis(1).toString()), "before it begins");
        assertEquals(end, end(windows, begin));
        assertEquals(end, end(windows, Instant.parse(end).minusMillis(1).toString()));
        assertEquals("", end(windows, end), "after its end");
    }

    @Test
    void windowGoesAcrossMidnight() {
        Windows night = daily("22:00", "07:00", BERLIN);
        assertSpan(night, "2026-01-10T21:00:00Z", "2026-01-11T06:00:00Z");
        assertEquals("", end(night, "2026-01-10T12:00:00Z"));
    }

    @Test
    void daysAreThoseOnWhichItBegins() {
        Windows weekend = Windows.of(new Section(
                "weekend",
                JsonObject.of("from", "22:00", "to", "07:00", "zone", BERLIN)
                        .put("days", new JsonArray().add("fri-sat"))));
        assertSpan(weekend, "2026-01-09T21:00:00Z", "2026-01-10T06:00:00Z"); // From Friday to Saturday.
        assertSpan(weekend, "2026-01-10T21:00:00Z", "2026-01-11T06:00:00Z");
        assertEquals("", end(weekend, "2026-01-11T22:00:00Z"));
    }

    @Test
    void wholeDaysInARowAreOneWindow() {
        Windows weekend = Windows.of(new Section(
                "weekend",
                JsonObject.of("from", "00:00", "to", "24:00", "zone", BERLIN)
                        .put("days", new JsonArray().add("sat").add("sun"))));
        assertEquals("2026-01-11T23:00:00Z", end(weekend, "2026-01-10T12:00:00Z"));
        assertTrue(daily("00:00", "24:00", BERLIN).endOf(0).isPresent(), "always, and that comes to an end here, too");
    }

    @Test
    void onceIsOnce() {
        Windows once = Windows.of(new Section(
                "move", JsonObject.of("from", "2026-12-24T18:00", "to", "2026-12-26T06:00", "zone", BERLIN)));
        assertSpan(once, "2026-12-24T17:00:00Z", "2026-12-26T05:00:00Z");
    }

    /** From, to, zone, and the moments at which it begins and ends. */
    private static void assertSpan(String line) {
        String[] words = line.split(" ", -1);
        assertSpan(daily(words[0], words[1], words[2]), words[3], words[4]);
    }

    /** In Berlin the clock goes from 02:00 to 03:00 at 01:00 UTC on 2026-03-29; in New York at 07:00 UTC on 2026-03-08. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "02:30 05:00 Europe/Berlin 2026-03-29T01:00:00Z 2026-03-29T03:00:00Z", // Begins at 03:00.
                "23:00 02:30 Europe/Berlin 2026-03-28T22:00:00Z 2026-03-29T01:00:00Z", // Ends at 03:00.
                "01:30 03:30 Europe/Berlin 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z",
                "02:30 05:00 America/New_York 2026-03-08T07:00:00Z 2026-03-08T09:00:00Z",
                "23:00 02:30 America/New_York 2026-03-08T04:00:00Z 2026-03-08T07:00:00Z"
            })
    void timeThatDoesNotExistIsTheMomentOfTheChange(String line) {
        assertSpan(line);
    }

    /** In Berlin 02:00 to 03:00 is there twice from 00:00 UTC on 2026-10-25; in New York 01:00 to 02:00 from 05:00 UTC on 2026-11-01. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "02:30 05:00 Europe/Berlin 2026-10-25T00:30:00Z 2026-10-25T04:00:00Z", // Begins at the first.
                "23:00 02:30 Europe/Berlin 2026-10-24T21:00:00Z 2026-10-25T01:30:00Z", // Ends at the second.
                "02:15 02:45 Europe/Berlin 2026-10-25T00:15:00Z 2026-10-25T01:45:00Z",
                "01:30 05:00 America/New_York 2026-11-01T05:30:00Z 2026-11-01T10:00:00Z",
                "23:00 01:30 America/New_York 2026-11-01T03:00:00Z 2026-11-01T06:30:00Z"
            })
    void timeThatIsThereTwiceIsTheFirstForABeginningAndTheSecondForAnEnd(String line) {
        assertSpan(line);
    }

    @Test
    void windowOfTimesThatAllDoNotExistIsNone() {
        Windows windows = daily("02:10", "02:50", BERLIN);
        assertEquals("", end(windows, "2026-03-29T00:59:59Z"));
        assertEquals("", end(windows, "2026-03-29T01:00:00Z"));
        assertSpan(windows, "2026-03-30T00:10:00Z", "2026-03-30T00:50:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from':'22:00'} | night: to: expected a time such as \"22:00\", not \"\"",
                "{'from':'25:00','to':'07:00'} | night: from: expected a time such as \"22:00\", not \"25:00\"",
                "{'from':'07:00','to':'07:00'} | night: to: is the same as from; a whole day is from: \"00:00\", to: \"24:00\"",
                "{'from':'22:00','to':'07:00','zone':'Berlin'} | night: zone: expected one such as Europe/Berlin, not Berlin",
                "{'from':'22:00','to':'07:00','days':['mond']} | night: days: mond is not known; the nearest is mon of mon, tue, wed, thu, fri, sat, sun",
                "{'from':'2026-12-24T18:00','to':'2026-12-24T18:00'} | night: to: is not after from",
                "{'from':'2026-12-24T18:00','to':'07:00'} | night: to: expected a date and time such as 2026-12-24T18:00, not \"07:00\"",
                "{'from':'2026-12-24T18:00','to':'2026-12-25T18:00','days':'mon'} | night: days: a window from one date to another has none"
            })
    void whatIsNoWindowIsRefusedInWords(String json, String message) {
        Section section = new Section("night", new JsonObject(json.replace('\'', '"')));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Windows.of(section))
                        .getMessage());
    }
}
