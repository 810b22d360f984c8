package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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

    /** Whether the account has to rest from now on, for what was heard since the last time. */
    boolean hasHadEnough(Account account) throws IOException {
        TriggerConfig trigger = fired;
        fired = null;
        if (trigger == null) {
            return false;
        }
        LOG.warn("The account {} rests for {} h: {}", account.name(), trigger.suspendHours(), trigger.text());
        books.errors.add("suspended", "", account.name() + " rests: " + trigger.text(), job.now());
        long until = job.now() + TimeUnit.HOURS.toMillis(trigger.suspendHours());
        books.accounts().suspend(account, until, trigger.text());
        return true;
    }

    JsonObject toJson() {
        return triggers.toJson(job.now());
    }
}
