package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.prometheus.Families;

/** Every field of {@code /proc/meminfo}, and the paging counters of {@code /proc/vmstat}. */
final class Memory {

    private static final double KIB = 1024;

    /** No machine has so much: as 64 bits it is below zero, which lxcfs and some kernels print for a moment. */
    private static final double BELOW_ZERO = Words.UNSIGNED / KIB;

    private Memory() {}

    /** {@code Active(anon): 12 kB} is {@code node_memory_Active_anon_bytes}. */
    static void collectMeminfo(KernelFile file, Families into) throws IOException {
        Words words = file.read();
        while (words.nextLine()) {
            if (words.next()) {
                String field = field(words.text());
                double value = words.nextNumber();
                boolean isSize = words.next();
                if (value >= 0 && value < BELOW_ZERO) {
                    into.gauge(isSize ? field + "_bytes" : field, "A field of /proc/meminfo.")
                            .add(value * (isSize ? KIB : 1));
                }
            }
        }
    }

    private static String field(String word) {
        StringBuilder field = new StringBuilder(48).append("node_memory_");
        for (int index = 0; index < word.length(); index++) {
            char each = word.charAt(index);
            if (each == '(') {
                field.append('_');
            } else if (each != ')' && each != ':') {
                field.append(isInNames(each) ? each : '_');
            }
        }
        return field.toString();
    }

    private static boolean isInNames(char each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == '_';
    }

    static void collectVmstat(KernelFile file, Families into) throws IOException {
        Words words = file.read();
        while (words.nextLine()) {
            if (words.next() && isCounted(words)) {
                String name = "node_vmstat_" + words.text();
                if (Protocols.isName(name)) {
                    into.untyped(name, "A field of /proc/vmstat.").add(words.nextNumber());
                }
            }
        }
    }

    private static boolean isCounted(Words word) {
        return word.startsWith("pgpg")
                || word.startsWith("pswp")
                || word.startsWith("oom_kill")
                || (word.startsWith("pg") && word.contains("fault"));
    }
}
