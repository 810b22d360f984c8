package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of rules, as they come, change and are wrong. */
class RuleFilesTest {

    private static final String GOOD = "rules:\n  - name: a\n    watch: b:v.x\n    alarm: {above: 1}\n";

    @TempDir
    private Path folder;

    private long time = 1_700_000_000_000L;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        time += 1_000;
        Files.setLastModifiedTime(file, FileTime.fromMillis(time));
    }

    private static List<String> names(RuleFiles.Loaded loaded) {
        return loaded.rules().stream()
                .map(rule -> rule.json().getString("name"))
                .toList();
    }

    @Test
    void filesAreReadWhenTheyComeAndChangeAndNotOtherwise() throws IOException {
        RuleFiles files = new RuleFiles(folder.toString());
        assertTrue(files.changed().isEmpty());
        write("a.yaml", GOOD);
        assertEquals(List.of("a"), names(files.changed().orElseThrow()));
        assertTrue(files.changed().isEmpty());
        write("b.yaml", GOOD.replace("name: a", "name: b"));
        assertEquals(List.of("a", "b"), names(files.changed().orElseThrow()));
        Files.delete(folder.resolve("a.yaml"));
        assertEquals(List.of("b"), names(files.changed().orElseThrow()));
    }

    @Test
    void wrongFileKeepsTheOldRulesAndIsShownWithPlaceAndMend() throws IOException {
        RuleFiles files = new RuleFiles(folder.toString());
        write("a.yaml", GOOD);
        files.changed();
        write("a.yaml", GOOD + "  - name: b\n    watch: b:v.x\n    alarm: {abve: 1}\n");
        RuleFiles.Loaded loaded = files.changed().orElseThrow();
        assertEquals(List.of("a"), names(loaded));
        JsonObject problem = loaded.problems().get(0);
        assertEquals("a.yaml", problem.getString("file"));
        assertEquals(7, problem.getInteger("line"));
        assertEquals(19, problem.getInteger("column"));
        assertEquals("the nearest is above", problem.getString("mend"));
        write("a.yaml", "rules: []\n");
        loaded = files.changed().orElseThrow();
        assertEquals(List.of(), names(loaded));
        assertEquals(List.of(), loaded.problems());
    }

    @Test
    void whatIsNoYamlIsSaidSo() throws IOException {
        for (String text : List.of(
                "rules: [",
                "- a",
                "rules: {a: b",
                "a: &x 1\nb: *x",
                "x: " + "[".repeat(5_000),
                "rules: text",
                "rulse: []",
                "rules:\n  - text",
                "routes: text",
                "rules: []\nrules: []")) {
            write("a.yaml", text);
            RuleFiles files = new RuleFiles(folder.toString());
            List<JsonObject> problems = files.changed().orElseThrow().problems();
            assertEquals(1, problems.size(), text);
            assertTrue(problems.get(0).getInteger("line") > 0, problems::toString);
        }
    }

    @Test
    void sectionsOfMessagesAreHandedOverAndThoseOfSeveralFilesAreOne() throws IOException {
        write("a.yaml", "channels:\n  mail: {kind: mail}\nroutes:\n  - name: one\n");
        write("b.yaml", "channels:\n  hook: {kind: webhook}\nroutes:\n  - name: two\nquietHours: {}\n");
        JsonObject messages =
                new RuleFiles(folder.toString()).changed().orElseThrow().messages();
        assertEquals(2, messages.getJsonObject("channels").size());
        assertEquals("two", messages.getJsonArray("routes").getJsonObject(1).getString("name"));
        assertTrue(messages.containsKey("quietHours"));
    }

    @Test
    void sameNameInTwoFilesIsAProblemAndTheFirstCounts() throws IOException {
        write("a.yaml", GOOD);
        write("b.yaml", GOOD.replace("above: 1", "above: 2"));
        RuleFiles.Loaded loaded = new RuleFiles(folder.toString()).changed().orElseThrow();
        assertEquals("a.yaml", loaded.rules().get(0).file());
        assertTrue(loaded.problems().get(0).getString("what").contains("also in a.yaml"));
    }
}
