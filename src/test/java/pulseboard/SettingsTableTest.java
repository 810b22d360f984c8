package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The settings that docs/settings.md describes are those that the program knows. */
class SettingsTableTest {

    private final Settings settings = new Settings();

    @Test
    void everySettingHasOneRowAndThereIsNoOther() throws IOException {
        List<String> told = rows().stream().map(row -> row.get(0)).toList();
        List<String> missing = new ArrayList<>(settings.keys());
        missing.removeAll(told);
        assertEquals(List.of(), missing, "docs/settings.md: these settings have no row");
        assertEquals(
                List.copyOf(settings.keys()),
                told,
                "docs/settings.md: other rows, or in another order than the program's");
    }

    @Test
    void everyRowNamesTheVariable() throws IOException {
        for (List<String> row : rows()) {
            assertEquals(Settings.variable(row.get(0)), row.get(1));
        }
    }

    @Test
    void everyRowHasTheDefaultThatIsUsed() throws IOException {
        String printed = rows().stream()
                .map(row -> "  " + row.get(0).replaceAll(".*\\.", "") + ": " + row.get(2) + "  # default")
                .collect(Collectors.joining("\n"));
        String actual =
                settings.print().lines().filter(line -> line.startsWith("  ")).collect(Collectors.joining("\n"));
        assertEquals(actual, printed);
    }

    @Test
    void everyRowSaysWhatTheSettingDoes() throws IOException {
        for (List<String> row : rows()) {
            assertFalse(row.get(3).isBlank(), row.get(0));
        }
    }

    private static List<List<String>> rows() throws IOException {
        return DocsTable.rows("docs/settings.md", "setting", "environment variable", "default");
    }
}
