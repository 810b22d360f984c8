package pulseboard.prometheus.node;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What the firmware says of this machine, read once. */
final class DmiCollector implements Collector {

    /** Serial numbers are the administrator's to read. */
    private static final List<String> FILES = List.of(
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

    private final String[] labels;

    DmiCollector(Kernel kernel) {
        Folder folder = kernel.folder("sys/class/dmi/id");
        List<String> there = List.of(folder.list());
        List<String> known = new ArrayList<>();
        for (String file : FILES) {
            File each = folder.path().resolve(file).toFile();
            if (there.contains(file) && each.isFile() && each.canRead()) {
                known.add(file.equals("sys_vendor") ? "system_vendor" : file);
                known.add(folder.value(file));
            }
        }
        labels = known.toArray(String[]::new);
    }

    @Override
    public String name() {
        return "dmi";
    }

    @Override
    public void collect(Families into) throws IOException {
        if (labels.length == 0) {
            throw new IOException("this machine has no DMI");
        }
        into.info("node_dmi_info", "What the firmware says of this machine.").add(1, labels);
    }
}
