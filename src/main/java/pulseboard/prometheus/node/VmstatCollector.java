package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** The paging counters of {@code /proc/vmstat}. */
final class VmstatCollector implements Collector {

    private final KernelFile file;

    VmstatCollector(Kernel kernel) {
        this.file = kernel.file("proc/vmstat");
    }

    @Override
    public String name() {
        return "vmstat";
    }

    @Override
    public void collect(Families into) throws IOException {
        Words words = file.read();
        while (words.nextLine()) {
            if (words.next() && isCounted(words)) {
                String name = "node_vmstat_" + words.text();
                if (MetricNames.isName(name)) {
                    into.untyped(name, "A field of /proc/vmstat.").add(words.nextNumber());
                }
            }
        }
    }

    private static boolean isCounted(Words word) {
        return word.startsWith("pgpg")
                || word.startsWith("pswp")
                || word.startsWith("oom_kill")
                || (word.startsWith("pg") && word.contains("fault"));
    }
}
