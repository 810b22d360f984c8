package pulseboard.board.uploads.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcFailure;

/** What becomes of the files of a stage that have not arrived when rclone has ended it. */
final class StageEnd {

    /** What rclone shows of bytes that are no UTF-8. */
    private static final char REPLACED = '\uFFFD';

    /** What rclone says of a name that it does not know. */
    private static final String NO_REMOTE = "find section in config file";

    private final Job job;
    private final SessionBooks books;
    private final Map<String, Integer> numbers;
    private boolean isRefused;

    StageEnd(Job job, SessionBooks books, Map<String, Integer> numbers) {
        this.job = job;
        this.books = books;
        this.numbers = numbers;
    }

    /**
     * It has ended; {@code error} is why, if not all is well.
     *
     * @return why no other stage can go better, so that the session ends; empty: it goes on
     */
    String judge(StageRun stage, RcClient rc, String error) throws IOException, RcFailure {
        if (job.accounts().size() == 1 && error.contains(NO_REMOTE)) {
            return "rclone's configuration has no remote "
                    + stage.note().account().remote()
                    + " (make it with rclone config, or correct target or accounts of the uploader)";
        }
        String target = job.target(stage.note().account());
        isRefused = false;
        boolean isClear = error.isEmpty() && stage.wereAllChecked();
        for (Map.Entry<String, Long> file : List.copyOf(stage.left().entrySet())) {
            String path = file.getKey();
            int number = Objects.requireNonNull(numbers.get(path));
            String complaint = stage.complaint(path);
            if (!books.waits(number)) {
                continue; // Judged before the ledger could not be written.
            }
            if (!complaint.isEmpty()) {
                books.attempted(path, number, complaint);
            } else if (error.isEmpty() && (isClear || isThere(rc, target, file))) {
                books.found(path, number);
            } else if (error.isEmpty() && path.indexOf(REPLACED) >= 0) {
                books.finished("failed", path, number, "its name is no UTF-8, so rclone cannot open it");
            } else if (error.isEmpty() && !Files.exists(Path.of(job.settings().source(), path))) {
                books.finished("skipped", path, number, "it is gone from the folder");
            } else {
                books.attempted(path, number, error.isEmpty() ? "rclone has not taken it" : error);
            }
        }
        return "";
    }

    /** What the remote refuses to tell counts as an attempt. */
    private boolean isThere(RcClient rc, String target, Map.Entry<String, Long> file) throws RcFailure {
        try {
            return !isRefused && StageRun.size(rc, target, file.getKey()) == file.getValue();
        } catch (RcFailure e) {
            if (e.isSilent()) {
                throw e;
            }
            isRefused = true;
            return false;
        }
    }

    /** It was stopped because nothing moved of these files; how they fared counts as an attempt. */
    void stalled(List<String> stuck) throws IOException {
        for (String path : stuck) {
            Integer number = numbers.get(path);
            if (number != null && books.waits(number)) {
                books.attempted(
                        path, number, "no byte moved for " + job.config().stalledSeconds() + " s");
            }
        }
    }

    /** An operator leaves its files for a later session. */
    void skip(StageRun stage) throws IOException {
        for (String path : List.copyOf(stage.left().keySet())) {
            books.finished("skipped", path, Objects.requireNonNull(numbers.get(path)), "an operator has skipped it");
        }
    }
}
