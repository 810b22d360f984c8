package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergePatchTest {

    /** Appendix A of RFC 7396; the page's tests read the same file. */
    static Stream<JsonObject> rfcCases() throws IOException {
        JsonArray cases = new JsonArray(Files.readString(Path.of("src/test/resources/rfc7396.json")));
        return cases.stream().map(JsonObject.class::cast);
    }

    @ParameterizedTest
    @MethodSource("rfcCases")
    void applyDoesWhatTheRfcShows(JsonObject example) {
        Object result = MergePatch.apply(example.getValue("original"), example.getValue("patch"));
        assertEquals(example.getValue("result"), result);
    }

    @Test
    void rfcHasFifteenCases() throws IOException {
        assertEquals(15, rfcCases().count());
    }

    @Test
    void applyChangesNeitherArgument() throws IOException {
        rfcCases().forEach(example -> {
            JsonObject before = example.copy();
            MergePatch.apply(example.getValue("original"), example.getValue("patch"));
            assertEquals(before, example);
        });
    }

    @Test
    void removedKeyBecomesNull() {
        JsonObject patch = MergePatch.diff(state("{'a': 1, 'b': {'c': 2}}"), state("{'b': {}}"));
        assertEquals(state("{'a': null, 'b': {'c': null}}"), patch);
    }

    @Test
    void onlyChangedMembersAreInThePatch() {
        JsonObject patch = MergePatch.diff(
                state("{'cpu': {'busyPercent': 1.5, 'load1': 0.2}, 'memory': {'usedBytes': 7}}"),
                state("{'cpu': {'busyPercent': 1.6, 'load1': 0.2}, 'memory': {'usedBytes': 7}}"));
        assertEquals(state("{'cpu': {'busyPercent': 1.6}}"), patch);
    }

    @Test
    void arrayIsReplacedWhole() {
        JsonObject patch = MergePatch.diff(state("{'a': [1, 2, 3]}"), state("{'a': [1, 2]}"));
        assertEquals(state("{'a': [1, 2]}"), patch);
    }

    @Test
    void newEmptyObjectIsADifference() {
        JsonObject patch = MergePatch.diff(new JsonObject(), state("{'disks': {}}"));
        assertEquals(state("{'disks': {}}"), patch);
    }

    @Test
    void applyOfDiffIsTheNewState() {
        long seed = new Random().nextLong();
        RandomStates states = new RandomStates(seed);
        for (int round = 0; round < 5_000; round++) {
            JsonObject from = states.next();
            JsonObject to = states.once(2) ? states.next() : states.next(from);
            JsonObject patch = MergePatch.diff(from, to);
            String where = "seed " + seed + ", round " + round + ": " + from + " to " + to + " by " + patch;
            assertEquals(to, MergePatch.apply(from, patch), where);
            assertEquals(to, MergePatch.apply(overTheWire(from), overTheWire(patch)), where);
        }
    }

    @Test
    void diffOfEqualStatesIsEmpty() {
        long seed = new Random().nextLong();
        RandomStates states = new RandomStates(seed);
        for (int round = 0; round < 2_000; round++) {
            JsonObject state = states.next();
            assertTrue(MergePatch.diff(state, state).isEmpty(), () -> "seed " + seed + ": " + state);
            assertTrue(MergePatch.diff(state, state.copy()).isEmpty(), () -> "seed " + seed + ": " + state);
        }
    }

    @Test
    void patchHoldsNoMemberThatStayed() {
        long seed = new Random().nextLong();
        RandomStates states = new RandomStates(seed);
        for (int round = 0; round < 2_000; round++) {
            JsonObject from = states.next();
            JsonObject to = states.next(from);
            for (String key : MergePatch.diff(from, to).fieldNames()) {
                assertTrue(
                        !to.containsKey(key) || !to.getValue(key).equals(from.getValue(key)),
                        () -> "seed " + seed + ": " + key + " from " + from + " to " + to);
            }
        }
    }

    private static JsonObject overTheWire(JsonObject object) {
        return new JsonObject(object.encode());
    }

    private static JsonObject state(String json) {
        return new JsonObject(json.replace('\'', '"'));
    }
}
