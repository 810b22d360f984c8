package pulseboard.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import pulseboard.load.ShippedServer.Figures;

/**
 * How a server's figures went over a soak, always with the same number of viewers, and whether that is growth: the median of
 * the last third lies above that of the first third, the first few left out, by more than a tenth and a little. Medians,
 * because a single reading tells of that moment only.
 */
final class Course {

    static final String HEAD = "seconds viewers   heap direct resident files threads";

    /** What may not happen to any viewer on a machine that keeps up. */
    static final Set<String> FAULTS = Set.of("holes", "repeats", "unanswered", "lost", "different");

    private static final double MIB = 1 << 20;

    /** Until then caches fill and code is compiled. */
    private static final double WARM_UP_SHARE = 0.2;

    /** Sockets that are just being closed, and files of the kernel that are just being read. */
    private static final int PASSING_DESCRIPTORS = 10;

    private final List<Figures> course = new ArrayList<>();

    void add(Figures figures) {
        course.add(figures);
    }

    static String line(long seconds, int viewers, Figures figures, Map<String, Long> counts) {
        return String.format(
                Locale.ROOT,
                "%7d %7d %6.1f %6.1f %8.1f %5d %7d  %s",
                seconds,
                viewers,
                figures.heap() / MIB,
                figures.direct() / MIB,
                figures.resident() / MIB,
                figures.descriptors(),
                figures.threads(),
                counts.isEmpty() ? "" : counts);
    }

    /** What grew, and what was not given back when all had left. */
    List<String> faults(Figures before, Figures after) {
        List<String> faults = new ArrayList<>();
        addGrowth(faults, "heap", Figures::heap, 1 << 20);
        addGrowth(faults, "direct memory", Figures::direct, 1 << 20);
        addGrowth(faults, "resident memory", Figures::resident, 4 << 20);
        addGrowth(faults, "threads", Figures::threads, 4);
        if (median(Figures::descriptors, 2) > median(Figures::descriptors, 0) + PASSING_DESCRIPTORS) {
            faults.add("open files grew");
        }
        if (after.descriptors() > before.descriptors() + PASSING_DESCRIPTORS) {
            faults.add(after.descriptors() - before.descriptors() + " files are still open after all left");
        }
        return faults;
    }

    private void addGrowth(List<String> faults, String what, ToLongFunction<Figures> figure, long little) {
        long early = median(figure, 0);
        long late = median(figure, 2);
        if (late > early * 1.1 + little) {
            faults.add(what + " grew from " + early + " to " + late);
        }
    }

    /** Of a third of what came after the warm-up: 0 is the first, 2 the last. */
    private long median(ToLongFunction<Figures> figure, int third) {
        int from = (int) (course.size() * WARM_UP_SHARE);
        int length = course.size() - from;
        long[] values = course.subList(from + length * third / 3, from + Math.max(length * (third + 1) / 3, 1)).stream()
                .mapToLong(figure)
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "first/last/highest: heap %s, direct %s, resident %s MiB; files %s, threads %s",
                summary(Figures::heap, MIB),
                summary(Figures::direct, MIB),
                summary(Figures::resident, MIB),
                summary(Figures::descriptors, 1),
                summary(Figures::threads, 1));
    }

    private String summary(ToLongFunction<Figures> figure, double unit) {
        long[] values = course.stream().mapToLong(figure).toArray();
        return String.format(
                Locale.ROOT,
                "%.1f/%.1f/%.1f",
                values[0] / unit,
                values[values.length - 1] / unit,
                Arrays.stream(values).max().orElseThrow() / unit);
    }
}
