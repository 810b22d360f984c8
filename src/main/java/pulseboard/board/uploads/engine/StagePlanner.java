package pulseboard.board.uploads.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Which files go next. rclone's own limits either overshoot or copy nothing, so the sums are made here, and rclone gets the names.
 */
final class StagePlanner {

    private static final int MOST_FILES = 1_000;

    /** Of Cloudplow: from this share of the quota on, percent; percent of what remains; percent of that for one file; transfers. */
    private static final int[][] CLOUDPLOW = {{80, 50, 80, 8}, {50, 60, 50, 4}, {25, 70, 30, 6}, {0, 80, 20, 8}};

    /**
     * How stages are to be.
     *
     * @param strategy {@code fit}: the largest files first that still fit; {@code oldest}: the oldest first; {@code cloudplow}: a
     *     share of what remains, smaller and smaller
     * @param mostBytes of one stage
     */
    record Rules(String strategy, long mostBytes, int transfers) {}

    private StagePlanner() {}

    /**
     * The next stage of an account.
     *
     * @param isDue whether a file that waits may be tried now
     * @return nothing when no file fits
     */
    static Optional<Stage> plan(Queue queue, Accounts.Choice choice, Rules rules, IntPredicate isDue) {
        long limit = Math.min(choice.usable(), rules.mostBytes);
        long largest = limit;
        int transfers = rules.transfers;
        if (rules.strategy.equals("cloudplow")) {
            int[] row = row(choice);
            limit = Math.min(choice.usable(), share(choice.remaining(), row[1]));
            largest = share(choice.remaining(), row[2]);
            transfers = row[3];
        }
        int[] order = IntStream.of(queue.waiting()).filter(isDue).toArray();
        order = rules.strategy.equals("oldest") ? byAge(queue, order) : bySize(queue, order);
        int[] files = fitting(queue, order, limit, largest);
        if (files.length == 0 && rules.strategy.equals("cloudplow")) {
            files = fitting(queue, order, choice.usable(), choice.usable()); // Else large files would wait for ever.
        }
        return files.length == 0 ? Optional.empty() : Optional.of(new Stage(choice.account(), queue, files, transfers));
    }

    /** Without an overflow, and rounded down once. */
    private static long share(long bytes, int percent) {
        return bytes / 100 * percent + bytes % 100 * percent / 100;
    }

    /** The row of Cloudplow's table for what remains. */
    private static int[] row(Accounts.Choice choice) {
        double share = choice.remaining() * 100.0 / choice.quota();
        return Arrays.stream(CLOUDPLOW)
                .filter(row -> share >= row[0])
                .findFirst()
                .orElse(CLOUDPLOW[CLOUDPLOW.length - 1]);
    }

    private static int[] fitting(Queue queue, int[] order, long limit, long largest) {
        int[] taken = new int[MOST_FILES];
        int count = 0;
        long left = limit;
        for (int at = 0; at < order.length && count < MOST_FILES; at++) {
            long size = queue.size(order[at]);
            if (size <= left && size <= largest) {
                taken[count++] = order[at];
                left -= size;
            }
        }
        return Arrays.copyOf(taken, count);
    }

    private static int[] bySize(Queue queue, int[] numbers) {
        return sorted(numbers, number -> -queue.size(number));
    }

    private static int[] byAge(Queue queue, int[] numbers) {
        return sorted(numbers, queue::time);
    }

    /** A million numbers are sorted without an object for each: a key and the place are packed where the keys allow it. */
    private static int[] sorted(int[] numbers, IntToLongFunction key) {
        long least = IntStream.of(numbers).mapToLong(key).min().orElse(0);
        long most = IntStream.of(numbers).mapToLong(key).max().orElse(0);
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, numbers.length - 1));
        if (most - least < 0 || most - least >= 1L << (62 - bits)) {
            return IntStream.of(numbers)
                    .boxed()
                    .sorted(Comparator.comparingLong(key::applyAsLong))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        long[] packed = new long[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            packed[at] = ((key.applyAsLong(numbers[at]) - least) << bits) | at;
        }
        Arrays.sort(packed);
        int[] result = new int[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            result[at] = numbers[(int) (packed[at] & ((1L << bits) - 1))];
        }
        return result;
    }
}
