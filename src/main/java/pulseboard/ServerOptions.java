package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of a command that asks a running Pulseboard: which one, and how it is let in. */
final class ServerOptions {

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

    /**
     * Where it is, as it was given, or where this machine's listens.
     *
     * @throws UserMistake when this machine's takes any free port
     */
    String address() {
        return address != null
                ? address
                : Settings.ofThisMachineIfReadable(config)
                        .toConfig()
                        .localAddress()
                        .orElseThrow(() -> new UserMistake(
                                "web.port is 0, any free port: say where it is, such as http://localhost:PORT"));
    }

    /** The token to show; null when there is none. */
    @Nullable
    String token() throws IOException {
        return ShownToken.read(tokenFile);
    }

    @Nullable
    Path caFile() {
        return caFile;
    }
}
