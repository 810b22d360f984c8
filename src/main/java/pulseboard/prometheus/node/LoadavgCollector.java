package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.LoadReading;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.LoadAverage;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** Load, as {@code /proc/loadavg} reports it. */
final class LoadavgCollector implements Collector {

    private final LoadAverage load;

    LoadavgCollector(Kernel kernel) {
        this.load = new LoadAverage(kernel.file("proc/loadavg"), kernel.folder("proc"));
    }

    @Override
    public String name() {
        return "loadavg";
    }

    @Override
    public void collect(Families into) throws IOException {
        LoadReading now = load.read();
        add(into, "node_load1", "Load, averaged over 1 minute.", now.load1());
        add(into, "node_load5", "Load, averaged over 5 minutes.", now.load5());
        add(into, "node_load15", "Load, averaged over 15 minutes.", now.load15());
    }

    private static void add(Families into, String name, String help, double load) {
        into.gauge(name, help).add(load < 0 ? Double.NaN : load);
    }
}
