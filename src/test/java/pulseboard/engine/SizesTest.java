package pulseboard.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sizes, ages and types of files. */
class SizesTest {

    private static final double[] PERCENTS = {50, 75, 90, 95, 99};

    private static long[] sizes(int count) {
        Random random = new Random(3);
        long[] all = new long[count];
        for (int index = 0; index < count; index++) {
            all[index] = random.nextInt(20) == 0 ? 0 : (long) Math.exp(random.nextDouble() * 28);
        }
        return all;
    }

    private static Sizes of(long[] all) {
        Sizes sizes = new Sizes();
        Arrays.stream(all).forEach(sizes::add);
        return sizes;
    }

    private static long exact(long[] all, double percent) {
        long[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(percent * sorted.length / 100) - 1];
    }

    @Test
    void percentilesAreExactUpToFiftyThousand() {
        long[] all = sizes(50_000);
        Sizes sizes = of(all);
        for (double percent : PERCENTS) {
            assertEquals(exact(all, percent), sizes.percentile(percent));
        }
        assertEquals((double) Arrays.stream(all).sum(), sizes.sum(), 1.0);
    }

    @Test
    void rankErrorIsBelowOnePercentAtAMillion() {
        long[] all = sizes(1_000_000);
        Sizes sizes = of(all);
        for (double percent : PERCENTS) {
            assertEquals(1, (double) sizes.percentile(percent) / exact(all, percent), 0.008);
            assertTrue(sizes.percentile(percent) >= exact(all, percent - 1), () -> percent + " is too low");
            assertTrue(
                    sizes.percentile(percent) <= exact(all, Math.min(100, percent + 1)),
                    () -> percent + " is too high");
        }
        assertEquals(Arrays.stream(all).max().orElseThrow(), sizes.largest());
    }

    @Test
    void agesAreDaysOfTwentyFourHours() {
        long now = 1_800_000_000_000L;
        long day = TimeUnit.DAYS.toMillis(1);
        assertEquals("today", Ages.of(now + day, now));
        assertEquals("today", Ages.of(now - day + 1, now));
        assertEquals("week", Ages.of(now - day, now));
        assertEquals("month", Ages.of(now - 7 * day, now));
        assertEquals("year", Ages.of(now - 364 * day, now));
        assertEquals("older", Ages.of(now - 365 * day, now));
        assertEquals("unknown", Ages.of(0, now));
    }

    @Test
    void typeIsWhatFollowsTheLastDot() {
        assertEquals("jpg", FileTypes.of("a/b.tar.JPG"));
        for (String path : List.of("a", "a.", "a.b/c", "a.<script>", "a.jp g", "a.abcdefghijk", "a.ü")) {
            assertEquals("none", FileTypes.of(path), path);
        }
    }

    @Test
    void ofManyTypesTheLargestAreToldAndTheRestTogether() {
        FileTypes types = new FileTypes();
        for (int number = 0; number < 3_000; number++) {
            types.add("f.t" + number, number);
        }
        Map<String, FileTypes.Sum> largest = types.largest();
        assertEquals(21, largest.size());
        assertEquals(
                3_000, largest.values().stream().mapToLong(FileTypes.Sum::files).sum());
        assertEquals(
                2_999L * 3_000 / 2,
                largest.values().stream().mapToLong(FileTypes.Sum::bytes).sum());
    }
}
