package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.SensorsReading;

class HwmonTest {

    @TempDir
    private Path sys;

    @Test
    void chipsShowTheirLabelsOrElseTheirChannels() throws IOException {
        Captured.write(sys, "class/hwmon/hwmon0/name", "coretemp");
        Captured.write(sys, "class/hwmon/hwmon0/temp1_input", "41500");
        Captured.write(sys, "class/hwmon/hwmon0/temp1_label", "Package id 0");
        Captured.write(sys, "class/hwmon/hwmon1/name", "nct6775");
        Captured.write(sys, "class/hwmon/hwmon1/temp2_input", "-2000");
        Captured.write(sys, "class/hwmon/hwmon1/fan1_input", "1234");
        SensorsReading reading = new Hwmon(sys).read();
        assertEquals(Map.of("coretemp Package id 0", 41.5, "nct6775 temp2", -2.0), reading.celsius());
        assertEquals(Map.of("nct6775 fan1", 1234L), reading.fans());
    }

    @Test
    void twoChipsOfOneKindAreBothShown() throws IOException {
        for (String chip : new String[] {"hwmon2", "hwmon3"}) {
            Captured.write(sys, "class/hwmon/" + chip + "/name", "nvme");
            Captured.write(sys, "class/hwmon/" + chip + "/temp1_label", "Composite");
        }
        Captured.write(sys, "class/hwmon/hwmon2/temp1_input", "38000");
        Captured.write(sys, "class/hwmon/hwmon3/temp1_input", "52000");
        assertEquals(
                Map.of("nvme Composite", 38.0, "nvme Composite 2", 52.0),
                new Hwmon(sys).read().celsius());
    }

    @Test
    void diskTemperaturesAreNotAskedFor() throws IOException {
        Captured.write(sys, "class/hwmon/hwmon0/name", "drivetemp");
        Captured.write(sys, "class/hwmon/hwmon0/temp1_input", "30000");
        assertEquals(Map.of(), new Hwmon(sys).read().celsius());
    }

    @Test
    void thermalZonesWithoutAChipOfTheirOwnAreShown() throws IOException {
        chip("hwmon0", "nvme", "temp1_input=41850", "temp1_label=Composite");
        zone("thermal_zone0", "soc-thermal", "71500");
        zone("thermal_zone1", "bigcore0-thermal", "73400");
        zone("thermal_zone2", "gpu-thermal", "64700");
        Captured.write(sys, "class/thermal/cooling_device0/type", "Processor");
        assertEquals(
                Map.of("nvme Composite", 41.85, "soc-thermal", 71.5, "bigcore0-thermal", 73.4, "gpu-thermal", 64.7),
                new Hwmon(sys).read().celsius());
        // The chip of a zone is in its folder, and has the zones of the same type too.
        Files.createDirectories(sys.resolve("class/thermal/thermal_zone2/hwmon1"));
        chip("hwmon1", "gpu_thermal", "temp1_input=64700", "temp2_input=65000");
        zone("thermal_zone3", "gpu-thermal", "65000");
        assertEquals(
                Set.of("nvme Composite", "soc-thermal", "bigcore0-thermal", "gpu_thermal temp1", "gpu_thermal temp2"),
                new Hwmon(sys).read().celsius().keySet());
    }

    @Test
    void zonesThatRepeatAChipOrAreMadeUpAreLeftOut() throws IOException {
        zone("thermal_zone0", "x86_pkg_temp", "52000");
        zone("thermal_zone1", "INT3400 Thermal", "20000");
        assertEquals(Map.of("x86_pkg_temp", 52.0), new Hwmon(sys).read().celsius());
        chip("hwmon0", "coretemp", "temp1_input=52000", "temp1_label=Package id 0");
        assertEquals(
                Map.of("coretemp Package id 0", 52.0), new Hwmon(sys).read().celsius());
    }

    @Test
    void limitIsThatOfTheMakerWhereItIsOne() throws IOException {
        chip("hwmon0", "nvme", "temp1_input=41850", "temp1_label=Composite", "temp1_crit=84850");
        chip("hwmon1", "coretemp", "temp2_input=52000", "temp2_crit=100000", "temp3_input=50000", "temp3_crit=0");
        chip("hwmon2", "nct6798", "temp1_input=35000", "temp1_crit=127000", "temp2_input=127000", "temp2_crit=90000");
        assertEquals(
                Map.of("nvme Composite", 84.85, "coretemp temp2", 100.0),
                new Hwmon(sys).read().criticalCelsius());
    }

    @Test
    void inputsThatMeasureNothingAreLeftOut() throws IOException {
        chip("hwmon0", "nct6798", "temp1_input=35000", "temp1_label=SYSTIN", "temp2_input=-63000");
        chip("hwmon0", "nct6798", "temp3_input=95000", "temp3_fault=1", "temp4_input=127000", "temp5_input=-128000");
        chip("hwmon0", "nct6798", "temp6_input=65262000", "fan1_input=0", "fan2_input=2000", "fan2_fault=1");
        chip("hwmon1", "nvme", "temp1_input=-273150", "temp1_label=Composite");
        SensorsReading reading = new Hwmon(sys).read();
        assertEquals(Map.of("nct6798 SYSTIN", 35.0), reading.celsius());
        assertEquals(Map.of("nct6798 fan1", 0L), reading.fans());
    }

    @Test
    void batteriesOfOtherDevicesAndEmptySlotsAreNotThisMachines() throws IOException {
        supply("hidpp_battery_0", "type=Battery", "scope=Device", "capacity=7", "status=Discharging");
        supply("BAT0", "type=Battery", "capacity=104", "status=Not charging");
        supply("BAT1", "type=Battery", "scope=System", "charge_now=1500000", "charge_full=2000000", "status=Full");
        supply("BAT2", "type=Battery", "present=0", "capacity=0");
        supply("BAT3", "type=Battery", "capacity=", "status=Charging");
        supply("ucsi", "type=USB", "status=Charging");
        assertEquals(
                Map.of(
                        "BAT0", new SensorsReading.Battery(100, "Not charging"),
                        "BAT1", new SensorsReading.Battery(75, "Full"),
                        "BAT3", new SensorsReading.Battery(-1, "Charging")),
                new Hwmon(sys).read().batteries());
    }

    private void chip(String folder, String name, String... files) throws IOException {
        Captured.write(sys, "class/hwmon/" + folder + "/name", name);
        write("class/hwmon/" + folder, files);
    }

    private void supply(String name, String... files) throws IOException {
        write("class/power_supply/" + name, files);
    }

    private void zone(String folder, String type, String millidegrees) throws IOException {
        write("class/thermal/" + folder, "type=" + type, "temp=" + millidegrees);
    }

    private void write(String folder, String... files) throws IOException {
        for (String file : files) {
            String[] parts = file.split("=", 2);
            Captured.write(sys, folder + "/" + parts[0], parts[1]);
        }
    }

    @Test
    void batteriesAreShownAndMainsAdaptersAreNot() throws IOException {
        Captured.write(sys, "class/power_supply/BAT0/capacity", "83");
        Captured.write(sys, "class/power_supply/BAT0/status", "Discharging");
        Captured.write(sys, "class/power_supply/AC/online", "0");
        assertEquals(
                Map.of("BAT0", new SensorsReading.Battery(83, "Discharging")),
                new Hwmon(sys).read().batteries());
    }

    @Test
    void brokenValueHidesOnlyItself() throws IOException {
        Captured.write(sys, "class/hwmon/hwmon0/name", "k10temp");
        Captured.write(sys, "class/hwmon/hwmon0/temp1_input", "");
        Captured.write(sys, "class/hwmon/hwmon0/temp2_input", "no number");
        Captured.write(sys, "class/hwmon/hwmon0/temp3_input", "50000");
        assertEquals(Map.of("k10temp temp3", 50.0), new Hwmon(sys).read().celsius());
    }

    @Test
    void machineWithoutSensorsHasNone() throws IOException {
        assertEquals(new SensorsReading(Map.of(), Map.of(), Map.of()), new Hwmon(sys).read());
    }
}
