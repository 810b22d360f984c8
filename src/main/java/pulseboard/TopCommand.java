package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import pulseboard.top.Top;
import pulseboard.top.TopOptions;

/** {@code pulseboard top}: a Pulseboard in the terminal. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Shows a running Pulseboard in this terminal, live: this machine's, or the one at URL.",
            "Where there is no terminal, or one that can only print, it prints one line after the other."
        },
        footer = {"", "Keys: q or Ctrl-C quits, p sorts processes by CPU or memory.", "NO_COLOR=1 shows no colours."})
final class TopCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description =
                    "Where it is, such as https://monitor.example/. Without it, this machine's, by the settings of the"
                            + " service, the environment or the defaults.")
    private @Nullable String address;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Read the token to show from this file. Without it, from the variable " + ShownToken.VARIABLE + ".")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Trust the certificates (PEM) in this file, instead of those that Java trusts.")
    private @Nullable Path caFile;

    @Option(names = "--config", paramLabel = "FILE", description = "Read from this YAML file where this machine's is.")
    private @Nullable Path config;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description = "Show this machine, which is linked there by \"pulseboard agent\".")
    private String machine = "";

    @Option(names = "--once", description = "Print one line and end; 1 is the exit code if there is nothing to tell.")
    private boolean isOnce;

    @Option(names = "--json", description = "Print the host board as JSON, one line each.")
    private boolean isJson;

    @Option(names = "--lines", description = "Print lines, also where there is a terminal.")
    private boolean isPlain;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two lines, 1 to 3600. Default: 1.")
    private int intervalSeconds = 1;

    @Override
    public Integer call() throws IOException {
        // Logging takes a third of the start, and lines of it would be written across the screen.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        if (intervalSeconds < 1 || intervalSeconds > 3600) {
            throw new UserMistake("--interval must be from 1 to 3600, not " + intervalSeconds);
        }
        String whole = address == null ? local() : address;
        try {
            return Top.run(
                    new TopOptions(
                            whole,
                            ShownToken.read(tokenFile),
                            machine,
                            caFile,
                            isOnce,
                            isJson,
                            isPlain,
                            intervalSeconds),
                    System.err);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(whole + ": " + e.getMessage());
        }
    }

    /** Where this machine's listens. */
    private String local() {
        Config settings = Settings.ofThisMachineIfReadable(config).toConfig();
        return settings.localAddress()
                .orElseThrow(() -> new UserMistake(
                        "web.port is 0, any free port: say where it is, as in pulseboard top http://localhost:PORT"));
    }
}
