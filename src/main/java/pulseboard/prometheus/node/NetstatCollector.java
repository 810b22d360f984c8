package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/**
 * What protocols count: two files of pairs of lines, names and numbers, and one of IPv6. Which names are counted is worked out when a
 * line of names is another.
 */
final class NetstatCollector implements Collector {

    /** Of some 400 counters those that dashboards use. */
    private static final Pattern COUNTED = Pattern.compile("^(.*_(InErrors|InErrs)|Ip_Forwarding"
            + "|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)"
            + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
            + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
            + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$");

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

    NetstatCollector(Kernel kernel) {
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
            throw new IOException("the kernel reports nothing of its protocols");
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
                        into.untyped(name, "A counter of the network stack.").add(value);
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
        return MetricNames.isName(name) && COUNTED.matcher(name).matches() ? "node_netstat_" + name : null;
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
