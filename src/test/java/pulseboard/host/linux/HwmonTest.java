package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.host.SensorsReading;

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
    void thermalZonesServeWhereNoChipHasATemperature() throws IOException {
        Captured.write(sys, "class/thermal/thermal_zone0/type", "cpu-thermal");
        Captured.write(sys, "class/thermal/thermal_zone0/temp", "48312");
        Captured.write(sys, "class/thermal/cooling_device0/type", "Processor");
        assertEquals(Map.of("cpu-thermal", 48.312), new Hwmon(sys).read().celsius());
        Captured.write(sys, "class/hwmon/hwmon0/temp1_input", "41000");
        assertEquals(Set.of("hwmon0 temp1"), new Hwmon(sys).read().celsius().keySet());
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
