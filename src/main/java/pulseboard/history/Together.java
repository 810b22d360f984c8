package pulseboard.history;

import java.util.Map;
import java.util.TreeMap;

/** Intervals of equal length as one: of each series the smallest, the mean and the largest of what is known. */
final class Together {

    private final Map<Integer, double[]> sums = new TreeMap<>();
    private final Map<Integer, Summary> summaries = new TreeMap<>();

    void add(int id, Summary summary) {
        if (summary.isNone()) {
            return;
        }
        double[] sum = sums.computeIfAbsent(id, any -> new double[2]);
        sum[0] += summary.average();
        sum[1]++;
        summaries.merge(
                id,
                summary,
                (before, now) -> new Summary(Math.min(before.min(), now.min()), 0, Math.max(before.max(), now.max())));
    }

    Map<Integer, Summary> summaries() {
        summaries.replaceAll((id, summary) -> {
            double[] sum = sums.getOrDefault(id, new double[] {0, 1});
            return Summary.of(summary.min(), sum[0] / sum[1], summary.max());
        });
        return summaries;
    }
}
