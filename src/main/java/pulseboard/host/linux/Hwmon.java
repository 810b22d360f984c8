package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.host.Reader;
import pulseboard.host.SensorsReading;

/**
 * Hardware monitoring chips, thermal zones where no chip has a temperature, and batteries, all below {@code /sys/class}
 * (<a href="https://docs.kernel.org/hwmon/sysfs-interface.html">kernel documentation</a>). Disk temperatures (chip
 * {@code drivetemp}) are left out: asking for them can keep a disk from spinning down.
 */
public final class Hwmon implements Reader<SensorsReading> {

    private static final double MILLIDEGREES = 1e3;

    private final Path classes;

    /** Reads below a sys folder. */
    public Hwmon(Path sys) {
        classes = sys.resolve("class");
    }

    @Override
    public SensorsReading read() throws IOException {
        Map<String, Double> celsius = new TreeMap<>();
        Map<String, Long> fans = new TreeMap<>();
        for (Path chip : folders("hwmon", "hwmon*")) {
            String name = SysValue.text(chip.resolve("name"))
                    .orElse(chip.getFileName().toString());
            if (!name.equals("drivetemp")) {
                readInputs(
                        chip,
                        name,
                        "temp",
                        (label, value) -> celsius.put(unused(celsius, label), value / MILLIDEGREES));
                readInputs(chip, name, "fan", (label, value) -> fans.put(unused(fans, label), value));
            }
        }
        if (celsius.isEmpty()) {
            readThermalZones(celsius);
        }
        return new SensorsReading(celsius, fans, readBatteries());
    }

    /** Two disks or two memory modules have chips of one name: the second is shown as such. */
    private static String unused(Map<String, ?> taken, String label) {
        String name = label;
        for (int number = 2; taken.containsKey(name); number++) {
            name = label + " " + number;
        }
        return name;
    }

    private interface Input {
        void accept(String label, long value);
    }

    private static void readInputs(Path chip, String name, String kind, Input input) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(chip, kind + "*_input")) {
            for (Path file : files) {
                String channel = file.getFileName().toString().replace("_input", "");
                String label = SysValue.text(chip.resolve(channel + "_label")).orElse(channel);
                SysValue.number(file).ifPresent(value -> input.accept(name + " " + label, value));
            }
        }
    }

    private void readThermalZones(Map<String, Double> celsius) throws IOException {
        for (Path zone : folders("thermal", "thermal_zone*")) {
            String type = SysValue.text(zone.resolve("type"))
                    .orElse(zone.getFileName().toString());
            SysValue.number(zone.resolve("temp"))
                    .ifPresent(value -> celsius.put(unused(celsius, type), value / MILLIDEGREES));
        }
    }

    private Map<String, SensorsReading.Battery> readBatteries() throws IOException {
        Map<String, SensorsReading.Battery> batteries = new TreeMap<>();
        for (Path supply : folders("power_supply", "*")) {
            String status = SysValue.text(supply.resolve("status")).orElse("Unknown");
            SysValue.number(supply.resolve("capacity"))
                    .ifPresent(percent -> batteries.put(
                            supply.getFileName().toString(), new SensorsReading.Battery((int) percent, status)));
        }
        return batteries;
    }

    private Iterable<Path> folders(String folder, String glob) throws IOException {
        Path parent = classes.resolve(folder);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, glob)) {
            entries.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }
}
