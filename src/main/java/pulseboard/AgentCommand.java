package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.link.LinkConfig;
import pulseboard.link.LinkTarget;
import pulseboard.link.LinkVerticle;

/** {@code pulseboard agent}: this machine, shown by another's Pulseboard. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Samples this machine and shows it on another's Pulseboard. Has no page and no history, opens no port, and does"
                    + " nothing that it is told.",
            "",
            "There, fleet.accept: true lets agents in, and this makes the token for a machine that is to be called web1:",
            "  pulseboard token add web1 --scope publish:web1"
        },
        footer = {"", "Settings: fleet.hub, fleet.tokenFile, fleet.caFile, fleet.plain and those of the host board."})
final class AgentCommand implements Callable<Integer> {

    @Option(
            names = "--hub",
            paramLabel = "URL",
            description = "The Pulseboard that is to show this machine, such as https://monitor.example/ (fleet.hub).")
    private @Nullable String hub;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Read the token from this file (fleet.tokenFile). Without it, from the variable "
                    + ShownToken.VARIABLE + ".")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "Trust the certificates (PEM) in this file, instead of those that Java trusts (fleet.caFile).")
    private @Nullable Path caFile;

    @Option(
            names = "--plain",
            description = "Send the token unencrypted, to an address that begins with http:// (fleet.plain).")
    private boolean isPlain;

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this YAML file.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = Settings.ofThisMachineIfReadable(file).toConfig();
        LinkTarget target = target(config.fleet());
        Main.configureLogging(LogConfig.DEFAULT); // The folder is that of the program beside it, which writes there.
        LibraryLines.limit();
        return run(config, target);
    }

    private LinkTarget target(LinkConfig fleet) throws IOException {
        String address = hub == null ? fleet.hub() : hub;
        if (address.isEmpty()) {
            throw new UserMistake(
                    "agent: say which Pulseboard is to show this machine: --hub https://monitor.example/");
        }
        String token = ShownToken.read(path(tokenFile, fleet.tokenFile()));
        if (token == null) {
            throw new UserMistake(
                    "agent: there is no token; on the other machine, \"pulseboard token add web1 --scope"
                            + " publish:web1\" makes one for a machine called web1; put it into a file, and name that by --token-file");
        }
        try {
            return LinkTarget.of(address, token, path(caFile, fleet.caFile()), isPlain || fleet.plain());
        } catch (IllegalArgumentException e) {
            throw new UserMistake("agent: " + e.getMessage());
        }
    }

    private static @Nullable Path path(@Nullable Path option, String setting) {
        return option != null ? option : setting.isEmpty() ? null : Path.of(setting);
    }

    /** Goes on until it is told to end; a link that fails later is tried again for ever. */
    private static int run(Config config, LinkTarget target) throws InterruptedException {
        try {
            Deployment.deployLinked(Running.begin(() -> {}), config, Deployment.BOARDS, target)
                    .compose(LinkVerticle::welcomed)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            return -1;
        } catch (ExecutionException e) {
            throw new StartFailure(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        }
    }
}
