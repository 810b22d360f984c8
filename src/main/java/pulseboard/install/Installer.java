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

    private final ImageRoot image;
    private final PrintStream out;

    Installer(ImageRoot image, PrintStream out) {
        this.image = image;
        this.out = out;
    }

    /** Writes a release, in the place of an older one if there is one. */
    void write(Release release) throws IOException {
        refuseBesideThePackage();
        boolean keep = settingsAreTheUsers();
        List<FileEntry> entries = new ArrayList<>(Plan.entries(release));
        if (!keep) {
            entries.add(Plan.settings());
        }
        if (!image.has(Plan.VARIABLES)) {
            entries.add(Plan.variables());
        }
        Collection<Path> mine =
                new TreeSet<>(entries.stream().map(FileEntry::path).toList());
        mine.add(Plan.LIST);
        Collection<Path> before = listed();
        Collection<Path> all = image.withMissingFolders(mine);
        all.addAll(before);
        // First of all, so that an installation that is cut off can be removed too.
        writeList(all);
        for (FileEntry entry : entries) {
            image.write(entry);
        }
        sayWritten(entries);
        if (keep) {
            out.println("kept " + image.shown(Plan.SETTINGS) + " as it is");
        }
        before.removeAll(mine);
        before.removeAll(Plan.OF_THE_USER);
        image.remove(before);
        all.removeIf(path -> !image.has(path));
        writeList(all);
    }

    private void refuseBesideThePackage() {
        if (image.has(Plan.OTHER_JAR)) {
            throw new Refusal(
                    "install: the Debian package is installed here already; upgrade that, or: apt purge pulseboard");
        }
        if (image.has(Plan.OTHER_REST)) {
            // A later purge of it would take the settings away from under this installation.
            throw new Refusal(
                    "install: the settings here still belong to the Debian package, which was removed only; copy "
                            + Plan.SETTINGS + " if you want to keep it, then: apt purge pulseboard");
        }
    }

    private boolean settingsAreTheUsers() throws IOException {
        boolean asDelivered = image.has(Plan.DELIVERED_SETTINGS)
                && image.has(Plan.SETTINGS)
                && image.read(Plan.SETTINGS).equals(image.read(Plan.DELIVERED_SETTINGS));
        return image.has(Plan.SETTINGS) && !asDelivered;
    }

    private void writeList(Collection<Path> paths) throws IOException {
        String text = String.join("\n", paths.stream().map(Path::toString).toList()) + "\n";
        image.write(FileEntry.text(Plan.LIST, "rw-r--r--", text));
    }

    private void sayWritten(List<FileEntry> entries) {
        List<Path> paths = entries.stream().map(FileEntry::path).toList();
        paths.stream()
                .filter(path -> !path.startsWith(RUNTIME))
                .forEach(path -> out.println("wrote " + image.shown(path)));
        long runtime = paths.stream().filter(path -> path.startsWith(RUNTIME)).count();
        if (runtime > 0) {
            out.println("wrote " + image.shown(RUNTIME) + ", the Java runtime of " + runtime + " files");
        }
    }

    private Collection<Path> listed() throws IOException {
        Collection<Path> paths = new TreeSet<>();
        if (image.has(Plan.LIST)) {
            image.read(Plan.LIST).lines().map(Path::of).forEach(paths::add);
        }
        return paths;
    }

    /** Removes the units; the rest of the program is still there and can run. */
    void removeUnits() throws IOException {
        for (Path unit : units()) {
            image.remove(List.of(unit));
            out.println("removed " + image.shown(unit));
        }
    }

    /** Those that are there: an older release had fewer. */
    List<Path> units() {
        return Plan.units().stream().filter(image::has).toList();
    }

    /** Removes the settings, logs and state. */
    void purge() throws IOException {
        for (Path file : Plan.OF_THE_USER) {
            if (image.has(file)) {
                image.remove(List.of(file));
                out.println("removed " + image.shown(file));
            }
        }
        image.remove(List.of(Plan.SETTINGS.getParent()));
        for (Path folder : Plan.KEPT_FOLDERS) {
            if (image.removeTree(folder)) {
                out.println("removed " + image.shown(folder));
            }
        }
    }

    /** Removes all other files that were written. */
    void removeProgram() throws IOException {
        Collection<Path> paths = listed();
        paths.removeAll(Plan.OF_THE_USER);
        paths.removeAll(Plan.units());
        // Folders such as /etc are listed too where an image had none; to read that they go would frighten.
        List<Path> reported = paths.stream()
                .filter(path -> image.has(path) && !image.hasFolder(path) && !path.startsWith(Plan.PROGRAM))
                .toList();
        image.removeTree(Plan.CACHE);
        image.removeTree(Plan.WORK_CACHE);
        image.remove(paths);
        reported.forEach(path -> out.println("removed " + image.shown(path)));
        out.println(
                image.has(Plan.PROGRAM)
                        ? "left " + image.shown(Plan.PROGRAM) + ", where somebody has put something"
                        : "removed " + image.shown(Plan.PROGRAM));
    }
}
