package pulseboard;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.fleet.Membership;
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
            "There, fleet.accept: true lets agents in, and this prints a code:",
            "  pulseboard fleet invite"
        },
        footer = {
            "",
            "Settings: fleet.hub, fleet.tokenFile, fleet.caFile, fleet.pin, fleet.plain, fleet.share"
                    + " and those of the host board."
        })
final class AgentCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(AgentCommand.class);
    private static final long LOOK_MILLISECONDS = 10_000;
    private static final String NEEDLESS =
            "The Pulseboard of this machine shows itself there, with its jobs and alerts: there is nothing to do for an agent";

    @Option(
            names = "--hub",
            paramLabel = "URL",
            description =
                    "The Pulseboard that is to show this machine, such as https://monitor.example/ (fleet.hub); of"
                            + " several hubs all, with commas between.")
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
            names = "--pin",
            paramLabel = "PIN",
            description = "Trust this key of the other, and no other: sha256/… (fleet.pin).")
    private @Nullable String pin;

    @Option(
            names = "--plain",
            description = "Send the token unencrypted, to an address that begins with http:// (fleet.plain).")
    private boolean isPlain;

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this YAML file.")
    private @Nullable Path file;

    @Option(
            names = "--join",
            paramLabel = "CODE",
            description = "Join first, with a code that \"pulseboard fleet invite\" prints there; needed once.")
    private @Nullable String code;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "With --join: what this machine is to be called there. Default: its host name.")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = Settings.ofThisMachineIfReadable(file).toConfig();
        LinkTarget target = target(config);
        Main.configureLogging(LogConfig.DEFAULT); // The folder is that of the program beside it, which writes there.
        LibraryLines.limit();
        if (OwnLink.isLinked(config, target)) {
            System.out.println(NEEDLESS);
            return 0;
        }
        return run(config, target);
    }

    /** What is said now is before what is in the settings, and that before what was joined. */
    private LinkTarget target(Config config) throws IOException, InterruptedException {
        LinkConfig fleet = config.fleet();
        String address = hub == null ? fleet.hub() : hub;
        Joining.Trust trust = Joining.Trust.of(caFile, pin, isPlain, fleet);
        if (code != null) {
            return join(config, address, code, trust);
        }
        String token = ShownToken.read(path(tokenFile, fleet.tokenFile()));
        if (token != null && !address.isEmpty()) {
            return Joining.target(address, token, trust);
        }
        Membership joined = Joining.find(file, config).orElse(null);
        if (joined != null && (address.isEmpty() || isOf(joined, address, trust))) {
            return Joining.target(joined, trust);
        }
        throw new UserMistake(
                address.isEmpty()
                        ? "agent: say which Pulseboard is to show this machine: --hub https://monitor.example/"
                        : "agent: there is no token; on the other machine, \"pulseboard token add web1 --scope"
                                + " publish:web1\" makes one for a machine called web1; put it into a file, and name that by --token-file");
    }

    /** Where that was done before, it is not done again: the command may be repeated. */
    private LinkTarget join(Config config, String address, String shown, Joining.Trust trust)
            throws IOException, InterruptedException {
        if (address.isEmpty()) {
            throw new UserMistake("agent: --join needs to know where: --hub https://monitor.example/");
        }
        Path place = file == null
                ? Joining.own(config)
                : Joining.places(file, config).get(0);
        Membership before = Membership.read(place).orElse(null);
        if (before != null && isOf(before, address, trust)) {
            return Joining.target(before, trust);
        }
        return Joining.target(Joining.join(address, new Joining.Shown(shown, name), trust, place), trust);
    }

    private static boolean isOf(Membership joined, String address, Joining.Trust trust) {
        return Joining.target(address, "none", trust).toString().equals(joined.hub());
    }

    private static @Nullable Path path(@Nullable Path option, String setting) {
        return option != null ? option : setting.isEmpty() ? null : Path.of(setting);
    }

    /** Goes on until it is told to end; a link that fails later is tried again for ever. */
    private static int run(Config config, LinkTarget target) throws InterruptedException {
        try {
            Vertx vertx = Running.begin(() -> {});
            vertx.setPeriodic(LOOK_MILLISECONDS, id -> endIfNeedless(vertx, config, target));
            Deployment.deployLinked(vertx, config, Deployment.BOARDS, target)
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

    /** The Pulseboard of this machine may be started later, and shows more. */
    private static void endIfNeedless(Vertx vertx, Config config, LinkTarget target) {
        vertx.executeBlocking(() -> OwnLink.isLinked(config, target))
                .onSuccess(isLinked -> {
                    if (isLinked) {
                        System.out.println(NEEDLESS);
                        new Thread(() -> System.exit(0), "end").start(); // Not on the event loop, which ends as well.
                    }
                })
                .onFailure(failure -> LOG.debug("Not looked", failure));
    }
}
