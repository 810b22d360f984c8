package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.machine.Reader;
import pulseboard.machine.SensorsReading;

/**
 * Hardware monitoring chips, thermal zones that have no chip of their own, and batteries, all below {@code /sys/class}
 * (<a href="https://docs.kernel.org/hwmon/sysfs-interface.html">kernel documentation</a>). Disk temperatures (chip
 * {@code drivetemp}) are left out: asking for them can keep a disk from spinning down. So are inputs that nothing is
 * connected to: the driver says so ({@code tempN_fault}), or they stand at the end of their scale.
 */
public final class Hwmon implements Reader<SensorsReading> {

    private static final double MILLIDEGREES = 1e3;
    private static final long COLDEST_MILLIDEGREES = -40_000;
    private static final long HOTTEST_MILLIDEGREES = 200_000;
    /** What an open 8-bit input shows: its largest value. */
    private static final long OPEN_MILLIDEGREES = 127_000;
    /** Always 20 °C: the driver makes it up. */
    private static final String MADE_UP_ZONE = "INT3400 Thermal";
    /** The same as the first input of this chip. */
    private static final Map<String, String> CHIP_OF_ZONE = Map.of("x86_pkg_temp", "coretemp");

    private static final Logger LOG = LoggerFactory.getLogger(Hwmon.class);

    private final Path classes;

    /** Reads below a sys folder. */
    public Hwmon(Path sys) {
        classes = sys.resolve("class");
    }

    @Override
    public SensorsReading read() {
        Map<String, Double> celsius = new TreeMap<>();
        Map<String, Long> fans = new TreeMap<>();
        Set<String> chips = new HashSet<>();
        for (Path chip : entries(classes.resolve("hwmon"), "hwmon*")) {
            String name = nameOf(chip, "name");
            chips.add(name);
            if (!name.equals("drivetemp")) {
                readInputs(chip, name, "temp", (label, value) -> putCelsius(celsius, label, value));
                readInputs(chip, name, "fan", (label, value) -> fans.put(unused(fans, label), value));
            }
        }
        readThermalZones(celsius, chips);
        return new SensorsReading(celsius, fans, readBatteries());
    }

    /** What a device calls itself, or else the name of its folder. */
    private static String nameOf(Path device, String file) {
        return SysValue.text(device.resolve(file)).orElseGet(() -> String.valueOf(device.getFileName()));
    }

    private static void putCelsius(Map<String, Double> celsius, String label, long value) {
        if (value >= COLDEST_MILLIDEGREES && value < HOTTEST_MILLIDEGREES && value != OPEN_MILLIDEGREES) {
            celsius.put(unused(celsius, label), value / MILLIDEGREES);
        }
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

    private static void readInputs(Path chip, String name, String kind, Input input) {
        for (Path file : entries(chip, kind + "*_input")) {
            String channel = file.getFileName().toString().replace("_input", "");
            SysValue.number(file).ifPresent(value -> {
                if (SysValue.count(KernelPath.resolve(chip, channel + "_fault")) != 1) {
                    String label = SysValue.text(KernelPath.resolve(chip, channel + "_label"))
                            .orElse(channel);
                    input.accept(name + " " + label, value);
                }
            });
        }
    }

    /** Zones of one type share a chip, which is in the folder of the first. */
    private void readThermalZones(Map<String, Double> celsius, Set<String> chips) {
        List<Path> zones = entries(classes.resolve("thermal"), "thermal_zone*");
        Set<String> shown = new HashSet<>(Set.of(MADE_UP_ZONE));
        CHIP_OF_ZONE.forEach((zone, chip) -> {
            if (chips.contains(chip)) {
                shown.add(zone);
            }
        });
        for (Path zone : zones) {
            if (!entries(zone, "hwmon*").isEmpty()) {
                shown.add(nameOf(zone, "type"));
            }
        }
        for (Path zone : zones) {
            String type = nameOf(zone, "type");
            if (!shown.contains(type)) {
                SysValue.number(zone.resolve("temp")).ifPresent(value -> putCelsius(celsius, type, value));
            }
        }
    }

    private Map<String, SensorsReading.Battery> readBatteries() {
        Map<String, SensorsReading.Battery> batteries = new TreeMap<>();
        for (Path supply : entries(classes.resolve("power_supply"), "*")) {
            long percent = chargePercent(supply);
            // A mouse or a headset has a battery of its own; and a slot may be empty.
            boolean ofThisMachine =
                    !SysValue.text(supply.resolve("scope")).orElse("").equals("Device");
            Optional<String> status = SysValue.text(supply.resolve("status"));
            boolean isBattery = percent >= 0
                    || (status.isPresent()
                            && SysValue.text(supply.resolve("type")).orElse("").equals("Battery"));
            if (isBattery && ofThisMachine && SysValue.count(supply.resolve("present")) != 0) {
                batteries.put(
                        supply.getFileName().toString(),
                        new SensorsReading.Battery((int) Math.min(100, percent), status.orElse("Unknown")));
            }
        }
        return batteries;
    }

    /** The driver's own figure, or else what there is of what fits; negative where it is not known. */
    private static long chargePercent(Path supply) {
        long percent = SysValue.count(supply.resolve("capacity"));
        for (String unit : new String[] {"charge", "energy"}) {
            if (percent < 0) {
                long now = SysValue.count(supply.resolve(unit + "_now"));
                long full = SysValue.count(supply.resolve(unit + "_full"));
                percent = now < 0 || full <= 0 ? Numbers.UNKNOWN : Math.round(100.0 * now / full);
            }
        }
        return percent;
    }

    /** Sorted; a folder that is not there, or goes while it is read, has none. */
    private static List<Path> entries(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
                entries.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                LOG.debug("{} cannot be read", folder, e);
            }
        }
        Collections.sort(found);
        return found;
    }
}
