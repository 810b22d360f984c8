package pulseboard.machine.linux;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import pulseboard.machine.Reader;
import pulseboard.machine.SensorsReading;

/**
 * Hardware monitoring chips, thermal zones that have no chip of their own, and batteries, all below {@code /sys/class}
 * (<a href="https://docs.kernel.org/hwmon/sysfs-interface.html">kernel documentation</a>). Disk temperatures (chip
 * {@code drivetemp}) are left out: asking for them can keep a disk from spinning down. So are inputs that nothing is
 * connected to: the driver says so ({@code tempN_fault}), or they stand at the end of their scale.
 */
public final class Hwmon implements Reader<SensorsReading> {

    /** What a chip of this name is asked for can keep a disk from spinning down. */
    public static final String DISK_CHIP = "drivetemp";

    private static final double MILLIDEGREES = 1e3;
    private static final long COLDEST_MILLIDEGREES = -40_000;
    private static final long HOTTEST_MILLIDEGREES = 200_000;
    private static final long LEAST_LIMIT_MILLIDEGREES = 40_000;
    /** What an open 8-bit input shows: its largest value. */
    private static final long OPEN_MILLIDEGREES = 127_000;
    /** Always 20 °C: the driver makes it up. */
    private static final String MADE_UP_ZONE = "INT3400 Thermal";
    /** The same as the first input of this chip. */
    private static final Map<String, String> CHIP_OF_ZONE = Map.of("x86_pkg_temp", "coretemp");

    private final Folder classes;

    /** What never changes is read once. */
    private final Map<String, OptionalLong> limits = new HashMap<>();

    /** Reads below a sys folder. */
    public Hwmon(Path sys) {
        classes = Folder.of(sys).folder("class");
    }

    @Override
    public SensorsReading read() {
        Map<String, Double> celsius = new TreeMap<>();
        Map<String, Double> critical = new TreeMap<>();
        Map<String, Long> fans = new TreeMap<>();
        Set<String> chips = new HashSet<>();
        for (Folder chip : classes.folder("hwmon").folders("hwmon", false)) {
            String name = nameOf(chip, "name");
            chips.add(name);
            if (!name.equals(DISK_CHIP)) {
                readInputs(chip, name, "temp", (channel, label, value) -> {
                    String shown = putCelsius(celsius, label, value);
                    if (!shown.isEmpty()) {
                        limit(chip, name, channel).ifPresent(limit -> critical.put(shown, limit / MILLIDEGREES));
                    }
                });
                readInputs(chip, name, "fan", (channel, label, value) -> fans.put(unused(fans, label), value));
            }
        }
        readThermalZones(celsius, chips);
        return new SensorsReading(celsius, critical, fans, readBatteries());
    }

    /** What a device calls itself, or else the name of its folder. */
    private static String nameOf(Folder device, String file) {
        String own = device.value(file);
        return own.isEmpty() ? device.name() : own;
    }

    /** The name under which it is shown; empty when nothing is connected there. */
    private static String putCelsius(Map<String, Double> celsius, String label, long value) {
        if (value < COLDEST_MILLIDEGREES || value >= HOTTEST_MILLIDEGREES || value == OPEN_MILLIDEGREES) {
            return "";
        }
        String shown = unused(celsius, label);
        celsius.put(shown, value / MILLIDEGREES);
        return shown;
    }

    /** From where on it is critical, by the maker; some chips have a 0 there, or the end of their scale. */
    private OptionalLong limit(Folder chip, String name, String channel) {
        return limits.computeIfAbsent(chip.name() + "/" + name + "/" + channel, missing -> {
            OptionalLong limit = chip.signed(channel + "_crit");
            boolean isOne = limit.isPresent()
                    && limit.getAsLong() >= LEAST_LIMIT_MILLIDEGREES
                    && limit.getAsLong() < OPEN_MILLIDEGREES;
            return isOne ? limit : OptionalLong.empty();
        });
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
        void accept(String channel, String label, long value);
    }

    private static void readInputs(Folder chip, String name, String kind, Input input) {
        for (String file : chip.list()) {
            if (file.startsWith(kind) && file.endsWith("_input")) {
                String channel = file.replace("_input", "");
                OptionalLong value = chip.signed(file);
                if (value.isPresent() && chip.count(channel + "_fault") != 1) {
                    String label = chip.value(channel + "_label");
                    input.accept(channel, name + " " + (label.isEmpty() ? channel : label), value.getAsLong());
                }
            }
        }
    }

    /** Zones of one type share a chip, which is in the folder of the first. */
    private void readThermalZones(Map<String, Double> celsius, Set<String> chips) {
        List<Folder> zones = classes.folder("thermal").folders("thermal_zone", false);
        Set<String> shown = new HashSet<>(Set.of(MADE_UP_ZONE));
        CHIP_OF_ZONE.forEach((zone, chip) -> {
            if (chips.contains(chip)) {
                shown.add(zone);
            }
        });
        for (Folder zone : zones) {
            if (!zone.folders("hwmon", false).isEmpty()) {
                shown.add(nameOf(zone, "type"));
            }
        }
        for (Folder zone : zones) {
            String type = nameOf(zone, "type");
            if (!shown.contains(type)) {
                zone.signed("temp").ifPresent(value -> putCelsius(celsius, type, value));
            }
        }
    }

    private Map<String, SensorsReading.Battery> readBatteries() {
        Map<String, SensorsReading.Battery> batteries = new TreeMap<>();
        for (Folder supply : classes.folder("power_supply").folders("", false)) {
            long percent = chargePercent(supply);
            String status = supply.value("status");
            boolean isBattery =
                    percent >= 0 || (!status.isEmpty() && supply.value("type").equals("Battery"));
            // A mouse or a headset has a battery of its own; and a slot may be empty.
            if (isBattery && !supply.value("scope").equals("Device") && supply.count("present") != 0) {
                batteries.put(
                        supply.name(),
                        new SensorsReading.Battery(
                                (int) Math.min(100, percent), status.isEmpty() ? "Unknown" : status));
            }
        }
        return batteries;
    }

    /** The driver's own figure, or else what there is of what fits; negative where it is not known. */
    private static long chargePercent(Folder supply) {
        long percent = supply.count("capacity");
        for (String unit : new String[] {"charge", "energy"}) {
            if (percent < 0) {
                long now = supply.count(unit + "_now");
                long full = supply.count(unit + "_full");
                percent = now < 0 || full <= 0 ? Numbers.UNKNOWN : Math.round(100.0 * now / full);
            }
        }
        return percent;
    }
}
