package pulseboard.prometheus.node;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How much waits in all UDP sockets together. */
final class UdpQueuesCollector implements Collector {

    private final KernelFile four;
    private final KernelFile six;

    UdpQueuesCollector(Kernel kernel) {
        this.four = kernel.file("proc/net/udp");
        this.six = kernel.file("proc/net/udp6");
    }

    @Override
    public String name() {
        return "udp_queues";
    }

    @Override
    public void collect(Families into) throws IOException {
        addQueues(six.readIfThere(), into, "v6");
        addQueues(four.read(), into, "v4");
    }

    private static void addQueues(@Nullable Words words, Families into, String version) {
        if (words == null) {
            return;
        }
        double sent = 0;
        double received = 0;
        words.nextLine(); // The names of the columns.
        while (words.nextLine()) {
            if (words.skip(5)) {
                sent += orZero(words.hexadecimal(true));
                received += orZero(words.hexadecimal(false));
            }
        }
        into.gauge("node_udp_queues", "Bytes that wait in UDP sockets, by direction and version of IP.")
                .add(sent, "queue", "tx", "ip", version)
                .add(received, "queue", "rx", "ip", version);
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
