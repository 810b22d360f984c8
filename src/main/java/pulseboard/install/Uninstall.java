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
        ImageRoot image = ImageRoot.of(root);
        if (root == null) {
            Preconditions.local().check("uninstall");
        }
        check(image, purge);
        Installer installer = new Installer(image, System.out);
        // Commands come before the program goes: the Java runtime that runs them may be a part of it.
        if (root == null) {
            stop(installer, System.out);
        } else {
            installer.removeUnits();
        }
        if (purge) {
            installer.purge();
        }
        installer.removeProgram();
        if (!purge) {
            sayWhatStays(image, System.out);
        }
        return 0;
    }

    static void check(ImageRoot image, boolean purge) {
        if (image.has(Plan.OTHER_JAR)) {
            throw new Refusal("uninstall: this is the Debian package; remove it with: apt remove pulseboard");
        }
        if (!image.has(Plan.LIST) && !(purge && image.has(Plan.SETTINGS))) {
            throw new Refusal("uninstall: nothing is installed; \"pulseboard install\" has not been run here");
        }
    }

    private void stop(Installer installer, PrintStream out) throws IOException {
        List<Path> units = installer.units();
        if (!units.isEmpty()) {
            Commands.require(Plan.stop(units), out);
            installer.removeUnits();
            Commands.require(Plan.RELOAD, out);
        }
        for (String user : Plan.USERS.keySet()) {
            if (purge && Commands.succeeds(Plan.askUser(user))) {
                Commands.require(Plan.removeUser(user), out);
            }
        }
    }

    private static void sayWhatStays(ImageRoot image, PrintStream out) {
        List<Path> stays = new ArrayList<>(Plan.OF_THE_USER);
        stays.addAll(Plan.KEPT_FOLDERS);
        stays.stream().filter(image::has).forEach(path -> out.println("left " + image.shown(path)));
        out.println("left the users " + String.join(", ", Plan.USERS.keySet())
                + "; to remove these too: sudo java -jar pulseboard.jar uninstall --purge");
    }
}
