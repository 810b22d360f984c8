package pulseboard;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import pulseboard.auth.Access;
import pulseboard.engine.Starter;
import pulseboard.install.Refusal;

/**
 * The command line. Exit code 0 after a clean end, 1 when the program cannot start, 2 for wrong arguments or settings; both
 * with one line on standard error that says what to mend.
 */
@Command(
        name = "pulseboard",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Shows this machine live in every browser that looks: samples once, pushes only what changed.",
        footer = {
            "",
            "Settings come from the file, then from environment variables (web.port is PULSEBOARD_WEB_PORT),",
            "then from these options; the later wins. --print-config lists them all."
        })
public final class Main implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this YAML file.")
    private @Nullable Path file;

    @Option(names = "--print-config", description = "Print all settings and where each comes from, then exit.")
    private boolean printConfig;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Listen on this address (web.host).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listen on this port; 0 takes any free one (web.port).")
    private @Nullable String port;

    @Option(
            names = "--no-auth",
            description =
                    "Ask nobody to sign in: whoever can reach the port sees everything. There is no setting for this.")
    private boolean noAuth;

    static {
        // Before Vert.x is loaded. Its own resolver reads /etc/hosts and /etc/resolv.conf at the start and never again,
        // and where the
        // latter is empty by then, it asks somebody else's servers for good.
        System.setProperty("vertx.disableDnsResolver", "true");
    }

    private final List<Board<?>> boards;

    private Main(List<Board<?>> boards) {
        this.boards = boards;
    }

    /** Runs the program; returns only when it ends at once. */
    public static void main(String[] arguments) {
        run(arguments, Deployment.BOARDS);
    }

    /** The same with these boards. */
    static void run(String[] arguments, List<Board<?>> boards) {
        Starter.endWithIt();
        int code = commandLine(boards, arguments)
                .setParameterExceptionHandler((mistake, given) -> complain(
                        Arguments.mistake(mistake) + "; see --help",
                        mistake.getCommandLine().getCommandSpec().exitCodeOnInvalidInput()))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof UserMistake || failure instanceof Refusal) {
                        return complain(failure.getMessage(), 2);
                    }
                    if (failure instanceof StartFailure) {
                        return complain(failure.getMessage(), 1);
                    }
                    if (failure instanceof IOException trouble) {
                        return complain(command.getCommandName() + ": " + FileTrouble.text(trouble), 1);
                    }
                    return complain("cannot start: " + failure, 1);
                })
                .setExecutionStrategy(Main::execute)
                .execute(arguments);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /** Options of the program are none of its subcommands; to take them silently would promise that they last. */
    private static int execute(ParseResult given) {
        if (given.hasSubcommand()) {
            for (OptionSpec option : given.matchedOptions()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    String subcommand = given.subcommand().commandSpec().name();
                    throw new ParameterException(
                            given.commandSpec().commandLine(),
                            option.longestName() + " is not for " + subcommand
                                    + ": settings of the service are in /etc/pulseboard/pulseboard.yaml");
                }
            }
        }
        return new CommandLine.RunLast().execute(given);
    }

    /** With all subcommands. */
    static CommandLine commandLine(List<Board<?>> boards) {
        return Subcommands.addTo(new CommandLine(new Main(boards)), Subcommands.all(boards));
    }

    /** With the subcommands alone that these arguments need. */
    static CommandLine commandLine(List<Board<?>> boards, String[] arguments) {
        return Subcommands.addTo(
                new CommandLine(new Main(boards)),
                Subcommands.neededFor(new CommandLine(new Main(boards)), arguments, boards));
    }

    private static int complain(@Nullable String message, int code) {
        System.err.println("pulseboard: " + message);
        return code;
    }

    /** Returns -1 when the program is up and goes on. */
    @Override
    public Integer call() throws Exception {
        Settings settings = new Settings(boards);
        if (file != null) {
            Path beside = file.toAbsolutePath().resolveSibling("alerts.d");
            settings.set("alerts.folder", beside.toString(), "beside " + file);
            SettingsFile.apply(file, settings);
        }
        settings.applyEnvironment(System.getenv());
        setFlag(settings, "web.host", host, "--host");
        setFlag(settings, "web.port", port, "--port");
        Config config = settings.toConfig();
        if (printConfig) {
            System.out.print(settings.print());
            return 0;
        }
        requireFiles(config);
        try {
            configureLogging(config.log());
            LibraryLines.limit();
            warnOfOpenFiles(settings);
            Stores stores = Stores.of(config, config.auth().folderIn(System.getenv()), Stores.PATIENCE_SECONDS);
            return start(config, AccessSetup.of(config, noAuth, System.out, stores), stores, System.out);
        } catch (StartFailure failure) {
            return complain(failure.getMessage(), 1);
        }
    }

    private void warnOfOpenFiles(Settings settings) {
        Logger log = LoggerFactory.getLogger(Main.class);
        SecretFiles.warnings(settings, file, SecretFiles.VARIABLES).forEach(log::warn);
    }

    /** Not for {@code --print-config}, which may be asked for on another machine. */
    private static void requireFiles(Config config) {
        try {
            config.tls().requireFiles();
            config.oidc().requireFiles();
            config.remoteWrite().requireFiles();
            config.nats().requireFiles();
        } catch (IllegalArgumentException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }

    private static void setFlag(Settings settings, String key, @Nullable String value, String flag) {
        if (value != null) {
            settings.set(key, value, flag);
        }
    }

    /** To be called before the first logger is made. A configuration that the user names always wins. */
    static void configureLogging(LogConfig config) {
        if (!config.folder().isEmpty()) {
            Path folder = Path.of(config.folder()).toAbsolutePath();
            if (!isWritable(folder)) {
                throw new UserMistake("log.folder: cannot write to " + folder + "; make it writable for this user, "
                        + "name another folder, or leave it empty to log to the console" + whenAService(folder));
            }
            System.setProperty("pulseboard.log.folder", folder.toString());
            if (System.getProperty(ConsoleLogging.FILE_PROPERTY) == null) {
                System.setProperty(ConsoleLogging.FILE_PROPERTY, "logback.xml");
            }
        }
    }

    /** The unit closes all folders but its own, whatever their rights; systemd sets the variable. */
    private static String whenAService(Path folder) {
        return System.getenv("INVOCATION_ID") == null
                ? ""
                : "; a service is allowed to with \"systemctl edit pulseboard\", below [Service]: ReadWritePaths="
                        + folder;
    }

    /** Whether this user may write there. A disk that is full is another matter, and passes. */
    private static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (NoSuchFileException e) {
            // Below /proc and the like nobody can make anything, whatever the rights.
            return false;
        } catch (IOException e) {
            // By rights or for want of room? What is there already tells.
        }
        Path nearest = folder;
        while (nearest.getParent() != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        return Files.isDirectory(nearest) && Files.isWritable(nearest);
    }

    private int start(Config config, Access access, Stores stores, PrintStream out) throws InterruptedException {
        Optional<Worker> worker = Worker.of(config, boards, access, file);
        Vertx vertx = Running.begin(() -> worker.ifPresent(Worker::stop));
        try {
            int port = Deployment.deploy(vertx, new Start(config, access, stores), boards)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            worker.ifPresent(each -> each.start(config.localAddress(port)));
            if (file != null) {
                vertx.deployVerticle(new OwnLink(config, file, OwnAddresses.page(config, port)))
                        .onFailure(
                                failure -> LoggerFactory.getLogger(Main.class).warn("No link to a hub", failure));
            }
            String scheme = config.tls().isOn() ? "https://" : "http://";
            String said = "Pulseboard " + Version.text() + " is at ";
            for (String host : OwnAddresses.of(config.web().host())) {
                out.println(said + scheme + host + ":" + port + "/");
                said = "and at ";
            }
            return -1;
        } catch (ExecutionException failure) {
            throw new StartFailure(explain(failure.getCause(), config));
        }
    }

    /** What is wrong when nothing can listen there. */
    static String explain(@Nullable Throwable failure, Config config) {
        String where = config.web().host() + ":" + config.web().port();
        if (failure instanceof BindException
                && String.valueOf(failure.getMessage()).contains("in use")) {
            return "web.port: " + where + " is in use; stop the program that has it, or choose another with --port";
        }
        if (failure instanceof BindException) {
            return "web.host: cannot listen on " + where + ": " + failure.getMessage()
                    + "; name an address of this machine with --host, and a port above 1023 unless you are root";
        }
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return "web.host: there is no address for " + config.web().host()
                    + "; name one of this machine with --host";
        }
        return "cannot start: " + failure;
    }
}
