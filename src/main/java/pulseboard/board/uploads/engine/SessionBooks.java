package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What became of the files of a session: on the disk first, then in the figures and out of the queue. Not thread-safe. */
final class SessionBooks {

    private static final int MOST_ATTEMPTS = 3;
    private static final int LONGEST_COMPLAINT = 200;

    final Progress progress;
    final Troubles errors = new Troubles();
    private final Job job;
    private final Accounts accounts;
    private final Past past;
    private final Queue queue;
    private final String session;
    private final Map<Integer, Integer> attempts = new HashMap<>();
    private String complaint = "";
    private final Map<Integer, Long> retryAt = new HashMap<>();
    private final Set<String> accountsUsed = new HashSet<>();
    private final Map<String, LedgerRecord> cutOff = new HashMap<>();

    SessionBooks(Job job, Accounts accounts, Past past, Open open) {
        this.job = job;
        this.accounts = accounts;
        this.past = past;
        this.queue = open.queue;
        session = job.name() + "/" + open.note.id();
        progress = new Progress(open.note.files(), open.note.bytes());
    }

    Accounts accounts() {
        return accounts;
    }

    /**
     * What is remembered of files beyond the session.
     *
     * @param known those that have arrived
     * @param files what became of each
     */
    record Past(Known known, FileHistory files) {}

    /** A session that goes on, and what still waits of it. */
    record Open(SessionNote note, Queue queue) {}

    /** Takes up what the ledger holds of it; returns where the log of that rclone has been read to. */
    long restore(String run) throws IOException {
        Set<String> finished = new HashSet<>();
        Set<String> there = new HashSet<>();
        List<LedgerRecord> outcomes = new ArrayList<>();
        long[] offset = new long[1];
        accounts.read(session, record -> {
            if (record.run().equals(run)) {
                offset[0] = Math.max(offset[0], record.offset());
            }
            if (!record.path().isEmpty() && finished.add(record.path())) {
                outcomes.add(record);
                progress.finished(record.path(), record.bytes(), result(record.kind()), record.at());
            }
            if (record.kind().equals("partial") && !record.note().isEmpty()) {
                cutOff.merge(record.note(), record, LedgerRecord::plus);
            }
            if (record.kind().equals("failed")) {
                errors.add("upload", record.path(), record.note(), record.at());
            }
            if (record.kind().equals("done")) {
                accountsUsed.add(record.account());
            }
            if (record.kind().equals("done") || record.kind().equals("unchanged")) {
                there.add(record.path());
            }
        });
        past.files.addMissing(session, outcomes, this::accountName);
        removeFinished(finished, there);
        return offset[0];
    }

    /** Those that still wait, although the ledger has them: this program was killed between the two. */
    private void removeFinished(Set<String> finished, Set<String> there) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        if (!finished.isEmpty()) {
            queue.find(finished, numbers);
        }
        for (Map.Entry<String, Integer> each : numbers.entrySet()) {
            if (there.contains(each.getKey())) {
                gone(each.getKey(), numbers);
            } else {
                queue.remove(each.getValue());
            }
        }
    }

    private String accountName(String id) {
        return accounts.find(id).map(Account::name).orElse(id);
    }

    /** Whether a file is not finished yet. */
    boolean waits(int number) {
        return queue.waits(number);
    }

    private static String result(String kind) {
        return kind.equals("done") ? "uploaded" : kind;
    }

    /** Files of a stage have arrived; {@code numbers} are theirs in the queue. They come again where the ledger cannot be written. */
    void arrived(StageRun run, List<StageRun.Arrived> files, Map<String, Integer> numbers) throws IOException {
        StageRun.Note stage = run.note();
        long now = job.now();
        List<LedgerRecord> records = new ArrayList<>();
        for (StageRun.Arrived file : files) {
            records.add(new LedgerRecord(
                    now,
                    "done",
                    stage.account().id(),
                    session,
                    file.path(),
                    file.bytes(),
                    stage.run(),
                    file.logOffset(),
                    ""));
        }
        accounts.add(records);
        run.booked();
        for (StageRun.Arrived file : files) {
            progress.finished(file.path(), file.bytes(), "uploaded", now);
            progress.timed(file.path(), file.bytes());
            accountsUsed.add(stage.account().id());
            cutOff.remove(file.path());
            gone(file.path(), numbers);
        }
        past.files.add(records, this::accountName);
    }

    private void gone(String path, Map<String, Integer> numbers) throws IOException {
        Integer number = numbers.get(path);
        if (number != null) {
            queue.remove(number);
            past.known.add(path, queue.size(number), queue.time(number));
        }
    }

    /** A file is finished without having been sent: {@code unchanged}, {@code skipped} or {@code failed}, for a reason. */
    void finished(String result, String path, int number, String why) throws IOException {
        long now = job.now();
        long bytes = queue.size(number);
        List<LedgerRecord> records = List.of(new LedgerRecord(now, result, "", session, path, bytes, "", 0, why));
        accounts.add(records);
        past.files.add(records, this::accountName);
        progress.finished(path, bytes, result, now);
        if (result.equals("failed")) {
            errors.add("upload", path, why, now);
        }
        if (result.equals("unchanged")) {
            past.known.add(path, bytes, queue.time(number));
        }
        queue.remove(number);
    }

    /** Why the last attempt has failed, in rclone's words; empty while none has. */
    String complaint() {
        return complaint;
    }

    /** An attempt has failed: the file is tried again in a while, and the last time it has failed. */
    void attempted(String path, int number, String why) throws IOException {
        complaint = why.length() > LONGEST_COMPLAINT ? why.substring(0, LONGEST_COMPLAINT) + "…" : why;
        int count = attempts.merge(number, 1, Integer::sum);
        if (count >= MOST_ATTEMPTS) {
            finished("failed", path, number, why);
        } else {
            retryAt.put(number, job.now() + job.config().retrySeconds() * 1_000L);
        }
    }

    /** A stage is over: what it has sent in vain is written down, and its account is free. */
    void left(StageRun stage) throws IOException {
        sentForNothing(stage.note().account(), stage.sentForNothing());
        accounts.use(stage.note().account(), "");
    }

    /** What went wrong and how far it is, for the board. */
    void addTo(JsonObject json, boolean isOver, boolean isDone) {
        json.put("errors", errors.toJson());
        progress.addTo(json, isOver, isDone);
    }

    /**
     * Bytes that were sent for nothing, by path, count to the quota all the same. What of these is there whole in a later stage has
     * arrived by this account: it was on its way when its stage was stopped, and nobody was told.
     */
    private void sentForNothing(Account account, Map<String, Long> sent) throws IOException {
        long now = job.now();
        List<LedgerRecord> records = sent.entrySet().stream()
                .map(each -> LedgerRecord.of(now, "partial", account.id(), each.getValue())
                        .in(session)
                        .noting(each.getKey()))
                .toList();
        accounts.add(records);
        records.forEach(record -> cutOff.merge(record.note(), record, LedgerRecord::plus));
    }

    /** It was there already: sent by a stage that was stopped, and then it has arrived, or never by this session. */
    void found(String path, int number) throws IOException {
        LedgerRecord before = cutOff.get(path);
        if (before == null) {
            finished("unchanged", path, number, "");
        } else {
            arrivedUntold(before.account(), path, number);
        }
    }

    /** Whether a stage that was stopped had it under way. */
    boolean wasBegun(String path) {
        return cutOff.containsKey(path);
    }

    /** It has arrived by this account, and nobody was told; what seemed to be sent of it for nothing was not. */
    void arrivedUntold(String account, String path, int number) throws IOException {
        long now = job.now();
        long bytes = queue.size(number);
        List<LedgerRecord> records = new ArrayList<>();
        LedgerRecord before = cutOff.remove(path);
        if (before != null) {
            records.add(LedgerRecord.of(now, "partial", before.account(), -before.bytes())
                    .in(session));
        }
        LedgerRecord done = new LedgerRecord(now, "done", account, session, path, bytes, "", 0, "found whole later");
        records.add(done);
        accounts.add(records);
        past.files.add(List.of(done), this::accountName);
        progress.finished(path, bytes, "uploaded", now);
        accountsUsed.add(account);
        gone(path, Map.of(path, number));
    }

    /** Whether a file may be tried now. */
    boolean isDue(int number) {
        return retryAt.getOrDefault(number, 0L) <= job.now();
    }

    /** When the next file may be tried that may not be now. */
    OptionalLong nextRetryAt() {
        long now = job.now();
        return retryAt.entrySet().stream()
                .filter(entry -> entry.getValue() > now && queue.waits(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .min();
    }

    int accountsUsed() {
        return accountsUsed.size();
    }
}
