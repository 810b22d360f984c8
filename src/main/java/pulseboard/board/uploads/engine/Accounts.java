package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import pulseboard.board.uploads.config.AccountConfig;
import pulseboard.board.uploads.config.ByteSize;
import pulseboard.board.uploads.config.UploadsConfig;

/** All accounts of all uploaders, what each has used of its quota, and which is next. Thread-safe. */
public final class Accounts implements AutoCloseable {

    private static final long MOST_RESERVE = 1L << 30;
    private static final int RESERVE_SHARE = 100;
    private static final double COMPLETE_PERCENT = 95;
    private static final long KEPT_MILLISECONDS = 2 * QuotaWindow.DAY;
    private static final long REWRITE_BYTES = 1L << 20;

    /** One account, and what is known of it. */
    private static final class Entry {
        final Account account;
        final long quota;
        final QuotaWindow window;
        long sessionBytes;
        long sessionFiles;
        String session = "";
        long totalBytes;
        long totalFiles;
        long suspendedUntil;
        String reason = "";
        String uploader = "";

        Entry(Account account, long quota, QuotaWindow window) {
            this.account = account;
            this.quota = quota;
            this.window = window;
        }
    }

    private final UploadsConfig config;
    private final LongSupplier clock;
    private final Ledger ledger;
    private final Map<String, Entry> entries = new TreeMap<>();

    /**
     * Opens the ledger.
     *
     * @param folder where it is
     * @param accounts those of all uploaders
     * @param clock Unix milliseconds
     */
    public Accounts(UploadsConfig config, Path folder, List<Account> accounts, LongSupplier clock) throws IOException {
        this.config = config;
        this.clock = clock;
        ledger = new Ledger(folder.resolve("ledger"));
        accounts.forEach(account -> entries.computeIfAbsent(account.id(), id -> entry(account)));
        ledger.read(this::take);
    }

    private Entry entry(Account account) {
        AccountConfig own = config.accounts().getOrDefault(account.name(), AccountConfig.DEFAULT);
        String window = own.quotaWindow().isEmpty() ? config.quotaWindow() : own.quotaWindow();
        ZoneId zone = config.quotaZone().isEmpty() ? ZoneId.systemDefault() : ZoneId.of(config.quotaZone());
        return new Entry(
                account,
                ByteSize.of(own.quotaBytes().isEmpty() ? config.quotaBytes() : own.quotaBytes()),
                QuotaWindow.of(window, zone));
    }

    private void take(LedgerRecord record) {
        Entry entry = entries.get(record.account());
        if (entry == null) {
            return;
        }
        if (record.counts()) {
            entry.window.add(record.at(), record.bytes());
        }
        if (record.kind().equals("done")) {
            if (!entry.session.equals(record.session())) {
                entry.session = record.session();
                entry.sessionBytes = 0;
                entry.sessionFiles = 0;
            }
            entry.sessionBytes += record.bytes();
            entry.sessionFiles++;
        }
        if (record.kind().equals("done") || record.kind().equals("total")) {
            entry.totalBytes += record.bytes();
            entry.totalFiles += record.kind().equals("total") ? record.offset() : 1;
        }
        if (record.kind().equals("suspend")) {
            entry.suspendedUntil = record.bytes();
            entry.reason = record.note();
        }
    }

    /**
     * Leaves out of the ledger what no window and no session needs any more, once that is much.
     *
     * @param open the sessions that go on
     */
    public synchronized void tidy(Set<String> open) throws IOException {
        long now = clock.getAsLong();
        Predicate<LedgerRecord> isOld = record -> record.at() < now - KEPT_MILLISECONDS
                && !open.contains(record.session())
                && !(record.kind().equals("suspend") && record.bytes() > now);
        Map<String, long[]> dropped = new TreeMap<>();
        long[] bytes = new long[1];
        ledger.read(record -> {
            if (isOld.test(record)) {
                bytes[0] += record.line().length();
                long[] sum = dropped.computeIfAbsent(record.account(), id -> new long[2]);
                sum[0] += record.kind().equals("done") || record.kind().equals("total") ? record.bytes() : 0;
                sum[1] += record.kind().equals("total")
                        ? record.offset()
                        : record.kind().equals("done") ? 1 : 0;
            }
        });
        if (bytes[0] > REWRITE_BYTES) {
            List<LedgerRecord> totals = new ArrayList<>();
            // In place of an offset: how many files they were.
            dropped.forEach((id, sum) -> totals.add(
                    new LedgerRecord(now - KEPT_MILLISECONDS - 1, "total", id, "", "", sum[0], "", sum[1], "")));
            ledger.rewrite(totals, record -> !isOld.test(record));
        }
    }

    /** Notes what happened; it is on the disk when this returns. */
    synchronized void add(List<LedgerRecord> records) throws IOException {
        ledger.add(records);
        records.forEach(this::take);
    }

    /** Gives all of a session that is noted, oldest first. */
    synchronized void read(String session, Consumer<LedgerRecord> each) throws IOException {
        ledger.read(record -> {
            if (record.session().equals(session)) {
                each.accept(record);
            }
        });
    }

    /** What is not touched, so that an account never quite reaches its limit: 1 GiB, or a hundredth of a small quota. */
    static long reserve(long quota) {
        return Math.min(MOST_RESERVE, quota / RESERVE_SHARE);
    }

    /**
     * An account as a stage sees it.
     *
     * @param quota all that it may take in its window
     * @param remaining what is left of that
     */
    record Choice(Account account, long quota, long remaining) {

        /** The same, with no more for a stage than that. */
        Choice atMost(long bytes) {
            return bytes >= usable() ? this : new Choice(account, quota, bytes + reserve(quota));
        }

        /** What a stage may use. */
        long usable() {
            return remaining - reserve(quota);
        }
    }

    /** Those that are not tired and not in use by another uploader: most remaining first, then by name. */
    synchronized List<Choice> ready(List<Account> among, String uploader) {
        long now = clock.getAsLong();
        return among.stream()
                .map(account -> known(account.id()))
                .filter(entry ->
                        entry.suspendedUntil <= now && (entry.uploader.isEmpty() || entry.uploader.equals(uploader)))
                .map(entry -> new Choice(entry.account, entry.quota, entry.quota - entry.window.used(now)))
                .filter(choice -> choice.usable() > 0)
                .sorted(Comparator.comparingLong((Choice choice) -> -choice.remaining)
                        .thenComparing(choice -> choice.account.name(), Account.NATURAL))
                .toList();
    }

    /** Says how many of them there are, and how many could take something now, whoever uses them. */
    synchronized void addTo(JsonObject json, List<Account> among) {
        long now = clock.getAsLong();
        long ready = among.stream()
                .map(account -> known(account.id()))
                .filter(entry -> entry.suspendedUntil <= now)
                .filter(entry -> entry.quota - entry.window.used(now) > reserve(entry.quota))
                .count();
        json.put("accounts", new JsonObject().put("count", among.size()).put("ready", ready));
    }

    /** When the first of them may take so many bytes; nothing when that is not a matter of time. */
    synchronized OptionalLong nextRoomAt(List<Account> among, long bytes) {
        long now = clock.getAsLong();
        return among.stream()
                .map(account -> roomAt(known(account.id()), bytes, now))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private static OptionalLong roomAt(Entry entry, long bytes, long now) {
        long reserve = reserve(entry.quota);
        long missing = Math.max(bytes, 1) + reserve - (entry.quota - entry.window.used(now));
        OptionalLong room = missing <= 0 ? OptionalLong.empty() : entry.window.givesBackAt(now, missing);
        return entry.suspendedUntil > now ? OptionalLong.of(Math.max(entry.suspendedUntil, room.orElse(0))) : room;
    }

    /** The largest quota of any of them: a larger file has nowhere to go. */
    synchronized long largestQuota(List<Account> among) {
        return among.stream()
                .map(account -> known(account.id()).quota)
                .mapToLong(quota -> quota - reserve(quota))
                .max()
                .orElse(0);
    }

    private Entry known(String id) {
        return Objects.requireNonNull(entries.get(id), id);
    }

    /** The account whose id or name that is. */
    public synchronized Optional<Account> find(String idOrName) {
        return entries.values().stream()
                .map(entry -> entry.account)
                .filter(account ->
                        account.id().equals(idOrName) || account.name().equals(idOrName))
                .findFirst();
    }

    /** It is in use by an uploader, or by none any more. */
    synchronized void use(Account account, String uploader) {
        known(account.id()).uploader = uploader;
    }

    /** It rests until then, for a reason; a time that has passed ends that. */
    public void suspend(Account account, long until, String reason) throws IOException {
        add(List.of(LedgerRecord.of(clock.getAsLong(), "suspend", account.id(), until)
                .noting(reason)));
    }

    /** So many bytes more than was counted, or fewer. */
    public void adjust(Account account, long bytes, String why) throws IOException {
        add(List.of(LedgerRecord.of(clock.getAsLong(), "adjust", account.id(), bytes)
                .noting(why)));
    }

    /** What the board shows of them. */
    public synchronized JsonObject toJson() {
        long now = clock.getAsLong();
        JsonObject json = new JsonObject();
        entries.forEach((id, entry) -> json.put(id, json(entry, now)));
        return json;
    }

    private static JsonObject json(Entry entry, long now) {
        long used = entry.window.used(now);
        double percent = entry.quota == 0 ? 100 : Math.floor(used * 1_000.0 / entry.quota) / 10;
        boolean isSuspended = entry.suspendedUntil > now;
        String status = isSuspended ? "suspended" : percent >= COMPLETE_PERCENT ? "complete" : "ready";
        JsonObject json = new JsonObject()
                .put("name", entry.account.name())
                .put("status", status.equals("ready") && !entry.uploader.isEmpty() ? "active" : status)
                .put("usedBytes", used)
                .put("quotaBytes", entry.quota)
                .put("usedPercent", percent)
                .put("sessionBytes", entry.sessionBytes)
                .put("sessionFiles", entry.sessionFiles)
                .put("totalBytes", entry.totalBytes)
                .put("totalFiles", entry.totalFiles);
        if (isSuspended) {
            json.put("suspendedUntil", entry.suspendedUntil).put("reason", entry.reason);
        }
        if (!entry.uploader.isEmpty()) {
            json.put("uploader", entry.uploader);
        }
        entry.window.startedAt(now).ifPresent(at -> json.put("windowStartedAt", at));
        entry.window.givesBackAt(now, used).ifPresent(at -> json.put("resetsAt", at));
        return json;
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
