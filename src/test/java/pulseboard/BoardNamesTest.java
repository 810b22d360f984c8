package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever serves, keeps or carries boards goes by the directory, and writes the name of none. */
class BoardNamesTest {

    private static final Path SOURCES = Path.of("src/main/java/pulseboard");

    private static List<String> namesIn(String room) throws IOException {
        Set<String> names = Deployment.BOARDS.get(0).boards();
        assertFalse(names.isEmpty());
        List<String> found = new ArrayList<>();
        try (var files = Files.walk(SOURCES.resolve(room))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                names.stream()
                        .filter(name -> text.contains('"' + name + '"') || text.contains('"' + name + '.'))
                        .forEach(name -> found.add(file + " has " + name));
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "engine", "feed", "history", "link", "prometheus", "web"})
    void roomsThatServeBoardsNameNone(String room) throws IOException {
        assertEquals(List.of(), namesIn(room));
    }

    /** Else the test above would find nothing anywhere. */
    @Test
    void roomOfABoardNamesIt() throws IOException {
        assertFalse(namesIn("board").isEmpty());
    }
}
