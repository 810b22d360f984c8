package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How many files are open, of how many that may be. */
final class FilefdCollector implements Collector {

    private final KernelFile file;

    FilefdCollector(Kernel kernel) {
        this.file = kernel.file("proc/sys/fs/file-nr");
    }

    @Override
    public String name() {
        return "filefd";
    }

    @Override
    public void collect(Families into) throws IOException {
        Words words = file.read();
        words.nextLine();
        into.gauge("node_filefd_allocated", "Files that are open.").add(words.nextNumber());
        words.next();
        into.gauge("node_filefd_maximum", "Files that may be open.").add(words.nextNumber());
    }
}
