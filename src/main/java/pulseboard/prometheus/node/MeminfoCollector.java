package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Numbers;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** Every field of {@code /proc/meminfo}. */
final class MeminfoCollector implements Collector {

    private static final long KIB = 1024;

    private final KernelFile file;

    MeminfoCollector(Kernel kernel) {
        this.file = kernel.file("proc/meminfo");
    }

    @Override
    public String name() {
        return "meminfo";
    }

    /** {@code Active(anon): 12 kB} is {@code node_memory_Active_anon_bytes}. */
    @Override
    public void collect(Families into) throws IOException {
        Words words = file.read();
        while (words.nextLine()) {
            if (words.next()) {
                String field = field(words.text());
                long count = words.nextCount();
                boolean isSize = words.next();
                // No machine has 2^63 bytes: as 64 bits it is below zero, which lxcfs and some kernels print for a
                // moment.
                into.gauge(isSize ? field + "_bytes" : field, "A field of /proc/meminfo.")
                        .add(Numbers.orNaN(isSize ? Numbers.times(count, KIB) : count));
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
}
