package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** Every counter of {@code /proc/diskstats}, partitions and loop devices left out, and what udev knows of each device. */
final class Disks {

    private static final Pattern LEFT_OUT = Pattern.compile("^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$");

    private record Column(String name, String help, double factor) {}

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

    private static final String OF_DEVICE =
            "path=ID_PATH wwn=ID_WWN model=ID_MODEL serial=ID_SERIAL_SHORT revision=ID_REVISION";
    private static final String OF_FILESYSTEM =
            "type=ID_FS_TYPE usage=ID_FS_USAGE uuid=ID_FS_UUID version=ID_FS_VERSION";
    private static final String OF_MAPPED =
            "name=DM_NAME uuid=DM_UUID vg_name=DM_VG_NAME lv_name=DM_LV_NAME lv_layer=DM_LV_LAYER";

    private static final int IO_NOW = 8;

    private Disks() {}

    static void collect(Kernel kernel, Families into) throws IOException {
        for (String line : kernel.lines("proc/diskstats")) {
            String[] words = Kernel.words(line);
            String device = words[2];
            if (!LEFT_OUT.matcher(device).find()) {
                collectDescription(kernel, into, words);
                for (int column = 0; column < COLUMNS.length && column + 3 < words.length; column++) {
                    Column each = COLUMNS[column];
                    Family family =
                            column == IO_NOW ? into.gauge(each.name, each.help) : into.counter(each.name, each.help);
                    family.add(Double.parseDouble(words[column + 3]) * each.factor, "device", device);
                }
            }
        }
    }

    private static void collectDescription(Kernel kernel, Families into, String[] words) {
        String[] numbers = {"device", words[2], "major", words[0], "minor", words[1]};
        String[] device = {"device", words[2]};
        Map<String, String> known = properties(kernel, "run/udev/data/b" + words[0] + ":" + words[1]);
        into.info("node_disk_info", "What udev knows of a block device.").add(1, labels(numbers, OF_DEVICE, known));
        if (known.containsKey("ID_FS_TYPE")) {
            into.info("node_disk_filesystem_info", "What udev knows of the filesystem on a block device.")
                    .add(1, labels(device, OF_FILESYSTEM, known));
        }
        if (known.containsKey("DM_NAME")) {
            into.info("node_disk_device_mapper_info", "What udev knows of a device that is made of others.")
                    .add(1, labels(device, OF_MAPPED, known));
        }
    }

    /** Adds to the first labels those that are pairs of a label and a property of udev. */
    private static String[] labels(String[] first, String pairs, Map<String, String> known) {
        List<String> labels = new ArrayList<>(List.of(first));
        for (String pair : pairs.split(" ", -1)) {
            labels.add(pair.substring(0, pair.indexOf('=')));
            labels.add(known.getOrDefault(pair.substring(pair.indexOf('=') + 1), ""));
        }
        return labels.toArray(String[]::new);
    }

    /** Lines of {@code E:ID_MODEL=text}. */
    private static Map<String, String> properties(Kernel kernel, String path) {
        Map<String, String> properties = new HashMap<>();
        kernel.value(path)
                .ifPresent(text -> text.lines()
                        .filter(line -> line.startsWith("E:") && line.contains("="))
                        .forEach(line -> properties.put(
                                line.substring(2, line.indexOf('=')), line.substring(line.indexOf('=') + 1))));
        return properties;
    }
}
