package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import pulseboard.fleet.HubClient;
import pulseboard.fleet.Membership;
import pulseboard.install.AgentUnit;

/** {@code pulseboard join}: this machine is shown on another's page from now on. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Has this machine shown on another's Pulseboard, with a code that its page (\"Add machines\") or \"pulseboard fleet"
                    + " invite\" prints there, and starts the service that does it.",
            "Without a service, \"pulseboard agent\" does it from then on."
        })
final class JoinCommand implements Callable<Integer> {

    private static final int PATIENCE_SECONDS = 30;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description =
                    "The other's page, such as https://monitor.example/; of several hubs all, with commas between.")
    private String hub = "";

    @Parameters(index = "1", paramLabel = "CODE", description = "The code, such as K7QD-9M2X-P4TR.")
    private String code = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What it is to be called there. Default: its host name.")
    private @Nullable String name;

    @Option(
            names = "--pin",
            paramLabel = "PIN",
            description = "Trust this key of the other, and no other: sha256/… (fleet.pin).")
    private @Nullable String pin;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "Trust the certificates (PEM) in this file, instead of those that Java trusts (fleet.caFile).")
    private @Nullable Path caFile;

    @Option(
            names = "--plain",
            description = "Send code and token unencrypted, to an address that begins with http:// (fleet.plain).")
    private boolean isPlain;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Keep what was joined beside this settings file, in hub.json, and start nothing.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = Settings.ofThisMachineIfReadable(file).toConfig();
        Joining.Trust trust = Joining.Trust.of(caFile, pin, isPlain, config.fleet());
        Path kept = Joining.place(file, config);
        Membership joined = Joining.join(hub, new Joining.Shown(code, name), trust, kept);
        System.out.println("Joined " + joined + "; kept in " + kept);
        if (file != null || !AgentUnit.isThere()) {
            String with = file == null ? "" : " --config " + file;
            System.out.println("Now run: pulseboard agent" + with);
            if (file != null) {
                System.out.println("A Pulseboard that was started with that file shows itself, and needs no agent");
            }
            return 0;
        }
        if (AgentUnit.isNeeded()) {
            AgentUnit.start(System.out);
        }
        return await(trust.client(joined.address()), joined);
    }

    private static int await(HubClient client, Membership joined) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String state = "unknown";
        while (System.nanoTime() < end) {
            state = client.state(joined.token());
            if (state.equals("live")) {
                System.out.println(
                        joined.id() + " is live at " + joined.address() + "#/boards/" + joined.id() + "/host");
                return 0;
            }
            if (state.equals("refused")) {
                System.out.println(joined.id() + " waits there for an administrator to approve it");
                return 0;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new StartFailure("join: joined, and after " + PATIENCE_SECONDS + " s it is " + state
                + " there; \"journalctl -u pulseboard -u pulseboard-agent\" says why");
    }
}
