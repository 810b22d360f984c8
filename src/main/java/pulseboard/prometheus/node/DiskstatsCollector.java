package pulseboard.prometheus.node;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.linux.DiskStatsLines;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** Every counter of {@code /proc/diskstats}, partitions and loop devices left out, and what udev knows of each device. */
final class DiskstatsCollector implements Collector {

    private static final Pattern LEFT_OUT = Pattern.compile("^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$");

    private record Column(String name, String help, double factor) {}

    private static final int MOST_DEVICES = 4096;
    private static final double SECTOR_BYTES = 512;
    private static final double MILLISECONDS = 0.001;

    /** In the order of the file; the ninth goes up and down. */
    private static final Column[] COLUMNS = {
        new Column("node_disk_reads_completed_total", "Reads that were completed.", 1),
        new Column("node_disk_reads_merged_total", "Reads that were joined to others.", 1),
        new Column("node_disk_read_bytes_total", "Bytes read.", SECTOR_BYTES),
        new Column("node_disk_read_time_seconds_total", "Time that all reads took, in seconds.", MILLISECONDS),
        new Column("node_disk_writes_completed_total", "Writes that were completed.", 1),
        new Column("node_disk_writes_merged_total", "Writes that were joined to others.", 1),
        new Column("node_disk_written_bytes_total", "Bytes written.", SECTOR_BYTES),
        new Column("node_disk_write_time_seconds_total", "Time that all writes took, in seconds.", MILLISECONDS),
        new Column("node_disk_io_now", "Requests that are under way.", 1),
        new Column("node_disk_io_time_seconds_total", "Time with any request under way, in seconds.", MILLISECONDS),
        new Column(
                "node_disk_io_time_weighted_seconds_total",
                "Requests under way times how long they were, in seconds.",
                MILLISECONDS),
        new Column("node_disk_discards_completed_total", "Discards that were completed.", 1),
        new Column("node_disk_discards_merged_total", "Discards that were joined to others.", 1),
        new Column("node_disk_discarded_sectors_total", "Sectors discarded.", 1),
        new Column("node_disk_discard_time_seconds_total", "Time that all discards took, in seconds.", MILLISECONDS),
        new Column("node_disk_flush_requests_total", "Flushes that were completed.", 1),
        new Column(
                "node_disk_flush_requests_time_seconds_total", "Time that all flushes took, in seconds.", MILLISECONDS),
    };

    private static final String[] OF_FILESYSTEM = {
        "type", "ID_FS_TYPE", "usage", "ID_FS_USAGE", "uuid", "ID_FS_UUID", "version", "ID_FS_VERSION"
    };
    private static final String[] OF_MAPPED = {
        "name",
        "DM_NAME",
        "uuid",
        "DM_UUID",
        "vg_name",
        "DM_VG_NAME",
        "lv_name",
        "DM_LV_NAME",
        "lv_layer",
        "DM_LV_LAYER"
    };

    /** The first that a device has is its serial number: printed on the label, short, or what virtual disks have. */
    private static final String[] SERIALS = {"SCSI_IDENT_SERIAL", "ID_SERIAL_SHORT", "ID_SERIAL"};

    private static final int IO_NOW = 8;

    private final Kernel kernel;
    private final DiskStatsLines lines;
    private final Map<String, Device> devices = new HashMap<>();

    /** What udev says of a device, and when it wrote that down. */
    private record Device(String number, long written, Map<String, String> properties) {}

    DiskstatsCollector(Kernel kernel) {
        this.kernel = kernel;
        this.lines = new DiskStatsLines(kernel.file("proc/diskstats"));
    }

    @Override
    public String name() {
        return "diskstats";
    }

    @Override
    public void collect(Families into) throws IOException {
        lines.read();
        while (lines.next()) {
            String device = lines.name();
            if (!isLeftOut(device)) {
                collectDescription(into, device, number(lines.major()), number(lines.minor()));
                long[] counters = lines.counters();
                for (int column = 0; column < COLUMNS.length; column++) {
                    Column each = COLUMNS[column];
                    Family family =
                            column == IO_NOW ? into.gauge(each.name, each.help) : into.counter(each.name, each.help);
                    family.add(Numbers.orNaN(counters[column]) * each.factor, "device", device);
                }
            }
        }
    }

    private static String number(long known) {
        return known < 0 ? "" : Long.toString(known);
    }

    private static boolean isLeftOut(String device) {
        return Character.isDigit(device.charAt(device.length() - 1))
                && LEFT_OUT.matcher(device).find();
    }

    private void collectDescription(Families into, String device, String major, String minor) {
        Map<String, String> known = properties(device, major + ":" + minor);
        into.info("node_disk_info", "What udev knows of a block device.")
                .add(
                        1,
                        "device",
                        device,
                        "major",
                        major,
                        "minor",
                        minor,
                        "path",
                        known.getOrDefault("ID_PATH", ""),
                        "wwn",
                        known.getOrDefault("ID_WWN", ""),
                        "model",
                        known.getOrDefault("ID_MODEL", ""),
                        "serial",
                        serial(known),
                        "revision",
                        known.getOrDefault("ID_REVISION", ""),
                        "rotational",
                        rotational(device));
        if (!known.getOrDefault("ID_FS_TYPE", "").isEmpty()) {
            into.info("node_disk_filesystem_info", "What udev knows of the filesystem on a block device.")
                    .add(1, labels(device, OF_FILESYSTEM, known));
        }
        if (!known.getOrDefault("DM_NAME", "").isEmpty()) {
            into.info("node_disk_device_mapper_info", "What udev knows of a device that is made of others.")
                    .add(1, labels(device, OF_MAPPED, known));
        }
        if (!known.getOrDefault("ID_ATA", "").isEmpty()) {
            collectAta(into, device, known);
        }
    }

    private static void collectAta(Families into, String device, Map<String, String> known) {
        into.gauge("node_disk_ata_write_cache", "1 when an ATA disk has a write cache.")
                .add(number(known.get("ID_ATA_WRITE_CACHE")), "device", device);
        into.gauge("node_disk_ata_write_cache_enabled", "1 when the write cache of an ATA disk is used.")
                .add(number(known.get("ID_ATA_WRITE_CACHE_ENABLED")), "device", device);
        into.gauge("node_disk_ata_rotation_rate_rpm", "Revolutions of an ATA disk per minute; 0 when nothing turns.")
                .add(number(known.get("ID_ATA_ROTATION_RATE_RPM")), "device", device);
    }

    private static double number(@Nullable String text) {
        return text == null ? Double.NaN : Numbers.number(text);
    }

    private static String serial(Map<String, String> known) {
        for (String property : SERIALS) {
            String serial = known.getOrDefault(property, "");
            if (!serial.isEmpty()) {
                return serial;
            }
        }
        return "";
    }

    /** As node_exporter has it: 0 where it is not reported. The kernel writes the slash of a name as an exclamation mark. */
    private String rotational(String device) {
        String value = kernel.folder("sys/block", device.replace('/', '!'))
                .folder("queue")
                .value("rotational");
        return value.equals("1") ? "1" : "0";
    }

    /** @param pairs a label and a property of udev in turn */
    private static String[] labels(String device, String[] pairs, Map<String, String> known) {
        List<String> labels = new ArrayList<>(List.of("device", device));
        for (int index = 0; index < pairs.length; index += 2) {
            labels.add(pairs[index]);
            labels.add(known.getOrDefault(pairs[index + 1], ""));
        }
        return labels.toArray(String[]::new);
    }

    /** Read anew when udev has written it anew. */
    private Map<String, String> properties(String device, String number) {
        File file = new File(kernel.root().toFile(), "run/udev/data/b" + number);
        long written = file.lastModified();
        Device known = devices.get(device);
        if (known == null || known.written != written || !known.number.equals(number)) {
            if (devices.size() > MOST_DEVICES) {
                devices.clear(); // Names come and go.
            }
            known = new Device(number, written, written == 0 ? Map.of() : read(kernel.folder("run/udev/data"), number));
            devices.put(device, known);
        }
        return known.properties;
    }

    /** Lines of {@code E:ID_MODEL=text}. */
    private static Map<String, String> read(Folder udev, String number) {
        Map<String, String> properties = new HashMap<>();
        for (String line : udev.value("b" + number).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.startsWith("E:") && equals > 0) {
                properties.put(line.substring(2, equals), line.substring(equals + 1));
            }
        }
        return properties;
    }
}
