package pulseboard.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pulseboard uninstall}: removes what {@link Install} has written, and nothing else. */
@Command(
        name = "uninstall",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Stops the service and removes what \"pulseboard install\" has written.",
            "Settings, logs, state and the user stay, unless --purge is given."
        })
public final class Uninstall implements Callable<Integer> {

    @Option(names = "--purge", description = "Remove settings, logs, state and the user too.")
    private boolean purge;

    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            description = "Remove below this folder, the image of another machine, and run no commands.")
    private @Nullable Path root;

    /** Made by the command line. */
    public Uninstall() {}

    @Override
    public Integer call() throws IOException {
        Disk disk = Disk.of(root);
        if (root == null) {
            Machine.local().check("uninstall");
        }
        check(disk, purge);
        Installer installer = new Installer(disk, System.out);
        // Commands come before the program goes: the Java runtime that runs them may be a part of it.
        if (root == null) {
            stop(disk, installer, System.out);
        } else {
            installer.removeUnit();
        }
        if (purge) {
            installer.purge();
        }
        installer.removeProgram();
        if (!purge) {
            sayWhatStays(disk, System.out);
        }
        return 0;
    }

    static void check(Disk disk, boolean purge) {
        if (disk.has(Plan.OTHER_JAR)) {
            throw new Refusal("uninstall: this is the Debian package; remove it with: apt remove pulseboard");
        }
        if (!disk.has(Plan.LIST) && !(purge && disk.has(Plan.SETTINGS))) {
            throw new Refusal("uninstall: nothing is installed; \"pulseboard install\" has not been run here");
        }
    }

    private void stop(Disk disk, Installer installer, PrintStream out) throws IOException {
        if (disk.has(Plan.UNIT)) {
            Commands.require(Plan.STOP, out);
            installer.removeUnit();
            Commands.require(Plan.RELOAD, out);
        }
        if (purge && Commands.succeeds(Plan.ASK_USER)) {
            Commands.require(Plan.REMOVE_USER, out);
        }
    }

    private static void sayWhatStays(Disk disk, PrintStream out) {
        List<Path> stays = new ArrayList<>(Plan.OF_THE_USER);
        stays.addAll(Plan.KEPT_FOLDERS);
        stays.stream().filter(disk::has).forEach(path -> out.println("left " + disk.shown(path)));
        out.println("left the user " + Plan.USER
                + "; to remove these too: sudo java -jar pulseboard.jar uninstall --purge");
    }
}
