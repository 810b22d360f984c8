package pulseboard.board.uploads.engine;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** The files of a stage whose rclone was lost, and what becomes of them by its account. Not thread-safe. */
final class UntoldFiles implements Recovery.Untold {

    private final Queue queue;
    private final Map<String, Integer> numbers;
    private final SessionBooks books;
    private final Account account;

    /** The numbers are those of the files in the queue; what this stage has is copied, since they change. */
    UntoldFiles(Queue queue, Map<String, Integer> numbers, SessionBooks books, Account account) {
        this.queue = queue;
        this.numbers = Map.copyOf(numbers);
        this.books = books;
        this.account = account;
    }

    @Override
    public int time(String path) {
        return queue.time(number(path));
    }

    @Override
    public boolean wasBegun(String path) {
        return books.wasBegun(path);
    }

    @Override
    public void arrived(String path) throws IOException {
        books.arrivedUntold(account.id(), path, number(path));
    }

    private int number(String path) {
        return Objects.requireNonNull(numbers.get(path), path);
    }
}
