package pulseboard.prometheus.node;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What this machine is. What cannot change while it runs is read once. */
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

    /** Only the names of a machine change while it runs. */
    static Collector uname(Kernel kernel) {
        Folder folder = kernel.folder("proc/sys/kernel");
        String architecture = System.getProperty("os.arch");
        String machine = folder.value("arch");
        String[] labels = {
            "sysname",
            folder.value("ostype"),
            "release",
            folder.value("osrelease"),
            "version",
            folder.value("version"),
            "machine",
            machine.isEmpty() ? MACHINES.getOrDefault(architecture, architecture) : machine,
            "nodename",
            "",
            "domainname",
            ""
        };
        KernelFile hostname = kernel.file("proc/sys/kernel/hostname");
        KernelFile domainname = kernel.file("proc/sys/kernel/domainname");
        return Collector.of("uname", into -> {
            String[] now = labels.clone();
            now[labels.length - 3] = hostname.line();
            now[labels.length - 1] = domainname.line();
            into.info("node_uname_info", "What uname(2) says.").add(1, now);
        });
    }

    /** Reads a file again when it was written again. */
    static Collector os(Kernel kernel) {
        Map<String, String> release = new HashMap<>();
        long[] read = {-1};
        return Collector.of("os", into -> {
            boolean local = new File(kernel.root().toFile(), "etc/os-release").exists();
            String folder = local ? "etc" : "usr/lib";
            long written = new File(kernel.root().toFile(), folder + "/os-release").lastModified();
            if (written == 0) {
                throw new IOException("there is no os-release");
            }
            if (written != read[0]) {
                read[0] = written;
                release.clear();
                release.putAll(release(kernel.folder(folder).value("os-release")));
            }
            collectOs(release, into);
        });
    }

    private static Map<String, String> release(String text) {
        Map<String, String> release = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(
                        line.substring(0, equals).toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).replaceAll("^([\"'])(.*)\\1$", "$2"));
            }
        }
        return release;
    }

    private static void collectOs(Map<String, String> release, Families into) {
        into.info("node_os_info", "What /etc/os-release says.").add(1, labels(OS_LABELS, release));
        Matcher version = MAJOR_MINOR.matcher(release.getOrDefault("version_id", ""));
        if (version.find()) {
            byte[] number = version.group().getBytes(StandardCharsets.US_ASCII);
            into.gauge("node_os_version", "The version of the system as a number, its further parts left out.")
                    .add(Words.number(number, 0, number.length), labels(List.of("id", "id_like", "name"), release));
        }
    }

    private static String[] labels(List<String> names, Map<String, String> values) {
        List<String> labels = new ArrayList<>(2 * names.size());
        for (String name : names) {
            labels.add(name);
            labels.add(values.getOrDefault(name, ""));
        }
        return labels.toArray(String[]::new);
    }

    static Collector dmi(Kernel kernel) {
        Folder folder = kernel.folder("sys/class/dmi/id");
        List<String> there = List.of(folder.list());
        List<String> labels = new ArrayList<>();
        for (String file : DMI_FILES) {
            File each = folder.path().resolve(file).toFile();
            if (there.contains(file) && each.isFile() && each.canRead()) {
                labels.add(file.equals("sys_vendor") ? "system_vendor" : file);
                labels.add(folder.value(file));
            }
        }
        String[] all = labels.toArray(String[]::new);
        return Collector.of("dmi", into -> {
            if (all.length == 0) {
                throw new IOException("this machine has no DMI");
            }
            into.info("node_dmi_info", "What the firmware says of this machine.")
                    .add(1, all);
        });
    }

    /** The name of a time zone is looked for again only when summer time begins or ends. */
    static Collector time(Kernel kernel) {
        String[] zone = {"", ""};
        return Collector.of("time", into -> {
            ZonedDateTime now = Instant.now().atZone(ZoneId.systemDefault());
            boolean isSummer = now.getZone().getRules().isDaylightSavings(now.toInstant());
            String key = now.getZone().getId() + isSummer;
            if (!key.equals(zone[0])) {
                zone[0] = key;
                zone[1] = TimeZone.getTimeZone(now.getZone()).getDisplayName(isSummer, TimeZone.SHORT, Locale.ENGLISH);
            }
            into.gauge("node_time_seconds", "What time it is, in Unix seconds.")
                    .add(now.toEpochSecond() + now.getNano() / 1e9);
            into.gauge("node_time_zone_offset_seconds", "How far local time is ahead of UTC, in seconds.")
                    .add(now.getOffset().getTotalSeconds(), "time_zone", zone[1]);
            collectClocks(kernel, into);
        });
    }

    private static void collectClocks(Kernel kernel, Families into) {
        for (Folder source : kernel.folders("sys/devices/system/clocksource", "clocksource", true)) {
            String device = source.name().substring("clocksource".length());
            for (String name : source.value("available_clocksource").split("\\s+", -1)) {
                if (!name.isEmpty()) {
                    into.info("node_time_clocksource_available_info", "Clocks that the kernel can use.")
                            .add(1, "device", device, "clocksource", name);
                }
            }
            String current = source.value("current_clocksource");
            if (!current.isEmpty()) {
                into.info("node_time_clocksource_current_info", "The clock that the kernel uses.")
                        .add(1, "device", device, "clocksource", current);
            }
        }
    }
}
