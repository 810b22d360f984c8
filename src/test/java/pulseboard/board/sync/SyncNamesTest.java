package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import pulseboard.Until;

/** Names that somebody could stumble over, and files that never rest. */
class SyncNamesTest extends SyncMachines {

    private static final int WRITES = 200;
    private static final int REPEATED = 20_000;

    SyncNamesTest() {
        super("a", "b");
    }

    @Test
    void whateverLinuxCanNameArrivesUnderItsName() throws Exception {
        Map<String, String> wanted = new TreeMap<>();
        for (String name : new String[] {
            "caf\u00e9",
            "cafe\u0301",
            "Case",
            "case",
            "\ud83d\ude00",
            "two\nlines",
            "<script>alert(1)<",
            "-rf",
            " ",
            "a\\b",
            "a\tb",
            "n".repeat(255)
        }) {
            sync.write("a", name, "content of " + name);
            wanted.put(name, SyncCase.hashOf("content of " + name));
        }
        sync.awaitTree("b", wanted);
        assertEquals(wanted, sync.tree("a"));
    }

    /** Only what has been quiet and was the same before and after it was read is told. */
    @Test
    void fileThatIsWrittenAllTheTimeIsNeverTornElsewhere() throws Exception {
        Path there = sync.folder("b").resolve("f");
        Set<String> torn = new TreeSet<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!isOver.get()) {
                look(there, torn);
            }
        });
        reader.start();
        for (int number = 0; number < WRITES; number++) {
            sync.write("a", "f", text(number));
            if (number % 40 == 0) {
                int now = number;
                Until.isTrue(
                        "it comes when it is left alone",
                        () -> Files.exists(there) && Files.readString(there).equals(text(now)));
            }
        }
        Until.isTrue("the last comes", () -> Files.readString(there).equals(text(WRITES - 1)));
        isOver.set(true);
        reader.join();
        assertTrue(torn.isEmpty(), torn::toString);
        assertEquals(Set.of("f"), sync.tree("b").keySet());
    }

    private static String text(int number) {
        return String.format("%04d", number).repeat(REPEATED);
    }

    private static void look(Path file, Set<String> torn) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (text.length() != 4 * REPEATED
                    || !text.equals(text.substring(0, 4).repeat(REPEATED))) {
                torn.add(text.length() + " characters");
            }
        } catch (NoSuchFileException e) {
            // Not yet there.
        } catch (java.io.IOException e) {
            torn.add(e.toString());
        }
    }
}
