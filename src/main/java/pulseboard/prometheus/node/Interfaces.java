package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** Every counter of {@code /proc/net/dev}, but for the loopback interface, and all that {@code /sys/class/net} tells. */
final class Interfaces {

    /** One half of the columns of {@code /proc/net/dev}. */
    private record Direction(String name, int first, List<String> columns) {}

    private static final Direction[] DIRECTIONS = {
        new Direction(
                "receive", 0, List.of("bytes", "packets", "errs", "drop", "fifo", "frame", "compressed", "multicast")),
        new Direction(
                "transmit", 8, List.of("bytes", "packets", "errs", "drop", "fifo", "colls", "carrier", "compressed")),
    };

    private record Attribute(String file, String name, double factor) {}

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

    static void collectCounters(Kernel kernel, Families into) throws IOException {
        for (String line : kernel.lines("proc/net/dev")) {
            int colon = line.lastIndexOf(':'); // An alias has one in its name.
            String device = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!device.isEmpty() && !device.equals("lo")) {
                String[] words = Kernel.words(line.substring(colon + 1));
                for (Direction direction : DIRECTIONS) {
                    add(into, device, direction, words);
                }
                into.counter("node_network_receive_nohandler_total", "Column nohandler of received packets.")
                        .add(
                                Kernel.number(kernel.root()
                                        .resolve("sys/class/net")
                                        .resolve(device)
                                        .resolve("statistics/rx_nohandler")),
                                1,
                                "device",
                                device);
            }
        }
    }

    private static void add(Families into, String device, Direction direction, String[] words) {
        for (int column = 0; column < direction.columns.size() && direction.first + column < words.length; column++) {
            String name = direction.columns.get(column);
            into.counter(
                            "node_network_" + direction.name + "_" + name + "_total",
                            "Column " + name + " (" + direction.name + ") of /proc/net/dev.")
                    .add(Double.parseDouble(words[direction.first + column]), "device", device);
        }
    }

    static void collectLinks(Kernel kernel, Families into) throws IOException {
        Family up = into.gauge("node_network_up", "1 when the interface can be used.");
        for (Path folder : kernel.entries("sys/class/net", "*")) {
            if (Files.isDirectory(folder)) { // There is also a file bonding_masters.
                String device = Kernel.name(folder);
                String state = Kernel.value(folder.resolve("operstate")).orElse("");
                up.add(state.equals("up") ? 1 : 0, "device", device);
                collectDescription(into, folder, state);
                for (Attribute each : ATTRIBUTES) {
                    OptionalLong value = Kernel.number(folder.resolve(each.file));
                    String name = "node_network_" + each.name;
                    String help = "File " + each.file + " of /sys/class/net.";
                    Family family = name.endsWith("_total") ? into.counter(name, help) : into.gauge(name, help);
                    family.add(value, each.factor, "device", device);
                }
            }
        }
    }

    private static void collectDescription(Families into, Path folder, String state) {
        into.info("node_network_info", "What the kernel says of an interface in words.")
                .add(
                        1,
                        "device",
                        Kernel.name(folder),
                        "address",
                        Kernel.value(folder.resolve("address")).orElse(""),
                        "broadcast",
                        Kernel.value(folder.resolve("broadcast")).orElse(""),
                        "duplex",
                        Kernel.value(folder.resolve("duplex")).orElse(""),
                        "operstate",
                        state,
                        "ifalias",
                        Kernel.value(folder.resolve("ifalias")).orElse(""));
    }
}
