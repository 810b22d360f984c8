package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPanelsTest {

    private static final JsonObject HOST = new JsonObject("""
            {"cpu":{"busyPercent":100,"userPercent":90.4,"systemPercent":9.6,"load1":16.6},
             "memory":{"usedPercent":15,"usedBytes":3758096384,"totalBytes":25769803776},
             "filesystems":{"/":{"usedPercent":28,"usedBytes":31138512896,"totalBytes":270582939648},
               "/a":{"usedPercent":1},"/b":{"usedPercent":2},"/c":{"usedPercent":3},"/d":{"usedPercent":4},
               "/srv":{"usedPercent":97,"usedBytes":1,"totalBytes":1},"/z":{"unavailable":"no answer for 20 s"}}}""");

    private static List<String> lines(int width) {
        TextBlock block = TextBlock.of(width);
        HostPanels panels = new HostPanels(new Gauge(false), JsonView.of(HOST), new ArrayDeque<>(List.of(0.0, 100.0)));
        panels.cpu(block);
        panels.memory(block);
        panels.filesystems(block);
        return block.lines().stream().map(line -> line.encode(false)).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 40, 49, 60, 100})
    void numbersAreWholeOrNotThere(int width) {
        for (String line : lines(width)) {
            assertFalse(line.matches(".*(user|system|us|sy| of|[0-9]) ?[A-Za-z]?~.*"), width + ": " + line);
        }
    }

    @Test
    void shortFormsStandWhereLongOnesDoNotFit() {
        assertTrue(lines(49).stream().anyMatch(line -> line.endsWith("  user 90 %")), lines(49)::toString);
        assertTrue(lines(60).stream().anyMatch(line -> line.contains("us 90 %, sy 9.6 %")), lines(60)::toString);
        assertTrue(
                lines(100).stream().anyMatch(line -> line.contains("user 90 %, system 9.6 %")), lines(100)::toString);
    }

    @Test
    void lineOfTheCpuBeginsAtTheLeft() {
        assertEquals("_#", lines(49).get(2).stripTrailing());
    }

    @Test
    void mountThatDoesNotAnswerIsFirstThenTheFullest() {
        List<String> lines = lines(49);
        int title = lines.indexOf("filesystems");
        assertTrue(lines.get(title + 1).startsWith("/z "), lines::toString);
        assertTrue(lines.get(title + 2).startsWith("/srv "), lines::toString);
        assertEquals("and 1 more", lines.get(title + 7));
    }
}
