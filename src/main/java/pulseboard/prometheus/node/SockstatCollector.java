package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.machine.linux.SockStat;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How many sockets of each protocol there are, and what they hold. */
final class SockstatCollector implements Collector {

    private final SockStat sockets;
    private final long pageBytes;

    /** @param pageBytes the size of a memory page, in which the kernel counts what sockets hold */
    SockstatCollector(Kernel kernel, long pageBytes) {
        this.sockets = new SockStat(kernel.file("proc/net/sockstat"), kernel.file("proc/net/sockstat6"));
        this.pageBytes = pageBytes;
    }

    @Override
    public String name() {
        return "sockstat";
    }

    @Override
    public void collect(Families into) throws IOException {
        sockets.read((protocol, field, value) -> add(into, "node_sockstat_" + protocol + "_" + field, value));
    }

    private void add(Families into, String name, long value) {
        if (MetricNames.isName(name)) {
            into.gauge(name, "A field of /proc/net/sockstat.").add(Numbers.orNaN(value));
            if (name.endsWith("_mem")) {
                into.gauge(name + "_bytes", "Memory that sockets of this kind hold, in bytes.")
                        .add(Numbers.orNaN(Numbers.times(value, pageBytes)));
            }
        }
    }
}
