package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** Packets that each processor took from the network. */
final class SoftnetCollector implements Collector {

    /** A column of /proc/net/softnet_stat. */
    private record Column(int index, String name, String help) {}

    private static final Column[] COLUMNS = {
        new Column(0, "node_softnet_processed_total", "Packets that were processed."),
        new Column(1, "node_softnet_dropped_total", "Packets that were dropped because too many waited."),
        new Column(2, "node_softnet_times_squeezed_total", "Turns that ended with packets left over."),
        new Column(8, "node_softnet_cpu_collision_total", "Times a device was busy with another processor."),
        new Column(9, "node_softnet_received_rps_total", "Times another processor handed packets over."),
        new Column(10, "node_softnet_flow_limit_count_total", "Packets that were dropped because a flow had too many."),
        new Column(11, "node_softnet_backlog_len", "Packets that wait."),
    };
    private static final int CPU = 12;

    private final KernelFile file;

    SoftnetCollector(Kernel kernel) {
        this.file = kernel.file("proc/net/softnet_stat");
    }

    @Override
    public String name() {
        return "softnet";
    }

    /** One line for each processor, its columns hexadecimal. Since Linux 5.10 it says itself which processor it is of. */
    @Override
    public void collect(Families into) throws IOException {
        Words words = file.read();
        for (int line = 0; words.nextLine(); line++) {
            double[] values = new double[CPU + 1];
            int count = 0;
            while (count < values.length && words.next()) {
                values[count++] = words.hexadecimal();
            }
            boolean isNumbered = count > CPU && values[CPU] < Integer.MAX_VALUE;
            String cpu = Integer.toString(isNumbered ? (int) values[CPU] : line);
            for (Column each : COLUMNS) {
                if (each.index < count) {
                    (each.name.endsWith("_total")
                                    ? into.counter(each.name, each.help)
                                    : into.gauge(each.name, each.help))
                            .add(values[each.index], "cpu", cpu);
                }
            }
        }
    }
}
