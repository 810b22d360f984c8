package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VerdictPanelTest {

    private static final JsonObject CRITICAL = JsonObject.of(
            "level", "critical", "text", "/mnt/backup does not answer; / is full in about 5 h.", "since", 5);

    @Test
    void saysTheLevelInColourAndWord() {
        assertEquals(
                List.of(" \u001b[31mcritical: /mnt/backup does not answer; / is full in about 5 h.\u001b[0m"),
                lines(CRITICAL, 80, true));
    }

    @Test
    void longSentenceBreaksBetweenWordsAndIsCutAfterThreeLines() {
        List<String> lines = lines(CRITICAL, 24, false);
        assertEquals(List.of(" critical: /mnt/backup", "  does not answer; / is", "  full in about 5 h."), lines);
        assertEquals(3, lines(CRITICAL, 12, false).size());
    }

    @Test
    void saysSinceWhenAllIsWell() {
        JsonObject well = JsonObject.of("level", "ok", "text", "All is well.", "since", 1_700_000_000_000L);
        assertEquals(List.of(" ok: All is well. Since 2023-11-14T22:13:20Z."), lines(well, 80, false));
    }

    @Test
    void saysWhatIsAboutToFire() {
        JsonObject well = JsonObject.of("level", "ok", "text", "All is well.", "pending", "/srv is 91 % full");
        assertEquals(List.of(" ok: All is well. About to fire: /srv is 91 % full."), lines(well, 80, false));
    }

    @Test
    void sentenceCannotSendAnythingToTheTerminal() {
        JsonObject hostile = JsonObject.of("level", "\u001b[2J", "text", "a\u0007b", "since", "never");
        assertEquals(List.of(" ?[2J: a?b"), lines(hostile, 80, false));
    }

    @Test
    void standsBelowTheStateOfTheConnectionWhileThereAreFigures() {
        Panels panels = new Panels(true, new Keyboard());
        ServerState live =
                new ServerState("http://a/", TestStates.HOST, TestStates.PROCESSES, null, 0, CRITICAL, "", "");
        assertTrue(panels.draw(live, 100, 30, 1).get(2).encode(false).contains("critical: /mnt/backup"));
        ServerState gone =
                new ServerState("http://a/", TestStates.HOST, TestStates.PROCESSES, null, 0, CRITICAL, "gone", "");
        String all = panels.draw(gone, 100, 30, 1).stream()
                .map(line -> line.encode(false))
                .collect(Collectors.joining("\n"));
        assertTrue(!all.contains("critical"), all);
    }

    private static List<String> lines(JsonObject verdict, int columns, boolean isColoured) {
        TextBlock block = TextBlock.of(columns);
        new VerdictPanel(verdict).draw(block);
        return block.lines().stream().map(line -> line.encode(isColoured)).toList();
    }
}
