package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What keys do to what is shown. */
class KeyboardTest {

    private static final JsonObject VERDICT = JsonObject.of("level", "critical", "text", "/srv is full.")
            .put(
                    "parts",
                    new JsonArray()
                            .add(JsonObject.of(
                                    "level", "critical", "text", "/srv is full", "help", "du -xh\u001b[2J /srv"))
                            .add(JsonObject.of("level", "warning", "text", "eth0 receives damaged packets")));

    private final Keyboard keyboard = new Keyboard();
    private final Panels panels = new Panels(true, keyboard);

    private void type(String keys) {
        keys.chars().forEach(key -> assertFalse(keyboard.press(key), keys));
    }

    private List<TextLine> lines() {
        ServerState state =
                new ServerState("http://a/", TestStates.HOST, TestStates.PROCESSES, null, 0, VERDICT, "", "");
        return panels.draw(state, 100, 40, 1);
    }

    private String screen() {
        return lines().stream().map(line -> line.encode(false)).collect(Collectors.joining("\n"));
    }

    @Test
    void filterLeavesTheProcessesThatHoldIt() {
        type("/LAR");
        assertEquals(List.of("large"), TestStates.names(lines()));
        assertTrue(screen().contains("processes  with LAR, by cpu"), screen());
        assertTrue(screen().endsWith(" filter: LAR_"), screen());
        type("q\u007f\r"); // What is typed is no key of its own.
        assertEquals(List.of("large"), TestStates.names(lines()));
        assertTrue(screen().contains("q quit"), screen());
        type("\u001b");
        assertEquals(List.of("eager", "large"), TestStates.names(lines()));
    }

    @Test
    void filterThatIsGivenUpIsNone() {
        type("/nobody");
        assertEquals(List.of(), TestStates.names(lines()));
        type("\u001b");
        assertEquals(List.of("eager", "large"), TestStates.names(lines()));
    }

    @Test
    void alertsSayWhatToDo() {
        type("a");
        assertTrue(screen().contains(" critical: /srv is full\n   du -xh?[2J /srv\n warning: eth0 receives"), screen());
        assertEquals(List.of(), TestStates.names(lines()));
        type("a");
        assertEquals(2, TestStates.names(lines()).size());
    }

    @Test
    void helpTellsTheKeys() {
        type("?");
        assertTrue(screen().contains(" /   shows only processes"), screen());
        type("?");
        assertEquals(2, TestStates.names(lines()).size());
    }

    @Test
    void endIsAKeyOrTheEndOfTheKeyboard() {
        assertTrue(keyboard.press('q'));
        assertTrue(keyboard.press(-1));
        type("xyz");
    }
}
