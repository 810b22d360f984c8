package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.prometheus.Families;

/** What this machine is and what time it has. */
final class Identity {

    private static final List<String> OS_LABELS = List.of(
            "build_id",
            "id",
            "id_like",
            "image_id",
            "image_version",
            "name",
            "pretty_name",
            "variant",
            "variant_id",
            "version",
            "version_codename",
            "version_id");

    /** Serial numbers are the administrator's to read. */
    private static final List<String> DMI_FILES = List.of(
            "bios_date",
            "bios_release",
            "bios_vendor",
            "bios_version",
            "board_asset_tag",
            "board_name",
            "board_serial",
            "board_vendor",
            "board_version",
            "chassis_asset_tag",
            "chassis_serial",
            "chassis_vendor",
            "chassis_version",
            "product_family",
            "product_name",
            "product_serial",
            "product_sku",
            "product_uuid",
            "product_version",
            "sys_vendor");

    private static final Pattern MAJOR_MINOR = Pattern.compile("^\\d+(\\.\\d+)?");
    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64");

    private Identity() {}

    static void collectUname(Kernel kernel, Families into) throws IOException {
        String folder = "proc/sys/kernel/";
        String architecture = System.getProperty("os.arch");
        into.info("node_uname_info", "What uname(2) says.")
                .add(
                        1,
                        "sysname",
                        kernel.lines(folder + "ostype").get(0),
                        "release",
                        kernel.lines(folder + "osrelease").get(0),
                        "version",
                        kernel.lines(folder + "version").get(0),
                        "machine",
                        kernel.value(folder + "arch").orElse(MACHINES.getOrDefault(architecture, architecture)),
                        "nodename",
                        kernel.lines(folder + "hostname").get(0),
                        "domainname",
                        kernel.lines(folder + "domainname").get(0));
    }

    static void collectOs(Kernel kernel, Families into) throws IOException {
        boolean local = Files.exists(kernel.root().resolve("etc/os-release"));
        Map<String, String> release = new HashMap<>();
        for (String line : kernel.lines(local ? "etc/os-release" : "usr/lib/os-release")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(
                        line.substring(0, equals).toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).replaceAll("^([\"'])(.*)\\1$", "$2"));
            }
        }
        into.info("node_os_info", "What /etc/os-release says.").add(1, labels(OS_LABELS, release));
        Matcher version = MAJOR_MINOR.matcher(release.getOrDefault("version_id", ""));
        if (version.find()) {
            into.gauge("node_os_version", "The version of the system as a number, its further parts left out.")
                    .add(Double.parseDouble(version.group()), labels(List.of("id", "id_like", "name"), release));
        }
    }

    private static String[] labels(List<String> names, Map<String, String> values) {
        return names.stream()
                .flatMap(name -> List.of(name, values.getOrDefault(name, "")).stream())
                .toArray(String[]::new);
    }

    static void collectDmi(Kernel kernel, Families into) throws IOException {
        List<String> labels = new ArrayList<>();
        for (String file : DMI_FILES) {
            Path path = kernel.root().resolve("sys/class/dmi/id").resolve(file);
            if (Files.isReadable(path)) {
                labels.add(file.equals("sys_vendor") ? "system_vendor" : file);
                labels.add(Kernel.value(path).orElse(""));
            }
        }
        if (labels.isEmpty()) {
            throw new IOException("this machine has no DMI");
        }
        into.info("node_dmi_info", "What the firmware says of this machine.").add(1, labels.toArray(String[]::new));
    }

    static void collectTime(Kernel kernel, Families into) throws IOException {
        ZonedDateTime now = Instant.now().atZone(ZoneId.systemDefault());
        into.gauge("node_time_seconds", "What time it is, in Unix seconds.")
                .add(now.toEpochSecond() + now.getNano() / 1e9);
        boolean isSummer = now.getZone().getRules().isDaylightSavings(now.toInstant());
        String zone = TimeZone.getTimeZone(now.getZone()).getDisplayName(isSummer, TimeZone.SHORT, Locale.ENGLISH);
        into.gauge("node_time_zone_offset_seconds", "How far local time is ahead of UTC, in seconds.")
                .add(now.getOffset().getTotalSeconds(), "time_zone", zone);
        for (Path source : kernel.entries("sys/devices/system/clocksource", "clocksource[0-9]*")) {
            String device = Kernel.name(source).substring("clocksource".length());
            Kernel.value(source.resolve("available_clocksource")).ifPresent(names -> {
                for (String name : Kernel.words(names)) {
                    into.info("node_time_clocksource_available_info", "Clocks that the kernel can use.")
                            .add(1, "device", device, "clocksource", name);
                }
            });
            Kernel.value(source.resolve("current_clocksource"))
                    .ifPresent(
                            name -> into.info("node_time_clocksource_current_info", "The clock that the kernel uses.")
                                    .add(1, "device", device, "clocksource", name));
        }
    }
}
