package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/**
 * Every sensor of hardware monitoring chips. Disk temperatures (chip {@code drivetemp}) are left out: asking for them can keep a
 * disk from spinning down.
 */
final class Chips {

    private static final Pattern FILE = Pattern.compile(
            "(in|cpu|fan|pwm|temp|curr|power|energy|humidity|intrusion|vrm|beep_enable|update_interval)([0-9]*)(?:_(.+))?");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9:_]");

    /** The end of a metric's name, and what its value is multiplied with. */
    private record Unit(String ending, double factor) {}

    private static final double MILLI = 0.001;
    private static final double MICRO = 1e-6;
    private static final Unit PLAIN = new Unit("", 1);
    private static final Unit ENABLED = new Unit("_enabled", 1);

    private static final Map<String, Unit> UNITS = Map.of(
            "in", new Unit("_volts", MILLI),
            "cpu", new Unit("_volts", MILLI),
            "temp", new Unit("_celsius", MILLI),
            "curr", new Unit("_amps", MILLI),
            "energy", new Unit("_joule_total", MICRO),
            "power", new Unit("_watt", MICRO),
            "humidity", new Unit("", MICRO));

    /** Of elements that are not in the unit of their sensor; by kind and element, or by element. */
    private static final Map<String, Unit> EXCEPTIONS = Map.of(
            "fault",
            PLAIN,
            "alarm",
            PLAIN,
            "beep",
            ENABLED,
            "temp type",
            PLAIN,
            "power accuracy",
            new Unit("", MICRO),
            "power average_interval",
            new Unit("_seconds", MILLI),
            "power average_interval_min",
            new Unit("_seconds", MILLI),
            "power average_interval_max",
            new Unit("_seconds", MILLI));

    private static final Pattern SPEEDS = Pattern.compile("fan (input|min|max|target)");

    private Chips() {}

    static void collect(Kernel kernel, Families into) throws IOException {
        for (Path folder : kernel.entries("sys/class/hwmon", "*")) {
            String name = clean(Kernel.value(folder.resolve("name")).orElse(""));
            if (!name.equals("drivetemp")) {
                String chip = chip(folder, name);
                if (!name.isEmpty()) {
                    into.gauge("node_hwmon_chip_names", "The name that a chip gives itself.")
                            .add(1, "chip", chip, "chip_name", name);
                }
                Map<String, Map<String, String>> sensors = new TreeMap<>();
                read(folder, sensors);
                read(folder.resolve("device"), sensors); // Where old drivers have them.
                sensors.forEach((sensor, elements) -> elements.forEach(
                        (element, text) -> add(into, new String[] {chip, sensor, element}, text, elements)));
            }
        }
    }

    /** By the device that it is of: numbers of chips depend on the order in which modules were loaded. */
    private static String chip(Path folder, String name) throws IOException {
        if (Files.exists(folder.resolve("device"))) {
            Path device = folder.resolve("device").toRealPath();
            String type = device.getParent() == null ? "" : clean(Kernel.name(device.getParent()));
            String own = clean(Kernel.name(device));
            return type.isEmpty() || own.isEmpty() ? type + own : type + "_" + own;
        }
        return name.isEmpty() ? clean(Kernel.name(folder.toRealPath())) : name;
    }

    private static String clean(String name) {
        return NOT_IN_NAMES
                .matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll("_")
                .replaceAll("^_+|(?<!_)_+$", "");
    }

    /** Adds the text of each file to its sensor, by what it says of it: {@code input}, {@code max} and so on. */
    private static void read(Path folder, Map<String, Map<String, String>> sensors) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> Files.isRegularFile(file))) {
            for (Path file : files) {
                Matcher parts = FILE.matcher(Kernel.name(file));
                if (parts.matches()) {
                    String sensor = parts.group(1) + (parts.group(2).isEmpty() ? "0" : parts.group(2));
                    String element = parts.group(3) == null ? "" : parts.group(3);
                    Kernel.value(file)
                            .ifPresent(text -> sensors.computeIfAbsent(sensor, key -> new TreeMap<>())
                                    .put(element, text));
                }
            }
        }
    }

    /** @param names chip, sensor and element */
    private static void add(Families into, String[] names, String text, Map<String, String> elements) {
        String kind = names[1].replaceAll("(?<![0-9])[0-9]+$", "");
        String element = names[2];
        if (element.equals("label")) {
            into.gauge("node_hwmon_sensor_label", "The name that a chip gives a sensor.")
                    .add(1, "chip", names[0], "sensor", names[1], "label", text);
            return;
        }
        try {
            double value = Double.parseDouble(text);
            Unit unit = unit(kind, element);
            String name = name(kind, element, elements.containsKey("")) + unit.ending;
            String help = "Sensors of kind " + kind + ", file " + element + ".";
            Family family = name.endsWith("_total") ? into.counter(name, help) : into.gauge(name, help);
            family.add(value * unit.factor, "chip", names[0], "sensor", names[1]);
        } catch (NumberFormatException noNumber) {
            // Some drivers have words where others have numbers.
            return;
        }
    }

    private static String name(String kind, String element, boolean hasPlain) {
        return switch (kind) {
            case "beep_enable" -> "node_hwmon_beep_enabled";
            case "vrm" -> "node_hwmon_voltage_regulator_version";
            case "update_interval" -> "node_hwmon_update_interval";
            default -> {
                boolean isValue = element.isEmpty() || (element.equals("input") && !hasPlain);
                yield "node_hwmon_" + kind + (isValue ? "" : "_" + clean(element));
            }
        };
    }

    private static Unit unit(String kind, String element) {
        String both = kind + " " + element;
        if (kind.equals("update_interval")) {
            return new Unit("_seconds", MILLI);
        }
        if (SPEEDS.matcher(both).matches()) {
            return new Unit("_rpm", 1);
        }
        Unit ofKind = UNITS.getOrDefault(kind, PLAIN);
        return EXCEPTIONS.getOrDefault(element, EXCEPTIONS.getOrDefault(both, ofKind));
    }
}
