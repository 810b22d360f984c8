package pulseboard.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Writes and removes the files of an installation, and says each thing that it does. */
final class Installer {

    private static final Path RUNTIME = Plan.PROGRAM.resolve("runtime");

    private final Disk disk;
    private final PrintStream out;

    Installer(Disk disk, PrintStream out) {
        this.disk = disk;
        this.out = out;
    }

    /** Writes a release, in the place of an older one if there is one. */
    void write(Release release) throws IOException {
        refuseBesideThePackage();
        boolean keep = settingsAreTheUsers();
        List<Piece> pieces = new ArrayList<>(Plan.pieces(release));
        if (!keep) {
            pieces.add(Plan.settings());
        }
        if (!disk.has(Plan.VARIABLES)) {
            pieces.add(Plan.variables());
        }
        Collection<Path> mine = new TreeSet<>(pieces.stream().map(Piece::path).toList());
        mine.add(Plan.LIST);
        Collection<Path> before = listed();
        Collection<Path> all = disk.withMissingFolders(mine);
        all.addAll(before);
        // First of all, so that an installation that is cut off can be removed too.
        writeList(all);
        for (Piece piece : pieces) {
            disk.write(piece);
        }
        sayWritten(pieces);
        if (keep) {
            out.println("kept " + disk.shown(Plan.SETTINGS) + " as it is");
        }
        before.removeAll(mine);
        before.removeAll(Plan.OF_THE_USER);
        disk.remove(before);
        all.removeIf(path -> !disk.has(path));
        writeList(all);
    }

    private void refuseBesideThePackage() {
        if (disk.has(Plan.OTHER_JAR)) {
            throw new Refusal(
                    "install: the Debian package is installed here already; upgrade that, or: apt purge pulseboard");
        }
        if (disk.has(Plan.OTHER_REST)) {
            // A later purge of it would take the settings away from under this installation.
            throw new Refusal(
                    "install: the settings here still belong to the Debian package, which was removed only; copy "
                            + Plan.SETTINGS + " if you want to keep it, then: apt purge pulseboard");
        }
    }

    private boolean settingsAreTheUsers() throws IOException {
        boolean asDelivered = disk.has(Plan.DELIVERED_SETTINGS)
                && disk.has(Plan.SETTINGS)
                && disk.read(Plan.SETTINGS).equals(disk.read(Plan.DELIVERED_SETTINGS));
        return disk.has(Plan.SETTINGS) && !asDelivered;
    }

    private void writeList(Collection<Path> paths) throws IOException {
        String text = String.join("\n", paths.stream().map(Path::toString).toList()) + "\n";
        disk.write(Piece.text(Plan.LIST, "rw-r--r--", text));
    }

    private void sayWritten(List<Piece> pieces) {
        List<Path> paths = pieces.stream().map(Piece::path).toList();
        paths.stream()
                .filter(path -> !path.startsWith(RUNTIME))
                .forEach(path -> out.println("wrote " + disk.shown(path)));
        long runtime = paths.stream().filter(path -> path.startsWith(RUNTIME)).count();
        if (runtime > 0) {
            out.println("wrote " + disk.shown(RUNTIME) + ", the Java runtime of " + runtime + " files");
        }
    }

    private Collection<Path> listed() throws IOException {
        Collection<Path> paths = new TreeSet<>();
        if (disk.has(Plan.LIST)) {
            disk.read(Plan.LIST).lines().map(Path::of).forEach(paths::add);
        }
        return paths;
    }

    /** Removes the unit; the rest of the program is still there and can run. */
    void removeUnit() throws IOException {
        disk.remove(List.of(Plan.UNIT));
        out.println("removed " + disk.shown(Plan.UNIT));
    }

    /** Removes the settings, logs and state. */
    void purge() throws IOException {
        for (Path file : Plan.OF_THE_USER) {
            if (disk.has(file)) {
                disk.remove(List.of(file));
                out.println("removed " + disk.shown(file));
            }
        }
        disk.remove(List.of(Plan.SETTINGS.getParent()));
        for (Path folder : Plan.KEPT_FOLDERS) {
            if (disk.removeTree(folder)) {
                out.println("removed " + disk.shown(folder));
            }
        }
    }

    /** Removes all other files that were written. */
    void removeProgram() throws IOException {
        Collection<Path> paths = listed();
        paths.removeAll(Plan.OF_THE_USER);
        paths.remove(Plan.UNIT);
        // Folders such as /etc are listed too where an image had none; to read that they go would frighten.
        List<Path> told = paths.stream()
                .filter(path -> disk.has(path) && !disk.hasFolder(path) && !path.startsWith(Plan.PROGRAM))
                .toList();
        disk.removeTree(Plan.CACHE);
        disk.remove(paths);
        told.forEach(path -> out.println("removed " + disk.shown(path)));
        out.println(
                disk.has(Plan.PROGRAM)
                        ? "left " + disk.shown(Plan.PROGRAM) + ", where somebody has put something"
                        : "removed " + disk.shown(Plan.PROGRAM));
    }
}
