package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.regex.Pattern;
import pulseboard.prometheus.Families;

/** Every field of {@code /proc/meminfo}, and the paging counters of {@code /proc/vmstat}. */
final class Memory {

    private static final double KIB = 1024;
    private static final Pattern COUNTED = Pattern.compile("(oom_kill|pgpg|pswp|pg.*fault).*");

    private Memory() {}

    /** {@code Active(anon): 12 kB} is {@code node_memory_Active_anon_bytes}. */
    static void collectMeminfo(Kernel kernel, Families into) throws IOException {
        for (String line : kernel.lines("proc/meminfo")) {
            String[] words = Kernel.words(line);
            if (words.length < 2) {
                continue;
            }
            boolean isSize = words.length > 2;
            String field = words[0].replace(":", "").replace('(', '_').replace(")", "");
            into.gauge("node_memory_" + field + (isSize ? "_bytes" : ""), "Field " + field + " of /proc/meminfo.")
                    .add(Double.parseDouble(words[1]) * (isSize ? KIB : 1));
        }
    }

    static void collectVmstat(Kernel kernel, Families into) throws IOException {
        for (String line : kernel.lines("proc/vmstat")) {
            String[] words = Kernel.words(line);
            if (COUNTED.matcher(words[0]).matches()) {
                into.untyped("node_vmstat_" + words[0], "Field " + words[0] + " of /proc/vmstat.")
                        .add(Double.parseDouble(words[1]));
            }
        }
    }
}
