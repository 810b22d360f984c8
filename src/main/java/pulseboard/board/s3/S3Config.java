package pulseboard.board.s3;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import pulseboard.engine.Timetable;

/**
 * Settings of the board {@code s3}.
 *
 * @param folder where runs are noted; empty: {@code s3} in the state folder
 * @param jobs the jobs, by their names; none switches the board off
 * @param maxWorkers how many requests are under way at once, at most
 * @param partMebibytes the smallest part of a large file
 * @param refreshMilliseconds how often the board changes, at most
 * @param maxRecent how many of the last files, errors and warnings are shown
 * @param settleSeconds a file that was changed less than so long ago is left for the next run
 * @param limitBytesPerSecond how fast all jobs together send, at most; 0: as fast as it goes
 * @param limits the same by the time of day, as {@link Timetable} reads it, such as {@code 08:00 2M}
 * @param zone the time zone of these times; empty: that of this machine
 * @param reports whether other programs may tell of runs of their own
 * @param prices what a thousand requests cost, as {@code put 0.005}; none: no cost is told
 */
public record S3Config(
        String folder,
        Map<String, JobConfig> jobs,
        int maxWorkers,
        int partMebibytes,
        int refreshMilliseconds,
        int maxRecent,
        int settleSeconds,
        int limitBytesPerSecond,
        List<String> limits,
        String zone,
        boolean reports,
        List<String> prices) {

    /** What is used unless somebody says otherwise. */
    public static final S3Config DEFAULT =
            new S3Config("", Map.of(), 64, 8, 500, 10, 5, 0, List.of(), "", false, List.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final Pattern PRICE =
            Pattern.compile("(put|list|head|get|copy|delete|abort) \\d{1,6}(\\.\\d{1,9})?");
    private static final int MOST_JOBS = 32;

    /** Checks every value. */
    public S3Config {
        jobs = Collections.unmodifiableMap(new TreeMap<>(jobs));
        if (jobs.size() > MOST_JOBS) {
            throw new IllegalArgumentException("s3.jobs must be " + MOST_JOBS + " at most, not " + jobs.size());
        }
        jobs.forEach((name, job) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "s3.jobs must have names of up to 32 small letters, digits, hyphens and"
                                + " underscores, which begin with a letter or digit: not " + name);
            }
            job.check("s3.jobs." + name);
        });
        requireRange("maxWorkers", maxWorkers, 1, 256);
        requireRange("partMebibytes", partMebibytes, 5, 1024);
        requireRange("refreshMilliseconds", refreshMilliseconds, 100, 60_000);
        requireRange("maxRecent", maxRecent, 1, 100);
        requireRange("settleSeconds", settleSeconds, 0, 86_400);
        requireRange("limitBytesPerSecond", limitBytesPerSecond, 0, Integer.MAX_VALUE);
        limits = List.copyOf(limits);
        prices = List.copyOf(prices);
        try {
            Timetable unused = Timetable.of(limits, zone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("s3.limits must have in each line " + e.getMessage(), e);
        }
        if (!prices.stream().allMatch(each -> PRICE.matcher(each).matches())) {
            throw new IllegalArgumentException(
                    "s3.prices must be such as \"put 0.005\", of a thousand requests, not " + prices);
        }
    }

    /** The same with this job alone. */
    public S3Config with(String name, JobConfig job) {
        return new S3Config(
                folder,
                Map.of(name, job),
                maxWorkers,
                partMebibytes,
                refreshMilliseconds,
                maxRecent,
                settleSeconds,
                limitBytesPerSecond,
                limits,
                zone,
                reports,
                prices);
    }

    /** How fast all jobs together may send at this moment; 0: as fast as it goes. */
    public long limitAt(Instant now) {
        long byTime = Timetable.of(limits, zone).at(now).orElse(0);
        return byTime == 0 || limitBytesPerSecond == 0
                ? Math.max(byTime, limitBytesPerSecond)
                : Math.min(byTime, limitBytesPerSecond);
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "s3." + key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** Where runs are noted, unless the settings say otherwise below this state folder. */
    public Path folderIn(Path state) {
        return folder.isEmpty() ? state.resolve("s3") : Path.of(folder).toAbsolutePath();
    }
}
