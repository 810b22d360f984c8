package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.config.UploadsConfig;

class LedgerTest {

    @TempDir
    private Path folder;

    private static LedgerRecord done(String path, long bytes) {
        return new LedgerRecord(1_000, "done", "a", "media/1", path, bytes, "run", 77, "");
    }

    private List<String> paths(Ledger ledger) throws IOException {
        List<String> paths = new ArrayList<>();
        ledger.read(record -> paths.add(record.path()));
        return paths;
    }

    @Test
    void whatIsWrittenIsReadAlsoWithNamesOfAllKinds() throws IOException {
        List<String> names = List.of("a", "ü/😀", "line\nbreak", "\u001b[31m", "\"quoted\"");
        try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
            ledger.add(names.stream().map(name -> done(name, 1)).toList());
        }
        try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
            assertEquals(names, paths(ledger));
        }
    }

    @Test
    void aLineThatWasCutOffCostsItselfOnly() throws IOException {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = new Ledger(file)) {
            ledger.add(List.of(done("whole", 1)));
        }
        byte[] cut = done("cut", 2).line().substring(0, 30).getBytes(StandardCharsets.UTF_8);
        Files.write(file, cut, StandardOpenOption.APPEND);
        try (Ledger ledger = new Ledger(file)) {
            ledger.add(List.of(done("next", 3)));
            assertEquals(List.of("whole", "next"), paths(ledger));
        }
    }

    @Test
    void oldLinesBecomeTotalsAndTheQuotaStays() throws IOException {
        AtomicLong clock = new AtomicLong(1_000);
        Account account = new Account("a", "one", "one:");
        UploadsConfig config = UploadsConfig.DEFAULT;
        String name = "x".repeat(200);
        try (Accounts accounts = new Accounts(config, folder, List.of(account), clock::get)) {
            for (int batch = 0; batch < 60; batch++) {
                List<LedgerRecord> records = new ArrayList<>();
                for (int number = 0; number < 100; number++) {
                    records.add(done(name + batch + "/" + number, 10));
                }
                accounts.add(records);
            }
            clock.set(10 * QuotaWindow.DAY);
            accounts.add(List.of(new LedgerRecord(clock.get(), "done", "a", "media/2", "new", 5, "run", 9, "")));
            long before = Files.size(folder.resolve("ledger"));
            accounts.tidy(Set.of());
            assertTrue(Files.size(folder.resolve("ledger")) < before / 10);
        }
        try (Accounts accounts = new Accounts(config, folder, List.of(account), clock::get)) {
            assertEquals(60_005L, accounts.toJson().getJsonObject("a").getLong("totalBytes"));
            assertEquals(6_001L, accounts.toJson().getJsonObject("a").getLong("totalFiles"));
            assertEquals(5L, accounts.toJson().getJsonObject("a").getLong("usedBytes"));
        }
    }
}
