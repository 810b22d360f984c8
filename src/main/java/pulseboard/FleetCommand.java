package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pulseboard.auth.AccountsFile;
import pulseboard.feed.ActionRefusal;
import pulseboard.fleet.Doorkeeper;
import pulseboard.link.KeyPin;
import pulseboard.link.LinkTarget;
import pulseboard.web.TlsConfig;

/** {@code pulseboard fleet}: the machines that this one's page shows. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = {
            FleetCommand.Invite.class,
            FleetCommand.Show.class,
            FleetCommand.Rename.class,
            FleetCommand.Move.class,
            FleetCommand.Tag.class,
            FleetCommand.Approve.class,
            FleetCommand.Refuse.class,
            FleetCommand.Remove.class
        },
        description =
                "Invites, lists, names, groups, approves, refuses and removes the machines that this one's page shows.")
final class FleetCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "fleet: invite, list, rename, move, tag, approve, refuse or remove?");
    }

    /** Where the registry is, and what is done there. */
    abstract static class OnRegistry extends AccountsCommand implements Callable<Integer> {

        @Override
        public final Integer call() throws IOException {
            Config config = config();
            Stores stores = stores();
            AccountsFile accounts = stores.accounts();
            Doorkeeper doorkeeper = new Doorkeeper(
                    stores.registry(), accounts::update, config.fleet(), Deployment.reserved(Deployment.BOARDS));
            try {
                act(doorkeeper, config);
                return 0;
            } catch (ActionRefusal refusal) {
                throw new UserMistake("fleet: " + refusal.getMessage());
            }
        }

        abstract void act(Doorkeeper doorkeeper, Config config) throws IOException;
    }

    /** {@code pulseboard fleet invite}. */
    @Command(
            name = "invite",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Makes a code with which machines join, and prints the command for them, this once.")
    static final class Invite extends OnRegistry {

        @Option(
                names = "--group",
                paramLabel = "GROUP",
                description = "The group that they are put into. Default: none.")
        private String group = "";

        @Option(names = "--uses", paramLabel = "NUMBER", description = "How many machines may use it. Default: 1.")
        private int uses = 1;

        @Option(names = "--expires", paramLabel = "HOURS", description = "How long it is good, up to 720. Default: 1.")
        private int hours = 1;

        @Option(
                names = "--address",
                paramLabel = "URL",
                description = "The address under which they reach this page. Default: one of this machine's own.")
        private @Nullable String address;

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            Doorkeeper.Invited invited = doorkeeper.invite(group, uses, hours, "the command line");
            String hub = address(config);
            System.out.println("sudo pulseboard join " + hub + " " + invited.code() + pin(config.tls())
                    + (LinkTarget.isPlain(hub) ? " --plain" : ""));
            if (!config.fleet().accept()) {
                System.err.println("pulseboard: no machine is let in yet: set fleet.accept: true and restart");
            }
        }

        private String address(Config config) {
            if (address != null) {
                return address;
            }
            String host = OwnAddresses.of(config.web().host()).get(0);
            return (config.tls().isOn() ? "https://" : "http://") + host + ":"
                    + config.web().port() + "/";
        }

        private static String pin(TlsConfig tls) throws IOException {
            return tls.isOn()
                    ? Doorkeeper.pinOf(Path.of(tls.certificateFile()))
                            .map(KeyPin::text)
                            .map(pin -> " --pin " + pin)
                            .orElse("")
                    : "";
        }
    }

    /** {@code pulseboard fleet list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Lists id, name, group, version, when it was last heard of, and whether it is let in, of each.")
    static final class Show extends OnRegistry {

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ID", "NAME", "GROUP", "VERSION", "LAST HEARD OF", "LET IN"));
            doorkeeper
                    .list()
                    .forEach(each -> rows.add(List.of(
                            each.id(),
                            each.name(),
                            each.group().isEmpty() ? "-" : each.group(),
                            each.version().isEmpty() ? "-" : each.version(),
                            each.heardAt() == 0 ? "never" : ago(each.heardAt()),
                            each.word())));
            rows.forEach(row -> System.out.println(line(row, rows)));
        }

        /** Each column is as wide as its longest text, and two blanks apart from the next. */
        private static String line(List<String> row, List<List<String>> all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = all.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                String text = row.get(column);
                line.append(text).append(" ".repeat(width - text.length() + 2));
            }
            return line.toString().stripTrailing();
        }

        private static String ago(long at) {
            Instant heard = Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS);
            boolean isLately = Duration.between(heard, Instant.now()).toMinutes() < 2;
            return isLately ? "within the last 2 minutes" : heard.toString();
        }
    }

    /** Something done to one machine. */
    abstract static class OnMachine extends OnRegistry {

        @Parameters(index = "0", paramLabel = "ID", description = "As \"pulseboard fleet list\" shows it.")
        String id = "";
    }

    /** {@code pulseboard fleet rename}. */
    @Command(
            name = "rename",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Calls a machine otherwise; its id, and with it its addresses, stay.")
    static final class Rename extends OnMachine {

        @Parameters(index = "1", paramLabel = "NAME", description = "What people call it.")
        private String name = "";

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            doorkeeper.rename(id, name);
        }
    }

    /** {@code pulseboard fleet move}. */
    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Puts a machine into a group; '' is none.")
    static final class Move extends OnMachine {

        @Parameters(index = "1", paramLabel = "GROUP", description = "The group.")
        private String group = "";

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            doorkeeper.move(id, group);
        }
    }

    /** {@code pulseboard fleet tag}. */
    @Command(
            name = "tag",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Gives a machine these tags instead of those that it had, such as role=db.")
    static final class Tag extends OnMachine {

        @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "The tags.")
        private Map<String, String> tags = new TreeMap<>();

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            doorkeeper.tag(id, tags);
        }
    }

    /** {@code pulseboard fleet approve}. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lets a machine in that waits, or was shut out.")
    static final class Approve extends OnMachine {

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            doorkeeper.let(id, true);
        }
    }

    /** {@code pulseboard fleet refuse}. */
    @Command(
            name = "refuse",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Shuts a machine out within 2 seconds, until it is approved.")
    static final class Refuse extends OnMachine {

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            doorkeeper.let(id, false);
        }
    }

    /** {@code pulseboard fleet remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Removes a machine with its token, within 2 seconds.")
    static final class Remove extends OnMachine {

        @Override
        void act(Doorkeeper doorkeeper, Config config) throws IOException {
            doorkeeper.remove(id);
        }
    }
}
