package pulseboard.prometheus.node;

import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What the thermal drivers of the kernel see, and what they cool with. */
final class ThermalZoneCollector implements Collector {

    private static final double MILLIDEGREES = 0.001;

    private final Kernel kernel;

    ThermalZoneCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "thermal_zone";
    }

    @Override
    public void collect(Families into) {
        for (Folder zone : kernel.folders("sys/class/thermal", "thermal_zone", true)) {
            into.gauge("node_thermal_zone_temp", "Temperature of a zone, in degrees Celsius.")
                    .add(
                            zone.number("temp") * MILLIDEGREES,
                            "zone",
                            zone.name().substring("thermal_zone".length()),
                            "type",
                            zone.value("type"));
        }
        for (Folder device : kernel.folders("sys/class/thermal", "cooling_device", true)) {
            String[] labels = {"name", device.name().substring("cooling_device".length()), "type", device.value("type")
            };
            into.gauge("node_cooling_device_cur_state", "How much a cooling device cools.")
                    .add(device.number("cur_state"), labels);
            into.gauge("node_cooling_device_max_state", "How much a cooling device can cool.")
                    .add(device.number("max_state"), labels);
        }
    }
}
