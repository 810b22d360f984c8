package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulseboard.feed.MetricInfo;

/** The metrics that a page lists are those that its board has. */
public final class MetricsDoc {

    private MetricsDoc() {}

    /** Fails where the page's table and the list differ. */
    public static void assertListed(String page, List<MetricInfo> metrics) throws IOException {
        List<String> listed = DocsTable.rows(page, "metric", "labels").stream()
                .map(cells -> cells.get(0) + " | " + cells.get(1))
                .toList();
        assertEquals(metrics.stream().map(MetricsDoc::row).toList(), listed);
    }

    private static String row(MetricInfo metric) {
        return metric.name() + " | "
                + Stream.concat(
                                metric.keyLabels().stream(),
                                metric.labels().keySet().stream().sorted())
                        .collect(Collectors.joining(", "));
    }
}
