package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import pulseboard.prometheus.Families;

/** Batteries and mains, and what the thermal drivers of the kernel see. */
final class Power {

    private static final double MILLIDEGREES = 0.001;

    private record Measure(List<String> files, double factor) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure(
                    List.of(
                            "authentic",
                            "calibrate",
                            "capacity",
                            "capacity_alert_max",
                            "capacity_alert_min",
                            "cycle_count",
                            "online",
                            "present",
                            "time_to_empty_now",
                            "time_to_full_now"),
                    1),
            new Measure(
                    List.of(
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
                            "power_now"),
                    1e-6),
            new Measure(
                    List.of(
                            "temp",
                            "temp_alert_max",
                            "temp_alert_min",
                            "temp_ambient",
                            "temp_ambient_max",
                            "temp_ambient_min",
                            "temp_max",
                            "temp_min"),
                    0.1));

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

    private static final List<String> TEXTS = List.of(
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

    private Power() {}

    static void collectSupplies(Kernel kernel, Families into) throws IOException {
        for (Path folder : kernel.entries("sys/class/power_supply", "*")) {
            for (Measure measure : MEASURES) {
                for (String file : measure.files) {
                    String name = NAMES.getOrDefault(file, file.startsWith("temp") ? file + "_celsius" : file);
                    into.gauge("node_power_supply_" + name, "File " + file + " of /sys/class/power_supply.")
                            .add(
                                    Kernel.number(folder.resolve(file)),
                                    measure.factor,
                                    "power_supply",
                                    Kernel.name(folder));
                }
            }
            List<String> labels = new ArrayList<>(List.of("power_supply", Kernel.name(folder)));
            for (String file : TEXTS) {
                Kernel.value(folder.resolve(file)).ifPresent(text -> labels.addAll(List.of(file, text)));
            }
            into.info("node_power_supply_info", "What the kernel says of a power supply in words.")
                    .add(1, labels.toArray(String[]::new));
        }
    }

    static void collectThermal(Kernel kernel, Families into) throws IOException {
        for (Path zone : kernel.entries("sys/class/thermal", "thermal_zone[0-9]*")) {
            OptionalLong temperature = Kernel.number(zone.resolve("temp"));
            into.gauge("node_thermal_zone_temp", "Temperature of a zone, in degrees Celsius.")
                    .add(
                            temperature,
                            MILLIDEGREES,
                            "zone",
                            Kernel.name(zone).substring("thermal_zone".length()),
                            "type",
                            Kernel.value(zone.resolve("type")).orElse(""));
        }
        for (Path device : kernel.entries("sys/class/thermal", "cooling_device[0-9]*")) {
            String[] labels = {
                "name",
                Kernel.name(device).substring("cooling_device".length()),
                "type",
                Kernel.value(device.resolve("type")).orElse("")
            };
            into.gauge("node_cooling_device_cur_state", "How much a cooling device cools.")
                    .add(Kernel.number(device.resolve("cur_state")), 1, labels);
            into.gauge("node_cooling_device_max_state", "How much a cooling device can cool.")
                    .add(Kernel.number(device.resolve("max_state")), 1, labels);
        }
    }
}
