package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept on disk, and what becomes of it on a bad day. */
@Tag("system")
class AlertStoreTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("alerts.mv");
    }

    private AlertStore open() {
        AlertStore store = new AlertStore(folder);
        store.read(0);
        return store;
    }

    private Map<String, Map<String, JsonObject>> read() {
        AlertStore store = new AlertStore(folder);
        Map<String, Map<String, JsonObject>> all = store.read(0);
        store.close(0);
        return all;
    }

    private static int number(Map<String, Map<String, JsonObject>> all) {
        return all.getOrDefault(Engine.ALERTS, Map.of())
                .getOrDefault("one", JsonObject.of("n", 0))
                .getInteger("n");
    }

    private static List<Integer> rows(AlertStore store) {
        return store.rows(0, Long.MAX_VALUE / 10, 1_000, row -> true).stream()
                .map(row -> row.getInteger("n"))
                .toList();
    }

    @Test
    void nothingIsOpenedAsLongAsThereIsNothingToKeep() {
        open().close(0);
        assertFalse(Files.exists(file()));
    }

    @Test
    void whatWasWrittenIsThereAgainAndForItsOwnerOnly() throws IOException {
        AlertStore store = open();
        store.write(AlertWriter.batch(1), 0);
        store.write(AlertWriter.batch(2), 0);
        store.close(0);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        Map<String, Map<String, JsonObject>> all = read();
        assertEquals(2, number(all));
        assertEquals(Set.of("message 2"), all.getOrDefault("outbox", Map.of()).keySet());
        assertFalse(all.containsKey(Engine.HISTORY));
        AlertStore again = open();
        assertEquals(List.of(1, 2), rows(again));
        assertEquals(1, again.rows(2, 2, 10, row -> true).size());
        assertEquals(1, again.rows(0, 9, 1, row -> true).size());
        again.close(0);
    }

    @Test
    void whatRestsIsOpenedAgainByTheNextWriteAndLosesNothing() {
        AlertStore store = open();
        store.write(AlertWriter.batch(1), 0);
        store.rest();
        assertEquals(1, number(read()), "another one can open it meanwhile");
        store.write(AlertWriter.batch(2), 0);
        assertEquals(List.of(1, 2), rows(store));
        store.rest();
        assertEquals(List.of(1, 2), rows(store), "and to read it");
        store.close(0);
        assertEquals(2, number(read()));
    }

    /** At each write to the file, of the real program that writes it, by SIGKILL. */
    @Test
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void killedAtEachWriteTheStateIsAsBeforeOrAsAfter() throws Exception {
        boolean isWhole = false;
        int write = 0;
        while (!isWhole) {
            Path own = Files.createDirectory(folder.resolve("kill" + ++write));
            int taken = live(own, write);
            isWhole = taken < 0;
            AlertStore store = new AlertStore(own);
            Map<String, Map<String, JsonObject>> all = store.read(0);
            int found = number(all);
            int least = isWhole ? AlertWriter.BATCHES : taken;
            assertTrue(found == least || found == least + 1, "write " + write + ": " + found + " of " + taken);
            assertEquals(
                    found == 0 ? Set.of() : Set.of("message " + found),
                    all.getOrDefault("outbox", Map.of()).keySet());
            assertEquals(found, rows(store).size(), "write " + write);
            assertFalse(Files.exists(own.resolve("alerts.damaged")));
            store.close(0);
        }
        assertTrue(write > AlertWriter.BATCHES, "killed " + write + " times");
    }

    /** Returns how many batches were taken before it was killed; -1 when it was not. */
    private int live(Path own, int write) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=logback-test.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AlertWriter.class.getName(),
                        own.toString(),
                        Integer.toString(write))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int taken = 0;
        try (BufferedReader out = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("killed")) {
                    writer.toHandle().destroyForcibly();
                } else if (line.matches("[0-9]+")) {
                    taken = Integer.parseInt(line);
                }
            }
        }
        return writer.waitFor() == 0 ? -1 : taken;
    }

    @Test
    void damagedFileIsPutAsideAndWhatIsKnownIsWrittenAnew() throws IOException {
        Files.writeString(file(), "this is no such file".repeat(1_000));
        AlertStore store = open();
        store.write(AlertWriter.batch(1), 0);
        assertEquals("", store.reason());
        store.close(0);
        assertTrue(Files.exists(folder.resolve("alerts.damaged")));
        assertEquals(1, number(read()));
    }

    @Test
    void fullDiskIsSaidAndAllGoesOnInMemoryUntilItTakesThings() throws IOException {
        boolean[] isFull = {true};
        PausingDisk.gate(() -> {
            if (isFull[0]) {
                throw new IOException("No space left on device");
            }
        });
        AlertStore store = new AlertStore(folder, PausingDisk::open);
        store.read(0);
        for (int number = 1; number <= 3; number++) {
            store.write(AlertWriter.batch(number), number);
        }
        assertTrue(store.reason().contains("No space left"), store.reason());
        assertEquals(List.of(1, 2, 3), rows(store));
        isFull[0] = false;
        store.attempt(5_000);
        assertTrue(store.reason().contains("No space left"), "not before it is due");
        store.attempt(20_000);
        assertEquals("", store.reason());
        isFull[0] = true;
        store.write(AlertWriter.batch(4), 21_000);
        assertEquals(List.of(1, 2, 3, 4), rows(store));
        isFull[0] = false;
        store.close(50_000);
        assertEquals(4, number(read()));
        AlertStore again = open();
        assertEquals(List.of(1, 2, 3, 4), rows(again));
        again.close(0);
    }

    @Test
    void historyIsBoundedByItsAge() {
        AlertStore store = open();
        store.write(AlertWriter.batch(1), 0);
        store.write(AlertWriter.batch(2), AlertStore.ROWS_KEPT_MILLISECONDS + 2);
        assertEquals(List.of(2), rows(store));
        store.close(0);
    }
}
