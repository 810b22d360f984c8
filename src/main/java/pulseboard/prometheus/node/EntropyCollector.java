package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How much randomness the kernel has. */
final class EntropyCollector implements Collector {

    private final KernelFile available;
    private final KernelFile size;

    EntropyCollector(Kernel kernel) {
        this.available = kernel.file("proc/sys/kernel/random/entropy_avail");
        this.size = kernel.file("proc/sys/kernel/random/poolsize");
    }

    @Override
    public String name() {
        return "entropy";
    }

    @Override
    public void collect(Families into) throws IOException {
        double bits = available.number();
        double most = size.number();
        into.gauge("node_entropy_available_bits", "Randomness that is there, in bits.")
                .add(bits);
        into.gauge("node_entropy_pool_size_bits", "Randomness that there is room for, in bits.")
                .add(most);
        Missing.require(bits, most, "the kernel does not report its entropy");
    }
}
