package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.fleet.Membership;
import pulseboard.install.AgentUnit;
import pulseboard.link.KeyPin;

/** {@code pulseboard leave}: the opposite of {@code join}. */
@Command(
        name = "leave",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Has this machine removed from the page that it joined, stops the service, and forgets the token.")
final class LeaveCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Leave what was joined beside this settings file, in hub.json, and stop nothing.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = Settings.ofThisMachineIfReadable(file).toConfig();
        for (Path place : Joining.places(file, config)) {
            Membership joined = Membership.read(place).orElse(null);
            if (joined != null) {
                leave(joined, place, config);
                return 0;
            }
        }
        throw new UserMistake(
                "leave: this machine has joined nothing; a token that was made by hand is revoked on the other");
    }

    /** The file goes also where the other is not there any more: else this machine could never leave. */
    private void leave(Membership joined, Path place, Config config) throws IOException, InterruptedException {
        if (file == null && AgentUnit.isThere()) {
            AgentUnit.stop(System.out);
        }
        try {
            KeyPin pin = joined.pin().isEmpty() ? null : new KeyPin(joined.pin());
            Path caFile = config.fleet().caFile().isEmpty()
                    ? null
                    : Path.of(config.fleet().caFile());
            new Joining.Trust(caFile, pin, joined.isPlain())
                    .client(joined.address())
                    .leave(joined.token());
            System.out.println("Left " + joined);
        } catch (IOException e) {
            System.out.println("The other still lists it: " + e.getMessage() + "; there, \"pulseboard fleet remove "
                    + joined.id() + "\" removes it");
        }
        Files.delete(place);
    }
}
