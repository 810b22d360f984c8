package pulseboard.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pulseboard install}: makes a service of the jar that runs, or puts this jar in the place of an older one. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a service of this jar: user, unit, settings and launcher; starts it, now and with the machine.",
            "Run again it upgrades. Settings that were changed stay as they are."
        })
public final class Install implements Callable<Integer> {

    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            description = "Write below this folder, the image of another machine, and run no commands.")
    private @Nullable Path root;

    /** Made by the command line. */
    public Install() {}

    @Override
    public Integer call() throws IOException {
        Release release = Release.running()
                .orElseThrow(() -> new Refusal("install: this does not run from a jar; build one with: make build"));
        Installer installer = new Installer(ImageRoot.of(root), System.out);
        if (root != null) {
            installer.write(release);
            List<List<String>> commands = new ArrayList<>(
                    Plan.USERS.keySet().stream().map(Plan::addUser).toList());
            commands.addAll(List.of(Plan.GIVE_SETTINGS, Plan.ENABLE));
            commands.forEach(command -> System.out.println("to be run there: " + Commands.text(command)));
            return 0;
        }
        Preconditions.local().check("install");
        installer.write(release);
        return start(release, System.out);
    }

    private static int start(Release release, PrintStream out) throws IOException {
        for (String user : Plan.USERS.keySet()) {
            if (!Commands.succeeds(Plan.askUser(user))) {
                Commands.require(Plan.addUser(user), out);
            }
        }
        Commands.require(Plan.GIVE_SETTINGS, out);
        if (Commands.succeeds(Plan.IS_ACTIVE)) {
            archiveClasses(release);
        }
        for (List<String> command : List.of(Plan.RELOAD, Plan.ENABLE, Plan.RESTART, Plan.RESTART_MORE)) {
            Commands.require(command, out);
        }
        Optional<String> address = StartupWait.await();
        if (address.isEmpty()) {
            StartupWait.lastComplaint().ifPresent(System.err::println);
            System.err.println(
                    "pulseboard: install: it is installed but does not run; why: journalctl -u pulseboard -n 20");
            return 1;
        }
        out.println("Pulseboard is at " + address.get());
        return 0;
    }

    private static void archiveClasses(Release release) {
        try {
            Commands.run(Plan.archiveClasses(release));
        } catch (IOException e) {
            // The unit makes it when it starts; then the pause is some seconds longer.
        }
    }
}
