package pulseboard.board.uploads.engine;

/** Some files that one account is to upload next. */
final class Stage {

    private final Account account;
    private final int[] files;
    private final long bytes;
    private final long largest;
    private final int transfers;

    /**
     * Of these files.
     *
     * @param files their numbers in the queue
     * @param transfers how many are under way at once
     */
    Stage(Account account, Queue queue, int[] files, int transfers) {
        this.account = account;
        this.files = files.clone();
        this.transfers = transfers;
        long sum = 0;
        long most = 0;
        for (int file : files) {
            sum += queue.size(file);
            most = Math.max(most, queue.size(file));
        }
        bytes = sum;
        largest = most;
    }

    Account account() {
        return account;
    }

    /** Their numbers in the queue. */
    int[] files() {
        return files.clone();
    }

    int count() {
        return files.length;
    }

    /** Their sizes together. */
    long bytes() {
        return bytes;
    }

    /** The largest of their sizes. */
    long largest() {
        return largest;
    }

    int transfers() {
        return transfers;
    }
}
