package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another machine writes the answers. */
class PastQuestionTest {

    private static final long FROM = 1_700_000_100_000L;

    private final PastQuestion question = new PastQuestion(List.of("a", "b"), FROM, 3);

    private static JsonObject answer(JsonObject series) {
        return JsonObject.of("from", FROM, "to", FROM + 30_000, "stepMilliseconds", 10_000, "series", series);
    }

    private static JsonObject kinds(JsonArray min, JsonArray average, JsonArray max) {
        return JsonObject.of("min", min, "average", average, "max", max);
    }

    private static JsonObject good() {
        return kinds(JsonArray.of(1, null, 3), JsonArray.of(1.5, null, 3), JsonArray.of(2, null, 3));
    }

    private static float[] row(PastQuestion.Taken taken, String name, int row) {
        return Objects.requireNonNull(
                PastColumns.row(Objects.requireNonNull(taken.columns().series().get(name)), row));
    }

    @Test
    void asksForEachIntervalOnceByTheClockOfTheMachine() {
        assertEquals(
                JsonObject.of("series", JsonArray.of("a", "b"), "from", FROM, "to", FROM + 30_000, "points", 3),
                question.toJson());
    }

    @Test
    void rowsThatWereAskedForAreTakenAsTheyAre() {
        PastQuestion.Taken taken =
                question.read(answer(JsonObject.of("a", good())).encode());
        assertEquals(0, taken.refused());
        assertArrayEquals(new float[] {1, 1.5f, 2}, row(taken, "a", 0));
        assertNull(
                PastColumns.row(Objects.requireNonNull(taken.columns().series().get("a")), 1));
        assertArrayEquals(new float[] {3, 3, 3}, row(taken, "a", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to", "stepMilliseconds"})
    void rowsOfAnotherTimeAreRefused(String key) {
        JsonObject json = answer(JsonObject.of("a", good()));
        assertRefused(json.copy().put(key, json.getLong(key) + 10_000).encode(), 3);
        assertRefused(json.copy().put(key, "soon").encode(), 3);
        json.remove(key);
        assertRefused(json.encode(), 3);
    }

    @Test
    void seriesThatNobodyAskedForAreRefusedWithTheRest() {
        assertRefused(answer(JsonObject.of("a", good(), "c", good())).encode(), 3);
    }

    @Test
    void moreRowsOrFewerThanWereAskedForAreRefused() {
        JsonArray two = JsonArray.of(1, 1);
        JsonArray four = JsonArray.of(1, 1, 1, 1);
        assertRefused(answer(JsonObject.of("a", kinds(two, two, two))).encode(), 3);
        assertRefused(
                answer(JsonObject.of("a", good(), "b", kinds(four, four, four))).encode(), 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "[]", "{}", "{\"series\":5}", "{\"series\":{\"a\":[]}}", "null"})
    void whatIsNoAnswerIsRefused(String text) {
        assertRefused(text, 3);
    }

    @Test
    void valuesThatCannotBeAreRefusedAndTheOthersTaken() {
        JsonObject series = JsonObject.of(
                "a", kinds(JsonArray.of(5, 1, 1), JsonArray.of(4, 1, 1), JsonArray.of(6, 1, 1)),
                "b", kinds(JsonArray.of(1, 1, "x"), JsonArray.of(1, 1e300, 1), JsonArray.of(null, 1e300, 1)));
        PastQuestion.Taken taken = question.read(answer(series).encode());
        assertEquals(3, taken.refused(), "one in each row");
        assertArrayEquals(new float[] {1, 1, 1}, row(taken, "a", 1));
        assertTrue(!taken.columns().series().containsKey("b"), "none of these");
    }

    @Test
    void namesOfSeriesAreThoseThatAreWantedEachOnce() {
        String list = JsonObject.of("series", JsonArray.of("a", "b", 5, "a", "x".repeat(2_000)))
                .encode();
        assertEquals(List.of("a", "b"), Backfill.names(list, any -> true));
        assertEquals(List.of("b"), Backfill.names(list, "b"::equals));
        JsonArray many = new JsonArray();
        for (int name = 0; name < 5_000; name++) {
            many.add("n" + name);
        }
        assertEquals(
                1_000,
                Backfill.names(JsonObject.of("series", many).encode(), any -> true)
                        .size());
        assertThrows(RuntimeException.class, () -> Backfill.names("no", any -> true));
    }

    private void assertRefused(String answer, int rows) {
        PastQuestion.Taken taken = question.read(answer);
        assertEquals(rows, taken.refused(), answer);
        assertTrue(taken.columns().isEmpty(), answer);
    }
}
