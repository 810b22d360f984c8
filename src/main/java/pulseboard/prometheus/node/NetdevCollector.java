package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.NetDevLines;
import pulseboard.machine.linux.Numbers;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** Every counter of {@code /proc/net/dev}, but for the loopback interface. */
final class NetdevCollector implements Collector {

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

    private final Kernel kernel;
    private final NetDevLines lines;

    NetdevCollector(Kernel kernel) {
        this.kernel = kernel;
        this.lines = new NetDevLines(kernel.file("proc/net/dev"));
    }

    @Override
    public String name() {
        return "netdev";
    }

    @Override
    public void collect(Families into) throws IOException {
        lines.read();
        while (lines.next()) {
            String device = lines.name();
            if (!device.equals("lo")) {
                long[] counters = lines.counters();
                for (int column = 0; column < COLUMNS.length; column++) {
                    Column each = COLUMNS[column];
                    into.counter(each.name, each.help).add(Numbers.orNaN(counters[column]), "device", device);
                }
                Folder statistics =
                        kernel.folder(NetclassCollector.FOLDER, device).folder("statistics");
                into.counter("node_network_receive_nohandler_total", "Column nohandler of received packets.")
                        .add(statistics.number("rx_nohandler"), "device", device);
            }
        }
    }
}
