package pulseboard.prometheus.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** Batteries and mains. */
final class PowersupplyclassCollector implements Collector {

    /** What a file is shown as, and what its number is multiplied with. */
    private record Measure(String name, double factor) {}

    private static final Map<String, Measure> MEASURES = new HashMap<>();

    /** Where the name is not that of the file; temperatures have their unit at the end. */
    private static final Map<String, String> NAMES = Map.of(
            "cycle_count", "cyclecount",
            "time_to_empty_now", "time_to_empty_seconds",
            "time_to_full_now", "time_to_full_seconds",
            "current_now", "current_ampere",
            "energy_now", "energy_watthour",
            "voltage_now", "voltage_volt",
            "charge_now", "charge_ampere",
            "power_now", "power_watt");

    static {
        put(
                1,
                "authentic",
                "calibrate",
                "capacity",
                "capacity_alert_max",
                "capacity_alert_min",
                "cycle_count",
                "online",
                "present",
                "time_to_empty_now",
                "time_to_full_now");
        put(
                1e-6,
                "current_boot",
                "current_max",
                "current_now",
                "energy_empty",
                "energy_empty_design",
                "energy_full",
                "energy_full_design",
                "energy_now",
                "voltage_boot",
                "voltage_max",
                "voltage_max_design",
                "voltage_min",
                "voltage_min_design",
                "voltage_now",
                "voltage_ocv",
                "charge_control_limit",
                "charge_control_limit_max",
                "charge_counter",
                "charge_empty",
                "charge_empty_design",
                "charge_full",
                "charge_full_design",
                "charge_now",
                "charge_term_current",
                "constant_charge_current",
                "constant_charge_current_max",
                "constant_charge_voltage",
                "constant_charge_voltage_max",
                "precharge_current",
                "input_current_limit",
                "power_now");
        put(
                0.1,
                "temp",
                "temp_alert_max",
                "temp_alert_min",
                "temp_ambient",
                "temp_ambient_max",
                "temp_ambient_min",
                "temp_max",
                "temp_min");
    }

    private static void put(double factor, String... files) {
        for (String file : files) {
            String name = NAMES.getOrDefault(file, file.startsWith("temp") ? file + "_celsius" : file);
            MEASURES.put(file, new Measure("node_power_supply_" + name, factor));
        }
    }

    private static final Set<String> TEXTS = Set.of(
            "capacity_level",
            "charge_type",
            "health",
            "manufacturer",
            "model_name",
            "serial_number",
            "status",
            "technology",
            "type",
            "usb_type",
            "scope");

    private final Kernel kernel;

    PowersupplyclassCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "powersupplyclass";
    }

    @Override
    public void collect(Families into) {
        for (Folder folder : kernel.folders("sys/class/power_supply", "", false)) {
            List<String> labels = new ArrayList<>(List.of("power_supply", folder.name()));
            for (String file : folder.list()) { // Of the many there may be, each has a few.
                Measure measure = MEASURES.get(file);
                if (measure != null) {
                    into.gauge(measure.name, "A file of /sys/class/power_supply.")
                            .add(folder.number(file) * measure.factor, "power_supply", folder.name());
                } else if (TEXTS.contains(file)) {
                    String text = folder.value(file);
                    if (!text.isEmpty()) {
                        labels.add(file);
                        labels.add(text);
                    }
                }
            }
            into.info("node_power_supply_info", "What the kernel says of a power supply in words.")
                    .add(1, labels.toArray(String[]::new));
        }
    }
}
