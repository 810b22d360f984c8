package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UploadsViewTest {

    private static final JsonObject TWO = new JsonObject("""
            {"uploaders": {
              "books": {"phase": "idle", "next": {"bytes": 1073741824}, "queue": {"bytes": 1024, "listedAt": 5}},
              "films": {"phase": "waiting", "until": 0, "session": {"startedAt": 1, "reason": "no account has room"},
                "bytes": {"percent": 99.99, "done": 1048576, "planned": 2097152}, "files": {"uploaded": 1, "planned": 2},
                "active": {"0": {"path": "a\\u009b2Jb", "bytes": 1, "size": 0}, "x": 5}}},
             "accounts": {"1": {"name": "drive", "usedPercent": 97, "status": "suspended", "suspendedUntil": 9}}}""");

    private static ServerState state(JsonObject board) {
        return new ServerState("http://a/", board, null, null, 0, null, "", "");
    }

    private static String shown(UploadsView view, JsonObject board, int columns, int rows) {
        List<TextLine> lines = view.draw(state(board), columns, rows, 10_000);
        assertEquals(rows, lines.size());
        List<String> texts = lines.stream().map(line -> line.encode(false)).toList();
        texts.forEach(line -> assertTrue(line.length() <= columns, line));
        return texts.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    @Test
    void oneThatIsUnderWayComesFirstAndAKeyShowsTheNext() {
        UploadsView view = new UploadsView(new Gauge(false), "");
        String first = shown(view, TWO, 100, 30);
        assertTrue(first.contains("99.9 %"), first);
        assertTrue(first.contains("no account has room until Thu "), first);
        assertTrue(first.contains("a?2Jb"), first);
        view.press('n');
        String second = shown(view, TWO, 100, 30);
        assertTrue(second.contains("the next begins when 1.0 GiB wait (1.0 KiB do)"), second);
        assertTrue(second.contains("\n drive ") && second.contains("suspended"), second);
    }

    @Test
    void smallTerminalHasALineForEach() {
        String text = shown(new UploadsView(new Gauge(false), "books"), TWO, 40, 8);
        assertTrue(text.contains("\n books: no active upload session"), text);
        assertTrue(text.contains("\n films: waiting 99.9 %, 1 of 2 files"), text);
    }

    @Test
    void rcloneOfSomebodyElseIsToldAsSuch() {
        JsonObject board = new JsonObject("""
                {"uploaders": {"other": {"kind": "attached", "target": "http://a:5572/", "phase": "uploading", "rates": {"bytesPerSecond": 2048},
                  "reported": {"files": 1, "totalFiles": 3, "bytes": 1024, "totalBytes": 4096}, "active": {"0": {"path": "film.mkv", "size": 5}}}}}""");
        String text = shown(new UploadsView(new Gauge(false), ""), board, 100, 30);
        assertTrue(text.contains("watches the rclone at http://a:5572/"), text);
        assertTrue(text.contains("1 of 3 files, 1.0 KiB of 4.0 KiB"), text);
        assertTrue(text.contains(" film.mkv ") && !text.contains("session"), text);
        assertEquals("other: uploading, 1 of 3 files, 1.0 KiB of 4.0 KiB, 2.0 KiB/s", UploadsView.text(board, ""));
    }

    /** What a server sends may be anything. */
    @Test
    void boardOfAStrangerIsNoReasonToEnd() {
        for (String strange : List.of(
                "{}",
                "{\"uploaders\": 5}",
                "{\"uploaders\": {\"a\": []}, \"accounts\": []}",
                "{\"uploaders\": {\"a\": {\"phase\": 5, \"queue\": [], \"bytes\": {\"percent\": \"x\"}, \"next\": {\"at\": 1e300}}}}",
                "{\"uploaders\": {\"a\": {\"phase\": \"uploading\", \"active\": {\"0\": {\"size\": -1}}, \"until\": -1e300,"
                        + " \"estimate\": {\"remainingSeconds\": 1e300}, \"session\": {\"startedAt\": -1e300}}}}")) {
            String text = shown(new UploadsView(new Gauge(true), ""), new JsonObject(strange), 100, 30);
            assertTrue(text.contains("uploads"), text);
            assertTrue(UploadsView.text(new JsonObject(strange), "").length() > 0);
        }
    }
}
