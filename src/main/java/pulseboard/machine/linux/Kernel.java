package pulseboard.machine.linux;

import java.nio.file.Path;
import java.util.List;

/** The kernel's files below a root folder, which is {@code /} but in tests. */
public final class Kernel {

    private final String root;
    private final boolean isReal;

    /** Those below this folder. */
    public Kernel(Path root) {
        this.isReal = root.equals(Path.of("/"));
        this.root = isReal ? "/" : root + "/";
    }

    /** The root. */
    public Path root() {
        return Path.of(root);
    }

    /** A file that is read at each collection, such as {@code proc/stat}. It may not be there. */
    public KernelFile file(String path) {
        return new KernelFile(root + path, isReal);
    }

    /** A folder, such as {@code sys/class/net}. It may not be there. */
    public Folder folder(String path) {
        return Folder.of(path, root + path + "/");
    }

    /** The folder of this name, which may be any bytes, in another. */
    public Folder folder(String parent, String name) {
        return folder(parent).folder(name);
    }

    /** What a folder holds whose name is this prefix and then, where asked for, a number; in order. */
    public List<Folder> folders(String folder, String prefix, boolean numbered) {
        return folder(folder).folders(prefix, numbered);
    }
}
