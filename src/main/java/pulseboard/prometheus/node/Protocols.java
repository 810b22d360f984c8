package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pulseboard.prometheus.Families;

/** What the network stack counts: protocols, sockets, neighbours, backlog, tracked connections. */
final class Protocols {

    /** Of some 400 counters those that dashboards use. */
    private static final Pattern COUNTED = Pattern.compile("^(.*_(InErrors|InErrs)|Ip_Forwarding"
            + "|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)"
            + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts)"
            + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
            + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$");

    private static final List<String> TRACKED =
            List.of("found", "invalid", "ignore", "insert", "insert_failed", "drop", "early_drop", "search_restart");

    private Protocols() {}

    static void collectNetstat(Kernel kernel, Families into) throws IOException {
        for (String file : List.of("proc/net/snmp", "proc/net/netstat")) {
            List<String> lines = kernel.lines(file);
            for (int line = 0; line + 1 < lines.size(); line += 2) { // A line of names, then one of numbers.
                String[] names = Kernel.words(lines.get(line));
                String[] values = Kernel.words(lines.get(line + 1));
                for (int column = 1; column < names.length && column < values.length; column++) {
                    addCounted(into, names[0].replace(":", "_") + names[column], values[column]);
                }
            }
        }
        if (kernel.value("proc/net/snmp6").isPresent()) { // Not where IPv6 is switched off.
            for (String line : kernel.lines("proc/net/snmp6")) {
                String[] words = Kernel.words(line);
                int six = words[0].indexOf('6') + 1;
                addCounted(into, words[0].substring(0, six) + "_" + words[0].substring(six), words[1]);
            }
        }
    }

    private static void addCounted(Families into, String name, String value) {
        if (COUNTED.matcher(name).matches()) {
            into.untyped("node_netstat_" + name, "Counter " + name + " of the network stack.")
                    .add(Double.parseDouble(value));
        }
    }

    /** @param pageBytes the size of a memory page, in which the kernel counts what sockets hold */
    static void collectSockets(Kernel kernel, Families into, long pageBytes) throws IOException {
        addSockets(kernel.lines("proc/net/sockstat"), into, pageBytes);
        if (kernel.value("proc/net/sockstat6").isPresent()) {
            addSockets(kernel.lines("proc/net/sockstat6"), into, pageBytes);
        }
    }

    private static void addSockets(List<String> lines, Families into, long pageBytes) {
        for (String line : lines) {
            String[] words = Kernel.words(line);
            String protocol = words[0].replace(":", "");
            for (int index = 1; index + 1 < words.length; index += 2) {
                String name = "node_sockstat_" + protocol + "_" + words[index];
                double value = Double.parseDouble(words[index + 1]);
                into.gauge(name, "Field " + words[index] + " of " + protocol + " sockets.")
                        .add(value);
                if (words[index].equals("mem")) {
                    into.gauge(name + "_bytes", "Memory that " + protocol + " sockets hold, in bytes.")
                            .add(value * pageBytes);
                }
            }
        }
    }

    /** How much waits in all UDP sockets together. */
    static void collectUdpQueues(Kernel kernel, Families into) throws IOException {
        addQueues(kernel.lines("proc/net/udp"), into, "v4");
        if (kernel.value("proc/net/udp6").isPresent()) {
            addQueues(kernel.lines("proc/net/udp6"), into, "v6");
        }
    }

    private static void addQueues(List<String> lines, Families into, String version) {
        long sent = 0;
        long received = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] queues = Kernel.words(line)[4].split(":", -1);
            sent += Long.parseLong(queues[0], 16);
            received += Long.parseLong(queues[1], 16);
        }
        into.gauge("node_udp_queues", "Bytes that wait in UDP sockets, by direction and version of IP.")
                .add(sent, "queue", "tx", "ip", version)
                .add(received, "queue", "rx", "ip", version);
    }

    static void collectNeighbours(Kernel kernel, Families into) throws IOException {
        Map<String, Integer> byDevice = new HashMap<>();
        List<String> lines = kernel.lines("proc/net/arp");
        for (String line : lines.subList(1, lines.size())) {
            String[] words = Kernel.words(line);
            byDevice.merge(words[words.length - 1], 1, Integer::sum);
        }
        byDevice.forEach((device, count) -> into.gauge("node_arp_entries", "Known neighbours, by interface.")
                .add(count, "device", device));
    }

    /** One line for each processor, its columns hexadecimal. */
    static void collectBacklog(Kernel kernel, Families into) throws IOException {
        int cpu = 0;
        for (String line : kernel.lines("proc/net/softnet_stat")) {
            String[] words = Kernel.words(line);
            String[] label = {"cpu", Integer.toString(cpu++)};
            into.counter("node_softnet_processed_total", "Packets that were processed.")
                    .add(Long.parseLong(words[0], 16), label);
            into.counter("node_softnet_dropped_total", "Packets that were dropped because too many waited.")
                    .add(Long.parseLong(words[1], 16), label);
            into.counter("node_softnet_times_squeezed_total", "Turns that ended with packets left over.")
                    .add(Long.parseLong(words[2], 16), label);
        }
    }

    static void collectTracked(Kernel kernel, Families into) throws IOException {
        into.gauge("node_nf_conntrack_entries", "Connections that the firewall tracks.")
                .add(kernel.required("proc/sys/net/netfilter/nf_conntrack_count"));
        into.gauge("node_nf_conntrack_entries_limit", "Connections that the firewall can track.")
                .add(kernel.required("proc/sys/net/netfilter/nf_conntrack_max"));
        if (kernel.value("proc/net/stat/nf_conntrack").isPresent()) { // The administrator's to read.
            List<String> lines = kernel.lines("proc/net/stat/nf_conntrack");
            List<String> names = List.of(Kernel.words(lines.get(0)));
            for (String name : TRACKED) {
                int column = names.indexOf(name);
                long sum = 0;
                for (String line : lines.subList(1, lines.size())) {
                    sum += column < 0 ? 0 : Long.parseLong(Kernel.words(line)[column], 16);
                }
                into.gauge("node_nf_conntrack_stat_" + name, "Counter " + name + " of connection tracking.")
                        .add(sum);
            }
        }
    }
}
