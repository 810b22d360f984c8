package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pulseboard.board.uploads.config.UploaderConfig;
import pulseboard.board.uploads.config.UploadsConfig;

/** What accounts had used before the ledger began, as Cloudplow kept it: by uploader and file of the account, bytes and a time of reset. */
public final class UsedQuotas {

    private final UploadsConfig config;
    private final Path ledger;

    /** For the ledger in this folder. */
    public UsedQuotas(UploadsConfig config, Path folder) {
        this.config = config;
        this.ledger = folder.resolve("ledger");
    }

    /** Whether the ledger has begun: somebody may be writing to it. */
    public boolean isLate() {
        return Files.exists(ledger);
    }

    /** Begins the ledger with it; returns of how many accounts. What was to be given back by now is left out. */
    public int note(JsonObject cache, long now) throws IOException {
        Map<String, Account> accounts = byFile();
        List<LedgerRecord> records = new ArrayList<>();
        Set<String> noted = new HashSet<>();
        cache.forEach(uploader -> {
            if (uploader.getValue() instanceof JsonObject files) {
                files.forEach(file -> {
                    String name = String.valueOf(Path.of(file.getKey()).getFileName());
                    Account account = accounts.get(name);
                    if (account != null && file.getValue() instanceof JsonObject used && noted.add(account.id())) {
                        add(records, account, used, now);
                    }
                });
            }
        });
        if (!records.isEmpty()) {
            try (Ledger begun = new Ledger(ledger)) {
                begun.add(records);
            }
        }
        return records.size();
    }

    /** Counted from a day before the reset, so that it is given back when Cloudplow would have. */
    private static void add(List<LedgerRecord> records, Account account, JsonObject used, long now) {
        long bytes = used.getValue("bytes") instanceof Number number ? number.longValue() : 0;
        long reset = used.getValue("reset_time") instanceof Number number ? (long) (number.doubleValue() * 1_000) : 0;
        if (bytes > 0 && reset > now) {
            records.add(LedgerRecord.of(Math.min(now, reset - QuotaWindow.DAY), "adjust", account.id(), bytes)
                    .noting("used by Cloudplow"));
        }
    }

    private Map<String, Account> byFile() throws IOException {
        Map<String, Account> accounts = new HashMap<>();
        for (UploaderConfig uploader : config.uploaders().values()) {
            for (Account account : Account.of(uploader.accounts(), uploader.target())) {
                accounts.putIfAbsent(account.name(), account);
            }
        }
        return accounts;
    }
}
