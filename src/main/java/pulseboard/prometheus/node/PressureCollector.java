package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.machine.linux.Pressure;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** For how long tasks waited for a resource; kernels before 5.18 do not report all. */
final class PressureCollector implements Collector {

    private static final double MICROSECONDS = 1e6;

    private final List<Resource> resources;

    /** A file, and the names and words of what is shown of it. */
    private record Resource(Pressure pressure, String waiting, String stalled, String name) {
        static Resource of(Kernel kernel, String name) {
            return new Resource(
                    new Pressure(kernel.file("proc/pressure/" + name)),
                    "node_pressure_" + name + "_waiting_seconds_total",
                    "node_pressure_" + name + "_stalled_seconds_total",
                    name);
        }
    }

    PressureCollector(Kernel kernel) {
        resources = Stream.of("cpu", "io", "memory", "irq")
                .map(name -> Resource.of(kernel, name))
                .toList();
    }

    @Override
    public String name() {
        return "pressure";
    }

    @Override
    public void collect(Families into) throws IOException {
        boolean any = false;
        for (Resource each : resources) {
            Pressure.StallDetector stalls = each.pressure.readIfThere();
            if (stalls != null) {
                any = true;
                add(each, stalls, into);
            }
        }
        if (!any) {
            throw new IOException("this kernel does not report pressure");
        }
    }

    private static void add(Resource resource, Pressure.StallDetector stalls, Families into) {
        into.counter(resource.waiting, "Time in which some task waited for " + resource.name + ", in seconds.")
                .add(Numbers.orNaN(stalls.some().microseconds()) / MICROSECONDS);
        if (!resource.name.equals("cpu")) { // Of the whole machine's CPU "full" has no meaning.
            into.counter(resource.stalled, "Time in which every task waited for " + resource.name + ", in seconds.")
                    .add(Numbers.orNaN(stalls.full().microseconds()) / MICROSECONDS);
        }
    }
}
