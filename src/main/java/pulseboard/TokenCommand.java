package pulseboard;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pulseboard.auth.Accounts;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.Identity;
import pulseboard.auth.NewToken;
import pulseboard.auth.Token;

/** {@code pulseboard token}: what programs and wall displays show instead of a password. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = {TokenCommand.Add.class, TokenCommand.Revoke.class, TokenCommand.Show.class},
        description = "Makes, revokes and lists tokens, for programs and for displays on a wall.")
final class TokenCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "token: add, revoke or list?");
    }

    /** {@code pulseboard token add}. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Makes a token and prints it, this once. It goes into a header, \"Authorization: Bearer TOKEN\", or"
                            + " behind the address of the page: http://…/#token=TOKEN.")
    static final class Add extends AccountsCommand implements Callable<Integer> {

        @Parameters(paramLabel = "LABEL", description = "Its name, such as wall-display.")
        private String label = "";

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                description =
                        "What it allows: read:*, read:board.host, read:machine.NAME and read:group.GROUP for other machines, act: alike; may be"
                                + " repeated."
                                + " publish:NAME alone is for \"pulseboard agent\" on the machine NAME. Default: read:*.")
        private List<String> scopes = List.of("read:*");

        @Option(names = "--expires", paramLabel = "DAYS", description = "Days until it ends. Default: never.")
        private @Nullable Integer days;

        @Override
        public Integer call() throws IOException {
            check();
            long life = days == null ? Long.MAX_VALUE : TimeUnit.DAYS.toMillis(days);
            AccountsFile file = file();
            NewToken token = NewToken.of(label, null, Set.copyOf(scopes), life);
            file.update(token::addTo);
            System.out.println(token.secret()); // And nothing else: this goes into files and variables.
            return 0;
        }

        private void check() {
            if (!NewToken.isLabel(label)) {
                throw new UserMistake("a label has letters, digits and . _ - @, and is not \"session\": not " + label);
            }
            for (String scope : scopes) {
                if (!Identity.isScope(scope)) {
                    throw new UserMistake("--scope must be read:* or act:*, or name one board as in read:board.host,"
                            + " or one machine as in publish:web1, not " + scope);
                }
                if (Deployment.reserved(Deployment.BOARDS).contains(scope.replaceFirst("^publish:", ""))) {
                    throw new UserMistake(
                            "--scope " + scope + ": that is the name of a board, and no machine can have it");
                }
            }
            if (!Identity.areScopes(scopes)) {
                throw new UserMistake("--scope publish:NAME stands alone: such a token reads nothing");
            }
            if (days != null && (days < 1 || days > NewToken.MOST_DAYS)) {
                throw new UserMistake("--expires must be from 1 to " + NewToken.MOST_DAYS + " days, not " + days);
            }
        }
    }

    /** {@code pulseboard token revoke}. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Ends a token or a browser's session; what is connected with it is cut within 2 seconds.")
    static final class Revoke extends AccountsCommand implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "The id or the label that \"pulseboard token list\" shows.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            AccountsFile file = file();
            List<String> ids = file.read().tokens().entrySet().stream()
                    .filter(entry -> entry.getKey().equals(id)
                            || entry.getValue().label().equals(id))
                    .map(Map.Entry::getKey)
                    .toList();
            if (ids.isEmpty()) {
                throw new UserMistake("there is no token " + id + "; \"pulseboard token list\" shows them");
            }
            file.update(accounts -> {
                Accounts left = accounts;
                for (String each : ids) {
                    left = left.withoutToken(each);
                }
                return left;
            });
            System.out.println("revoked " + String.join(", ", ids));
            return 0;
        }
    }

    /** {@code pulseboard token list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists id, label, user, scopes and end of each token.")
    static final class Show extends AccountsCommand implements Callable<Integer> {

        @Override
        public Integer call() throws IOException {
            file().read().tokens().forEach((id, token) -> System.out.println(line(id, token)));
            return 0;
        }

        private static String line(String id, Token token) {
            String end = token.expiresAt() == Long.MAX_VALUE
                    ? "never"
                    : Instant.ofEpochMilli(token.expiresAt())
                            .truncatedTo(ChronoUnit.MINUTES)
                            .toString();
            return String.join(
                    "\t",
                    id,
                    token.label(),
                    token.user() == null ? "-" : token.user(),
                    token.scopes().isEmpty() ? "-" : String.join(",", token.scopes()),
                    end);
        }
    }
}
