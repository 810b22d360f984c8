package pulseboard.prometheus.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Peer;
import pulseboard.prometheus.Samples;

/** Ours beside Debian's node_exporter, on the same kernel's files. */
@Tag("system")
class NodeExporterTest {

    /** What node_exporter reads from elsewhere than the files that it can be pointed to. */
    private static final Set<String> NOT_FROM_FILES = Set.of("os", "time", "timex", "uname", "filesystem", "process");

    private static final String OF_THE_EXPORTER = "node_(scrape_collector|exporter|textfile)_.*";
    /** Of cores that are switched off 1.5.0 shows zeros, as long as one with a higher number is on. */
    private static final String OFFLINE_CORES = "node_cpu_(guest_)?seconds_total\\[cpu=\"[24-9]\".*";

    /** What is under the names of 1.12 and 1.5.0 does not have. */
    private static final String NEWER =
            "node_cpu_scaling_governor.*|node_pressure_irq_.*|node_netstat_TcpExt_(TCPOFOQueue|TCPRcvQDrop).*"
                    + "|node_softnet_(backlog_len|cpu_collision_total|flow_limit_count_total|received_rps_total).*";

    private static final String NEWER_LABELS = "(, )?(adminstate|rotational)=\"[a-z0-9]*\"";

    private static final Set<String> NEWER_COLLECTORS = Set.of("dmmultipath");

    private static final int ROUNDS = 200;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static Peer exporter(Stream<String> collectors, String... further) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--collector.disable-defaults"));
        collectors
                .filter(name -> !NEWER_COLLECTORS.contains(name))
                .forEach(name -> arguments.add("--collector." + name));
        arguments.addAll(List.of(further));
        return Peer.start(
                "prometheus-node-exporter",
                line -> line.contains("TLS is disabled"),
                port -> Stream.concat(arguments.stream(), Stream.of("--web.listen-address=127.0.0.1:" + port))
                        .toList());
    }

    private static Samples ask(Peer exporter) throws Exception {
        return Samples.fetch(exporter.address() + "/metrics").named("node_").without(OF_THE_EXPORTER);
    }

    /** Ours without what 1.5.0 does not have. */
    private static Samples asOf150(Samples ours) {
        Samples known = ours.named("node_").without(NEWER);
        Map<String, Double> values = new TreeMap<>();
        known.values().forEach((series, value) -> values.put(series.replaceAll(NEWER_LABELS, ""), value));
        return new Samples(values, known.types());
    }

    @Test
    void filesThatStandStillGiveTheSameSeriesTypesAndValues(@TempDir Path root) throws Exception {
        MadeTree.make(root);
        List<Collector> collectors = NodeCollectors.of(new Kernel(root), threads, 1000).stream()
                .filter(collector -> !NOT_FROM_FILES.contains(collector.name()))
                .toList();
        Samples ours = asOf150(Samples.collect(collectors));
        try (Peer exporter = exporter(
                collectors.stream().map(Collector::name),
                "--no-collector.netdev.netlink",
                "--path.procfs=" + root.resolve("proc"),
                "--path.sysfs=" + root.resolve("sys"),
                "--path.udev.data=" + root.resolve("run/udev/data"))) {
            Samples theirs = ask(exporter).without(OFFLINE_CORES);
            assertSame(theirs.values(), ours.values());
            assertSame(theirs.types(), ours.types());
        }
    }

    /** Equal, and if not, saying where. */
    private static void assertSame(Map<String, ?> theirs, Map<String, ?> ours) {
        Set<String> different = new TreeSet<>(theirs.keySet());
        different.addAll(ours.keySet());
        different.removeIf(key -> isSame(theirs.get(key), ours.get(key)));
        assertEquals(
                "",
                different.stream()
                        .map(key -> key + ": " + theirs.get(key) + " and not " + ours.get(key))
                        .collect(Collectors.joining("\n")));
        assertFalse(theirs.isEmpty());
    }

    /** A decimal fraction is not the same number in every order of multiplication. */
    private static boolean isSame(@Nullable Object theirs, @Nullable Object ours) {
        return (theirs instanceof Double a && ours instanceof Double b)
                ? Math.abs(a - b) <= Math.abs(a) * 1e-12
                : Objects.equals(theirs, ours);
    }

    @Test
    void seriesOfThisMachineAreTheSameAndTheirValuesLieBetweenTwoReadings() throws Exception {
        List<Collector> collectors = NodeCollectors.of(new Kernel(Path.of("/")), threads, 1000);
        try (Peer exporter = exporter(
                collectors.stream().map(Collector::name).filter(name -> !name.equals("process")),
                "--collector.filesystem.mount-points-exclude=" + FilesystemCollector.PATHS_LEFT_OUT)) {
            @Nullable Set<String> outside = null;
            // Gauges may go up and down between two readings: each has to lie between in one round, counters in every
            // one.
            for (int round = 0; round < ROUNDS && !(outside != null && outside.isEmpty()); round++) {
                Samples before = asOf150(Samples.collect(collectors));
                Samples theirs = ask(exporter);
                Samples after = asOf150(Samples.collect(collectors));
                assertEquals(theirs.types(), after.types());
                assertSameSeries(before, theirs, after);
                Set<String> now = outside(before, theirs, after);
                now.forEach(series -> assertTrue(!isCounter(series, theirs), series));
                if (outside != null) {
                    now.retainAll(outside);
                }
                outside = now;
            }
            assertEquals(Set.of(), outside);
        }
    }

    private static boolean isCounter(String series, Samples samples) {
        return "counter".equals(samples.types().get(series.substring(0, series.indexOf('['))));
    }

    private static void assertSameSeries(Samples before, Samples theirs, Samples after) {
        Set<String> always = new TreeSet<>(before.values().keySet());
        always.retainAll(after.values().keySet());
        always.removeAll(theirs.values().keySet());
        assertEquals(Set.of(), always, "only ours");
        Set<String> foreign = new TreeSet<>(theirs.values().keySet());
        foreign.removeAll(before.values().keySet());
        foreign.removeAll(after.values().keySet());
        assertEquals(Set.of(), foreign, "only theirs");
    }

    /** Series whose value at node_exporter is not between ours before and ours after. */
    private static Set<String> outside(Samples before, Samples theirs, Samples after) {
        Map<String, String> outside = new TreeMap<>();
        theirs.values().forEach((series, value) -> {
            Double first = before.values().get(series);
            Double last = after.values().get(series);
            if (first != null && last != null) {
                double rounding = Math.abs(value) * 1e-12;
                if (value < Math.min(first, last) - rounding || value > Math.max(first, last) + rounding) {
                    outside.put(series, first + " " + value + " " + last);
                }
            }
        });
        return new TreeSet<>(outside.keySet());
    }
}
