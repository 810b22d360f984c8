package pulseboard.prometheus.write;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One sample with all its labels, its name among them, as a server stores it.
 *
 * @param labels by name, in order
 */
record Series(TreeMap<String, String> labels, double value) {

    private static final String NAME = "__name__";

    /**
     * The same samples that the text format has.
     *
     * @param common labels of every series; one of the sample's own wins
     */
    static List<Series> of(MetricSnapshots snapshots, Map<String, String> common) {
        List<Series> all = new ArrayList<>();
        for (MetricSnapshot family : snapshots) {
            for (DataPointSnapshot point : family.getDataPoints()) {
                add(all, family.getMetadata().getPrometheusName(), point, common);
            }
        }
        return all;
    }

    private static void add(List<Series> all, String name, DataPointSnapshot point, Map<String, String> common) {
        TreeMap<String, String> labels = new TreeMap<>(common);
        point.getLabels().stream()
                .filter(label -> !label.getValue().isEmpty()) // Empty is the same as absent, and not allowed here.
                .forEach(label -> labels.put(label.getName(), label.getValue()));
        if (point instanceof CounterDataPointSnapshot counter) {
            all.add(named(name + "_total", labels, counter.getValue()));
        } else if (point instanceof GaugeDataPointSnapshot gauge) {
            all.add(named(name, labels, gauge.getValue()));
        } else if (point instanceof UnknownDataPointSnapshot unknown) {
            all.add(named(name, labels, unknown.getValue()));
        } else if (point instanceof InfoDataPointSnapshot) {
            all.add(named(name + "_info", labels, 1));
        } else if (point instanceof DistributionDataPointSnapshot distribution) {
            addDistribution(all, name, distribution, labels);
        }
    }

    private static void addDistribution(
            List<Series> all, String name, DistributionDataPointSnapshot point, TreeMap<String, String> labels) {
        all.add(named(name + "_count", labels, (double) point.getCount()));
        all.add(named(name + "_sum", labels, point.getSum()));
        if (point instanceof HistogramDataPointSnapshot histogram) {
            long below = 0;
            for (ClassicHistogramBucket bucket : histogram.getClassicBuckets()) {
                below += bucket.getCount();
                TreeMap<String, String> bounded = new TreeMap<>(labels);
                double bound = bucket.getUpperBound();
                bounded.put("le", Double.isInfinite(bound) ? "+Inf" : Double.toString(bound));
                all.add(named(name + "_bucket", bounded, (double) below));
            }
        }
    }

    private static Series named(String name, TreeMap<String, String> labels, double value) {
        TreeMap<String, String> all = new TreeMap<>(labels);
        all.put(NAME, name);
        return new Series(all, value);
    }
}
