package pulseboard.prometheus.node;

import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** All that {@code /sys/class/net} reports of each interface. */
final class NetclassCollector implements Collector {

    static final String FOLDER = "sys/class/net";

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

    private final Kernel kernel;

    NetclassCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "netclass";
    }

    @Override
    public void collect(Families into) {
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
