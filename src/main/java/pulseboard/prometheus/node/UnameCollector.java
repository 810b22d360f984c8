package pulseboard.prometheus.node;

import java.util.Map;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What uname(2) says. Only the names of a machine change while it runs; the rest is read once. */
final class UnameCollector implements Collector {

    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64");

    private final KernelFile hostname;
    private final KernelFile domainname;
    private final String[] labels;

    UnameCollector(Kernel kernel) {
        this.hostname = kernel.file("proc/sys/kernel/hostname");
        this.domainname = kernel.file("proc/sys/kernel/domainname");
        Folder folder = kernel.folder("proc/sys/kernel");
        String architecture = System.getProperty("os.arch");
        String machine = folder.value("arch");
        labels = new String[] {
            "sysname",
            folder.value("ostype"),
            "release",
            folder.value("osrelease"),
            "version",
            folder.value("version"),
            "machine",
            machine.isEmpty() ? MACHINES.getOrDefault(architecture, architecture) : machine,
            "nodename",
            "",
            "domainname",
            ""
        };
    }

    @Override
    public String name() {
        return "uname";
    }

    @Override
    public void collect(Families into) {
        String[] now = labels.clone();
        now[labels.length - 3] = hostname.line();
        now[labels.length - 1] = domainname.line();
        into.info("node_uname_info", "What uname(2) says.").add(1, now);
    }
}
