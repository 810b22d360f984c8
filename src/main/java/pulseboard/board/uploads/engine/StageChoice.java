package pulseboard.board.uploads.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import pulseboard.board.uploads.config.ByteSize;

/** Which stage of a session is next, and what it waits for when there is none now. */
final class StageChoice {

    private final Job job;
    private final SessionBooks books;
    private final Queue queue;
    private final AccountGuard guard;
    private final StagePlanner.Rules rules;

    StageChoice(Job job, SessionBooks books, Queue queue, AccountGuard guard) {
        this.guard = guard;
        this.job = job;
        this.books = books;
        this.queue = queue;
        rules = new StagePlanner.Rules(
                job.settings().strategy(),
                ByteSize.of(job.settings().stageBytes()),
                job.settings().transfers());
    }

    /** The next stage, by the first account that has room for something. */
    Optional<Stage> next() throws IOException {
        for (Accounts.Choice each : books.accounts().ready(job.accounts(), job.name())) {
            Accounts.Choice now = guard.within(each);
            Optional<Stage> stage = StagePlanner.plan(queue, now, rules, books::isDue);
            if (stage.isPresent()) {
                return stage;
            }
            if (!now.equals(each)
                    && StagePlanner.plan(queue, each, rules, books::isDue).isPresent()) {
                guard.nothingFits(each.account());
            }
        }
        return Optional.empty();
    }

    /** Until a file may be tried again, or an account has room for the smallest one; whether that may take long. */
    boolean rest(SessionStatus status) {
        OptionalLong retry = books.nextRetryAt();
        OptionalLong room = books.accounts().nextRoomAt(job.accounts(), queue.smallest());
        if (retry.isPresent()) {
            status.waits("files that failed are tried again; the last: " + books.complaint(), retry.getAsLong());
        } else {
            status.waits("no account has room", room.orElse(0));
        }
        return retry.isEmpty();
    }
}
