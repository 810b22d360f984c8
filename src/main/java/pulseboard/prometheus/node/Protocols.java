package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What the network stack counts: protocols, sockets, neighbours, backlog, tracked connections. */
final class Protocols {

    /** Of some 400 counters those that dashboards use. */
    private static final Pattern COUNTED = Pattern.compile("^(.*_(InErrors|InErrs)|Ip_Forwarding"
            + "|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)"
            + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
            + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
            + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$");

    private static final List<String> TRACKED =
            List.of("found", "invalid", "ignore", "insert", "insert_failed", "drop", "early_drop", "search_restart");

    /** A column of /proc/net/softnet_stat. */
    private record Column(int index, String name, String help) {}

    private static final Column[] SOFTNET = {
        new Column(0, "node_softnet_processed_total", "Packets that were processed."),
        new Column(1, "node_softnet_dropped_total", "Packets that were dropped because too many waited."),
        new Column(2, "node_softnet_times_squeezed_total", "Turns that ended with packets left over."),
        new Column(8, "node_softnet_cpu_collision_total", "Times a device was busy with another processor."),
        new Column(9, "node_softnet_received_rps_total", "Times another processor handed packets over."),
        new Column(10, "node_softnet_flow_limit_count_total", "Packets that were dropped because a flow had too many."),
        new Column(11, "node_softnet_backlog_len", "Packets that wait."),
    };
    private static final int SOFTNET_CPU = 12;

    private Protocols() {}

    /** Two files of pairs of lines, names and numbers. Which names are counted is worked out when a line of names is another. */
    static final class Netstat implements Collector {
        private final KernelFile[] files;
        private final KernelFile six;
        private final Map<String, Header> headers = new HashMap<>();

        /** A line of names, and under which each is shown; null for those that are not. */
        private static final class Header {
            private final byte[] line;
            private final @Nullable String[] shown;

            private Header(byte[] line, @Nullable String... shown) {
                this.line = line;
                this.shown = shown;
            }
        }

        Netstat(Kernel kernel) {
            this.files = new KernelFile[] {kernel.file("proc/net/snmp"), kernel.file("proc/net/netstat")};
            this.six = kernel.file("proc/net/snmp6");
        }

        @Override
        public String name() {
            return "netstat";
        }

        @Override
        public void collect(Families into) throws IOException {
            boolean any = false;
            for (KernelFile file : files) {
                Words words = file.readIfThere();
                any |= words != null;
                if (words != null) {
                    addPairs(words, into);
                }
            }
            Words words = six.readIfThere(); // Not there where IPv6 is switched off.
            while (words != null && words.nextLine()) {
                if (words.next()) {
                    addSix(words, into);
                }
            }
            if (!any) {
                throw new IOException("the kernel tells nothing of its protocols");
            }
        }

        private void addPairs(Words words, Families into) {
            Header header = null;
            String protocol = "";
            while (words.nextLine()) {
                String first = words.next() ? words.text() : "";
                if (header != null && first.equals(protocol)) {
                    for (String name : header.shown) {
                        double value = words.nextNumber();
                        if (name != null) {
                            into.untyped(name, "A counter of the network stack.")
                                    .add(value);
                        }
                    }
                    header = null;
                } else {
                    header = header(first, words);
                    protocol = first;
                }
            }
        }

        private Header header(String protocol, Words words) {
            Header known = headers.get(protocol);
            if (known == null || !words.lineIs(known.line)) {
                byte[] line = words.lineBytes();
                List<@Nullable String> shown = new ArrayList<>();
                while (words.next()) {
                    shown.add(counted(protocol.replace(":", "_") + words.text()));
                }
                known = new Header(line, shown.toArray(String[]::new));
                headers.put(protocol, known);
            }
            return known;
        }

        private static @Nullable String counted(String name) {
            return isName(name) && COUNTED.matcher(name).matches() ? "node_netstat_" + name : null;
        }

        private void addSix(Words words, Families into) {
            String word = words.text();
            Header known = headers.get(word);
            if (known == null) {
                int end = word.indexOf('6') + 1;
                known = new Header(new byte[0], counted(word.substring(0, end) + "_" + word.substring(end)));
                headers.put(word, known);
            }
            String name = known.shown[0];
            if (name != null) {
                into.untyped(name, "A counter of the network stack.").add(words.nextNumber());
            }
        }
    }

    /** @param pageBytes the size of a memory page, in which the kernel counts what sockets hold */
    static void collectSockets(KernelFile four, KernelFile six, Families into, long pageBytes) throws IOException {
        addSockets(six.readIfThere(), into, pageBytes);
        addSockets(four.read(), into, pageBytes);
    }

    private static void addSockets(@Nullable Words words, Families into, long pageBytes) {
        while (words != null && words.nextLine()) {
            words.next();
            String protocol = words.text(0, 1);
            while (words.next()) {
                String field = words.text();
                String name = "node_sockstat_" + protocol + "_" + field;
                double value = words.nextNumber();
                if (isName(name)) {
                    into.gauge(name, "A field of /proc/net/sockstat.").add(value);
                    if (field.equals("mem")) {
                        into.gauge(name + "_bytes", "Memory that sockets of this kind hold, in bytes.")
                                .add(value * pageBytes);
                    }
                }
            }
        }
    }

    /** What is no name of a metric would make the whole text one that nobody can read. */
    static boolean isName(String text) {
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            boolean isLetter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
            if (!isLetter && (each < '0' || each > '9')) {
                return false;
            }
        }
        return true;
    }

    /** How much waits in all UDP sockets together. */
    static void collectUdpQueues(KernelFile four, KernelFile six, Families into) throws IOException {
        addQueues(six.readIfThere(), into, "v6");
        addQueues(four.read(), into, "v4");
    }

    private static void addQueues(@Nullable Words words, Families into, String version) {
        if (words == null) {
            return;
        }
        double sent = 0;
        double received = 0;
        words.nextLine(); // The names of the columns.
        while (words.nextLine()) {
            if (words.skip(5)) {
                sent += orZero(words.hexadecimal(true));
                received += orZero(words.hexadecimal(false));
            }
        }
        into.gauge("node_udp_queues", "Bytes that wait in UDP sockets, by direction and version of IP.")
                .add(sent, "queue", "tx", "ip", version)
                .add(received, "queue", "rx", "ip", version);
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    static void collectNeighbours(KernelFile file, Families into) throws IOException {
        Map<String, Integer> byDevice = new HashMap<>();
        Words words = file.read();
        words.nextLine(); // The names of the columns.
        while (words.nextLine()) {
            String device = "";
            while (words.next()) {
                device = words.text();
            }
            if (!device.isEmpty()) {
                byDevice.merge(device, 1, Integer::sum);
            }
        }
        byDevice.forEach((device, count) -> into.gauge("node_arp_entries", "Known neighbours, by interface.")
                .add(count, "device", device));
    }

    /** One line for each processor, its columns hexadecimal. Since Linux 5.10 it says itself which processor it is of. */
    static void collectBacklog(KernelFile file, Families into) throws IOException {
        Words words = file.read();
        for (int line = 0; words.nextLine(); line++) {
            double[] values = new double[SOFTNET_CPU + 1];
            int count = 0;
            while (count < values.length && words.next()) {
                values[count++] = words.hexadecimal();
            }
            boolean isNumbered = count > SOFTNET_CPU && values[SOFTNET_CPU] < Integer.MAX_VALUE;
            String cpu = Integer.toString(isNumbered ? (int) values[SOFTNET_CPU] : line);
            for (Column each : SOFTNET) {
                if (each.index < count) {
                    (each.name.endsWith("_total")
                                    ? into.counter(each.name, each.help)
                                    : into.gauge(each.name, each.help))
                            .add(values[each.index], "cpu", cpu);
                }
            }
        }
    }

    static void collectTracked(KernelFile count, KernelFile most, KernelFile stat, Families into) throws IOException {
        double entries = count.number();
        double limit = most.number();
        into.gauge("node_nf_conntrack_entries", "Connections that the firewall tracks.")
                .add(entries);
        into.gauge("node_nf_conntrack_entries_limit", "Connections that the firewall can track.")
                .add(limit);
        addTrackedCounts(stat.readIfThere(), into); // The administrator's to read.
        KernelCounts.require(entries, limit, "the firewall tracks no connections");
    }

    private static void addTrackedCounts(@Nullable Words words, Families into) {
        if (words == null || !words.nextLine()) {
            return;
        }
        List<String> names = new ArrayList<>();
        while (words.next()) {
            names.add(words.text());
        }
        double[] sums = new double[names.size()];
        while (words.nextLine()) {
            for (int column = 0; column < sums.length && words.next(); column++) {
                sums[column] += words.hexadecimal();
            }
        }
        for (String name : TRACKED) {
            int column = names.indexOf(name);
            into.gauge("node_nf_conntrack_stat_" + name, "A counter of connection tracking.")
                    .add(column < 0 ? 0 : sums[column]);
        }
    }
}
