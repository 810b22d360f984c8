package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.uploads.config.TriggerConfig;
import pulseboard.board.uploads.rc.LogLine;

/** Has an account rest when rclone says that it has had enough. Not thread-safe. */
final class AccountGuard {

    private static final Logger LOG = LoggerFactory.getLogger(AccountGuard.class);

    private final Job job;
    private final SessionBooks books;
    private final Map<String, Triggers> byAccount = new HashMap<>();
    private Triggers triggers;
    private final ServerRoom room = new ServerRoom();
    private @Nullable TriggerConfig fired;

    AccountGuard(Job job, SessionBooks books) {
        this.job = job;
        this.books = books;
        triggers = new Triggers(job.config().triggers());
    }

    /** From now on it is this account that uploads: what was heard of others does not count against it. */
    void begin(Account account) {
        fired = null; // Said while the one before was being stopped.
        triggers = byAccount.computeIfAbsent(
                account.id(), id -> new Triggers(job.config().triggers()));
    }

    /** rclone has said something. */
    void heard(LogLine line) {
        if (!line.isCompletion()) {
            triggers.heard(line.message(), job.now()).ifPresent(trigger -> fired = trigger);
        }
    }

    /** Whether the stage has to be stopped, for what was heard since the last time: its account rests from now on, or takes less at once. */
    boolean hasHadEnough(StageRun stage) throws IOException {
        TriggerConfig trigger = fired;
        fired = null;
        if (trigger == null) {
            return false;
        }
        Account account = stage.note().account();
        if (Triggers.isOfServer(trigger)
                && !stage.hasArrivals()
                && room.isWorthLess(account, trigger, stage.begunBytes())) {
            String what = "what was under way did not fit together into its quota on the server; it is tried with less";
            books.errors.add("quota", "", account.name() + ": " + what, job.now());
        } else {
            rest(account, trigger, Triggers.why(trigger));
        }
        return true;
    }

    /** An account as its server lets it be used: it may take less at once than its quota here says. */
    Accounts.Choice within(Accounts.Choice choice) {
        return choice.atMost(room.most(choice.account()));
    }

    /** Of what waits nothing fits into what an account may take at once: where its server has refused before, it rests. */
    void nothingFits(Account account) throws IOException {
        Optional<TriggerConfig> trigger = room.trigger(account);
        if (trigger.isPresent()) {
            String why = "no file that waits fits into what is left of its quota on the server; rclone says “";
            rest(account, trigger.get(), why + trigger.get().text() + "”");
        }
    }

    private void rest(Account account, TriggerConfig trigger, String why) throws IOException {
        room.forget(account);
        LOG.warn("The account {} rests for {} h: {}", account.name(), trigger.suspendHours(), why);
        books.errors.add("suspended", "", account.name() + " rests: " + why, job.now());
        long until = job.now() + TimeUnit.HOURS.toMillis(trigger.suspendHours());
        books.accounts().suspend(account, until, why);
    }

    JsonObject toJson() {
        return triggers.toJson(job.now());
    }
}
