package pulseboard.board.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing in the lab is made up: chance comes from a seed, on the page there is none, and no figure stands in for one that is missing. */
class LabRulesTest {

    private static final Pattern CHANCE =
            Pattern.compile("new (Splittable)?Random\\(\\)|Math\\.random|ThreadLocalRandom|UUID\\.randomUUID");

    private static List<String> lines(String folder, String suffix, Pattern wanted) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(suffix)).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (wanted.matcher(line).find()) {
                        found.add(file.getFileName() + ": " + line.strip());
                    }
                }
            }
        }
        return found;
    }

    @Test
    void chanceComesFromASeed() throws IOException {
        assertEquals(List.of(), lines("src/main/java/pulseboard/board/lab", ".java", CHANCE));
        assertEquals(List.of(), lines("src/main/java/pulseboard/engine/emulator", ".java", CHANCE));
    }

    @Test
    void pageInventsNothing() throws IOException {
        for (String board : List.of("lab", "consensus")) {
            assertEquals(
                    List.of(), lines("webroot/boards/" + board, ".js", Pattern.compile("Math\\.random|crypto\\.")));
        }
    }

    @Test
    void whatIsLookedForIsFound() throws IOException {
        assertEquals(
                1,
                lines("src/test/java/pulseboard/board/lab", "LabRulesTest.java", Pattern.compile("^class LabRulesTest"))
                        .size());
    }
}
