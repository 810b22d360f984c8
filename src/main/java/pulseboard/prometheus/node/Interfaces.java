package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** Every counter of {@code /proc/net/dev}, but for the loopback interface, and all that {@code /sys/class/net} tells. */
final class Interfaces {

    private static final String FOLDER = "sys/class/net";

    /** One of the columns of {@code /proc/net/dev}, in its order. */
    private record Column(String name, String help) {
        static Column received(String column) {
            return of("receive", column);
        }

        static Column sent(String column) {
            return of("transmit", column);
        }

        private static Column of(String direction, String column) {
            return new Column(
                    "node_network_" + direction + "_" + column + "_total",
                    "Column " + column + " (" + direction + ") of /proc/net/dev.");
        }
    }

    private static final Column[] COLUMNS = {
        Column.received("bytes"), Column.received("packets"), Column.received("errs"), Column.received("drop"),
        Column.received("fifo"), Column.received("frame"), Column.received("compressed"), Column.received("multicast"),
        Column.sent("bytes"), Column.sent("packets"), Column.sent("errs"), Column.sent("drop"),
        Column.sent("fifo"), Column.sent("colls"), Column.sent("carrier"), Column.sent("compressed"),
    };

    private record Attribute(String file, String name, double factor, String help, boolean isCounter) {
        Attribute(String file, String name, double factor) {
            this(file, "node_network_" + name, factor, "File " + file + " of /sys/class/net.", name.endsWith("_total"));
        }
    }

    private static final double MEGABIT_IN_BYTES = 125_000;

    private static final Attribute[] ATTRIBUTES = {
        new Attribute("addr_assign_type", "address_assign_type", 1),
        new Attribute("carrier", "carrier", 1),
        new Attribute("carrier_changes", "carrier_changes_total", 1),
        new Attribute("carrier_up_count", "carrier_up_changes_total", 1),
        new Attribute("carrier_down_count", "carrier_down_changes_total", 1),
        new Attribute("dev_id", "device_id", 1),
        new Attribute("dormant", "dormant", 1),
        new Attribute("flags", "flags", 1),
        new Attribute("ifindex", "iface_id", 1),
        new Attribute("iflink", "iface_link", 1),
        new Attribute("link_mode", "iface_link_mode", 1),
        new Attribute("mtu", "mtu_bytes", 1),
        new Attribute("name_assign_type", "name_assign_type", 1),
        new Attribute("netdev_group", "net_dev_group", 1),
        new Attribute("speed", "speed_bytes", MEGABIT_IN_BYTES),
        new Attribute("tx_queue_len", "transmit_queue_length", 1),
        new Attribute("type", "protocol_type", 1),
    };

    private Interfaces() {}

    static void collectCounters(Kernel kernel, KernelFile file, Families into) throws IOException {
        Words words = file.read();
        while (words.nextLine()) {
            if (words.nextUntilLast(':')) { // An alias has one in its name.
                String device = words.text();
                if (!device.equals("lo")) {
                    for (Column each : COLUMNS) {
                        if (words.next()) {
                            into.counter(each.name, each.help).add(words.number(), "device", device);
                        }
                    }
                    into.counter("node_network_receive_nohandler_total", "Column nohandler of received packets.")
                            .add(
                                    kernel.folder(FOLDER, device)
                                            .folder("statistics")
                                            .number("rx_nohandler"),
                                    "device",
                                    device);
                }
            }
        }
    }

    static void collectLinks(Kernel kernel, Families into) {
        Family up = into.gauge("node_network_up", "1 when the interface can be used.");
        for (Folder folder : kernel.folders(FOLDER, "", false)) {
            if (!folder.name().equals("bonding_masters")) { // The only file there.
                String state = folder.value("operstate");
                up.add(state.equals("up") ? 1 : 0, "device", folder.name());
                double flags = Double.NaN;
                for (Attribute each : ATTRIBUTES) {
                    double value = folder.number(each.file);
                    flags = each.file.equals("flags") ? value : flags;
                    Family family =
                            each.isCounter ? into.counter(each.name, each.help) : into.gauge(each.name, each.help);
                    family.add(value * each.factor, "device", folder.name());
                }
                collectDescription(into, folder, state, flags);
            }
        }
    }

    private static void collectDescription(Families into, Folder folder, String state, double flags) {
        into.info("node_network_info", "What the kernel says of an interface in words.")
                .add(
                        1,
                        "device",
                        folder.name(),
                        "address",
                        folder.value("address"),
                        "broadcast",
                        folder.value("broadcast"),
                        "duplex",
                        folder.value("duplex"),
                        "operstate",
                        state,
                        "adminstate",
                        adminState(flags),
                        "ifalias",
                        folder.value("ifalias"));
    }

    /** Whether an administrator has switched it on: the lowest of the flags of netdevice(7). */
    private static String adminState(double flags) {
        if (!(flags >= 0)) {
            return "unknown";
        }
        return ((long) flags & 1) == 1 ? "up" : "down";
    }
}
