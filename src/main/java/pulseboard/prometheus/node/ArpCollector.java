package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How many neighbours are known. */
final class ArpCollector implements Collector {

    private final KernelFile file;

    ArpCollector(Kernel kernel) {
        this.file = kernel.file("proc/net/arp");
    }

    @Override
    public String name() {
        return "arp";
    }

    @Override
    public void collect(Families into) throws IOException {
        Map<String, Integer> byDevice = new HashMap<>();
        Words words = file.read();
        words.nextLine(); // The names of the columns.
        while (words.nextLine()) {
            String device = "";
            while (words.next()) {
                device = words.text();
            }
            if (!device.isEmpty()) {
                byDevice.merge(device, 1, Integer::sum);
            }
        }
        byDevice.forEach((device, count) -> into.gauge("node_arp_entries", "Known neighbours, by interface.")
                .add(count, "device", device));
    }
}
