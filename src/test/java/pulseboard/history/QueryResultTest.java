package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of an answer, how long it may be, and how often it is made. */
class QueryResultTest {

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set by begin().
    private MadeHistory made;

    @BeforeEach
    void begin() {
        made = new MadeHistory(folder);
    }

    @AfterEach
    void end() {
        made.close();
    }

    @Test
    void processesAreToldAsJsonOnlyAndHaveNoSeries() {
        for (String format : List.of("csv", "ndjson")) {
            QueryRefusal refused =
                    assertThrows(QueryRefusal.class, () -> made.minutes(new JsonObject().put("format", format)));
            assertEquals(406, refused.status(), format);
        }
        QueryRefusal refused =
                assertThrows(QueryRefusal.class, () -> made.minutes(new JsonObject().put("series", "bogus")));
        assertEquals(404, refused.status());
        JsonObject minutes = made.minutes(new JsonObject().put("format", "json").put("series", new JsonArray()));
        assertEquals(new JsonArray(), minutes.getJsonArray("minutes"));
    }

    /** The number of intervals alone says nothing about the length. */
    @Test
    void answerWithLongNamesIsBoundedInItsCharacters() {
        JsonObject state = new JsonObject();
        IntStream.range(0, 20).forEach(series -> state.put("n".repeat(30_000) + series, 1));
        made.second(state);
        made.second(state);
        JsonObject question = new JsonObject().put("from", "-4s").put("points", 5);
        for (String format : List.of("json", "csv", "ndjson")) {
            assertTrue(made.text(question.copy().put("format", format)).length() > 20 * 30_000, format);
        }
        QueryRefusal onTheBus =
                assertThrows(QueryRefusal.class, () -> made.text(question.copy().put("format", "bridge")));
        assertEquals(400, onTheBus.status());
        IntStream.range(0, 19).forEach(again -> made.second(state.put("n".repeat(30_000) + 0, again)));
        QueryRefusal asLines = assertThrows(
                QueryRefusal.class,
                () -> made.text(question.put("from", "-20s").put("points", 30).put("format", "ndjson")));
        assertTrue(String.valueOf(asLines.getMessage()).contains("characters"), asLines.getMessage());
    }

    @Test
    void sameQuestionIsAnsweredOnceUntilSomethingNewIsKnown() {
        made.seconds(3, 1);
        made.list(); // Opens the file.
        JsonObject question = new JsonObject().put("format", "json").put("from", "-10s");
        String first = made.text(question);
        assertSame(first, made.text(question.copy()));
        assertNotSame(first, made.text(question.copy().put("format", "csv")));
        JsonObject always = new JsonObject()
                .put("format", "csv")
                .put("from", made.now() - 10_000)
                .put("to", made.now() + 10_000);
        assertFalse(made.text(always).contains(",7,"));
        made.seconds(2, 7);
        assertTrue(made.text(always).contains(",7,"), made.text(always));
    }
}
