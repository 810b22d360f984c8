package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings in groups whose names people choose. */
class NamedGroupsTest {

    /** One group. */
    public record Garden(String place, int trees, boolean isOpen, List<String> fruits) {
        /** As it is unless somebody says otherwise. */
        public static final Garden DEFAULT = new Garden("", 1, true, List.of());
    }

    /** Holds them. */
    public record Gardens(Map<String, Garden> gardens) {
        /** None. */
        public static final Gardens DEFAULT = new Gardens(Map.of());

        /** Checks. */
        public Gardens {
            gardens.forEach((name, garden) -> {
                if (garden.trees() < 0) {
                    throw new IllegalArgumentException("town.gardens." + name + ".trees must not be below 0");
                }
            });
        }
    }

    private static final List<Board<?>> BOARDS =
            List.of(new Board<>("town", Gardens.class, Gardens.DEFAULT, Set.of("town"), false, config -> List.of()));

    private final Settings settings = new Settings(BOARDS);

    @TempDir
    private Path folder;

    private Map<String, Garden> gardens() {
        return settings.toConfig().board("town", Gardens.class).gardens();
    }

    private void read(String yaml) throws Exception {
        SettingsFile.apply(Files.writeString(folder.resolve("town.yaml"), yaml), settings);
    }

    private static String mistake(Runnable reading) {
        return Objects.requireNonNull(
                assertThrows(UserMistake.class, reading::run).getMessage());
    }

    @Test
    void groupHasWhatIsGivenAndTheDefaultsOfItsRecord() throws Exception {
        read(
                "town:\n  gardens:\n    old: {place: hill, fruits: [apple, pear]}\n    new:\n      trees: 3\n      isOpen: false\n");
        assertEquals(
                Map.of(
                        "old", new Garden("hill", 1, true, List.of("apple", "pear")),
                        "new", new Garden("", 3, false, List.of())),
                gardens());
    }

    @Test
    void variableHasTheSameInBraces() {
        settings.applyEnvironment(Map.of("PULSEBOARD_TOWN_GARDENS", "{old: {trees: 7}}"));
        assertEquals(7, Objects.requireNonNull(gardens().get("old")).trees());
    }

    @Test
    void whatIsPrintedIsReadAgain() throws Exception {
        settings.applyEnvironment(
                Map.of("PULSEBOARD_TOWN_GARDENS", "{old: {place: 'it''s: [here]', fruits: [a]}, new: {}}"));
        Map<String, Garden> before = gardens();
        String line = settings.print()
                .lines()
                .filter(each -> each.startsWith("  gardens: "))
                .findFirst()
                .orElseThrow();
        read("town:\n" + line + "\n");
        assertEquals(before, gardens());
    }

    @Test
    void mistakesSayWhereAndWhat() throws Exception {
        String file = folder.resolve("town.yaml").toString();
        assertEquals(
                file + ": unknown setting town.gardens.old.tree; the nearest is town.gardens.old.trees",
                mistake(() -> readQuietly("town:\n  gardens: {old: {tree: 1}}\n")));
        assertTrue(mistake(() -> readQuietly("town:\n  gardens: {old: {trees: many}}\n"))
                .endsWith("town.gardens.old.trees must be a whole number, not many"));
        assertTrue(mistake(() -> readQuietly("town:\n  gardens: {old: 1}\n"))
                .endsWith("town.gardens.old must be a group of names and values"));
        assertTrue(mistake(() -> readQuietly("town:\n  gardens: [old]\n"))
                .endsWith("town.gardens must be a group of names and values"));
        read("town:\n  gardens: {old: {trees: -1}}\n");
        assertEquals(file + ": town.gardens.old.trees must not be below 0", mistake(settings::toConfig));
    }

    private void readQuietly(String yaml) {
        try {
            read(yaml);
        } catch (UserMistake e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
