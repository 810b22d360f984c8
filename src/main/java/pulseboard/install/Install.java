package pulseboard.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
        if (root != null) {
            new Installer(new Disk(root), System.out).write(release);
            for (List<String> command : List.of(Plan.ADD_USER, Plan.ENABLE)) {
                System.out.println("to be run there: " + String.join(" ", command));
            }
            return 0;
        }
        Machine.local().check("install");
        new Installer(new Disk(Path.of("/")), System.out).write(release);
        return start(System.out);
    }

    private static int start(PrintStream out) throws IOException {
        if (!Commands.succeeds(Plan.ASK_USER)) {
            Commands.require(Plan.ADD_USER, out);
        }
        for (List<String> command : List.of(Plan.RELOAD, Plan.ENABLE, Plan.RESTART)) {
            Commands.require(command, out);
        }
        Optional<String> address = Arrival.await();
        if (address.isEmpty()) {
            System.err.println(
                    "pulseboard: install: it is installed but does not run; why: journalctl -u pulseboard -n 20");
            return 1;
        }
        out.println("Pulseboard is at " + address.get());
        return 0;
    }
}
