package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Hwmon;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/**
 * Every sensor of hardware monitoring chips. Disk temperatures (chip {@code drivetemp}) are left out: asking for them can keep a
 * disk from spinning down.
 */
final class HwmonCollector implements Collector {

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

    private final Kernel kernel;
    private final Map<String, Part> parts = new HashMap<>();

    /** What a file is by its name: of which sensor, of which kind, and what it says of it. */
    private record Part(String sensor, String kind, String element) {}

    private static final Part NONE = new Part("", "", "");

    HwmonCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "hwmon";
    }

    @Override
    public void collect(Families into) {
        List<Folder> folders = kernel.folders("sys/class/hwmon", "", false);
        Map<String, Integer> chips = new HashMap<>();
        Map<String, Integer> named = new HashMap<>();
        for (Folder folder : folders) {
            chips.merge(chip(folder), 1, Integer::sum);
            named.merge(chip(folder) + "_" + clean(folder.value("name")), 1, Integer::sum);
        }
        for (Folder folder : folders) {
            String name = clean(folder.value("name"));
            String chip = chip(folder);
            if (chips.getOrDefault(chip, 0)
                    > 1) { // One device may have several, which are distinguished as in node_exporter 1.12.
                String both = chip + "_" + name;
                chip = !name.isEmpty() && named.getOrDefault(both, 0) == 1 ? both : chip + "_" + clean(folder.name());
            }
            if (!name.equals(Hwmon.DISK_CHIP)) {
                collect(folder, chip, name, into);
            }
        }
    }

    private void collect(Folder folder, String chip, String name, Families into) {
        if (!name.isEmpty()) {
            into.gauge("node_hwmon_chip_names", "The name that a chip gives itself.")
                    .add(1, "chip", chip, "chip_name", name);
        }
        Map<String, Map<Part, String>> sensors = new TreeMap<>();
        read(folder, sensors);
        read(folder.folder("device"), sensors); // Where old drivers have them.
        for (Map<Part, String> elements : sensors.values()) {
            boolean hasPlain = elements.keySet().stream().anyMatch(part -> part.element.isEmpty());
            elements.entrySet().forEach(each -> add(into, chip, each, hasPlain));
        }
    }

    /** By the device that it is of: numbers of chips depend on the order in which modules were loaded. */
    private static String chip(Folder folder) {
        String name = clean(folder.value("name"));
        try {
            if (folder.has("device")) {
                Path device = folder.path().resolve("device").toRealPath();
                String type = device.getParent() == null ? "" : clean(name(device.getParent()));
                String own = clean(name(device));
                return type.isEmpty() || own.isEmpty() ? type + own : type + "_" + own;
            }
            return name.isEmpty() ? clean(name(folder.path().toRealPath())) : name;
        } catch (IOException e) {
            return name.isEmpty() ? clean(folder.name()) : name; // It has gone meanwhile.
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String clean(String name) {
        return NOT_IN_NAMES
                .matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll("_")
                .replaceAll("^_+|(?<!_)_+$", "");
    }

    /** Adds the text of each file to its sensor. */
    private void read(Folder folder, Map<String, Map<Part, String>> sensors) {
        for (String file : folder.list()) {
            Part part = parts.computeIfAbsent(file, HwmonCollector::part);
            if (!part.sensor.isEmpty()) {
                String text = folder.value(file);
                if (!text.isEmpty()) {
                    sensors.computeIfAbsent(part.sensor, key -> new LinkedHashMap<>())
                            .put(part, text);
                }
            }
        }
    }

    private static Part part(String file) {
        Matcher matcher = FILE.matcher(file);
        if (!matcher.matches()) {
            return NONE;
        }
        String number = matcher.group(2).isEmpty() ? "0" : matcher.group(2);
        String element = matcher.group(3) == null ? "" : matcher.group(3);
        return new Part(matcher.group(1) + number, matcher.group(1), element);
    }

    private static void add(Families into, String chip, Map.Entry<Part, String> file, boolean hasPlain) {
        Part part = file.getKey();
        String text = file.getValue();
        if (part.element.equals("label")) {
            into.gauge("node_hwmon_sensor_label", "The name that a chip gives a sensor.")
                    .add(1, "chip", chip, "sensor", part.sensor, "label", text);
            return;
        }
        double value = Numbers.number(text); // Some drivers have words where others have numbers.
        Unit unit = unit(part.kind, part.element);
        String name = name(part.kind, part.element, hasPlain) + unit.ending;
        String help = "Sensors of kind " + part.kind + ", file " + part.element + ".";
        Family family = name.endsWith("_total") ? into.counter(name, help) : into.gauge(name, help);
        family.add(value * unit.factor, "chip", chip, "sensor", part.sensor);
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
