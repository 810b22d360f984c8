package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** Connections that the firewall tracks. */
final class ConntrackCollector implements Collector {

    private static final List<String> TRACKED =
            List.of("found", "invalid", "ignore", "insert", "insert_failed", "drop", "early_drop", "search_restart");

    private final KernelFile count;
    private final KernelFile most;
    private final KernelFile stat;

    ConntrackCollector(Kernel kernel) {
        this.count = kernel.file("proc/sys/net/netfilter/nf_conntrack_count");
        this.most = kernel.file("proc/sys/net/netfilter/nf_conntrack_max");
        this.stat = kernel.file("proc/net/stat/nf_conntrack");
    }

    @Override
    public String name() {
        return "conntrack";
    }

    @Override
    public void collect(Families into) throws IOException {
        double entries = count.number();
        double limit = most.number();
        into.gauge("node_nf_conntrack_entries", "Connections that the firewall tracks.")
                .add(entries);
        into.gauge("node_nf_conntrack_entries_limit", "Connections that the firewall can track.")
                .add(limit);
        addTrackedCounts(stat.readIfThere(), into); // The administrator's to read.
        Missing.require(entries, limit, "the firewall tracks no connections");
    }

    private static void addTrackedCounts(@Nullable Words words, Families into) {
        if (words == null || !words.nextLine()) {
            return;
        }
        List<String> names = new ArrayList<>();
        while (words.next()) {
            names.add(words.text());
        }
        double[] sums = new double[names.size()];
        while (words.nextLine()) {
            for (int column = 0; column < sums.length && words.next(); column++) {
                sums[column] += words.hexadecimal();
            }
        }
        for (String name : TRACKED) {
            int column = names.indexOf(name);
            into.gauge("node_nf_conntrack_stat_" + name, "A counter of connection tracking.")
                    .add(column < 0 ? 0 : sums[column]);
        }
    }
}
