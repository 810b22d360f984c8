package pulseboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import pulseboard.auth.Accounts;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.User;

/** What the subcommands of users and tokens have in common: where they are kept. */
abstract class AccountsCommand {

    /** What the unit gives it; settings from before there were users name no folder. */
    private static final Map<String, String> VARIABLES_OF_THE_SERVICE =
            Map.of("STATE_DIRECTORY", "/var/lib/pulseboard");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read from this YAML file where users and tokens are kept (auth.folder). Without it, from the"
                    + " settings of the service, if there are any.")
    private @Nullable Path config;

    /** Where the settings, the environment and the defaults say, like the program itself. */
    AccountsFile file() {
        return stores().accounts();
    }

    /** Somebody waits for the answer. */
    private static final int PATIENCE_SECONDS = 5;

    /** What is kept there; its connections end with this program. */
    Stores stores() {
        return Stores.of(config(), folder(), PATIENCE_SECONDS);
    }

    /** The settings of the file, the environment and the defaults, like the program itself. */
    Config config() {
        return Settings.ofThisMachine(config).toConfig();
    }

    /** Where the program keeps what it knows. */
    Path folder() {
        boolean isOfTheService = config == null && Files.exists(Settings.OF_THE_SERVICE);
        return config().auth().folderIn(isOfTheService ? VARIABLES_OF_THE_SERVICE : System.getenv());
    }

    static User requireUser(Accounts accounts, String name) {
        User user = accounts.users().get(name);
        if (user == null) {
            throw new UserMistake("there is no user " + name
                    + (accounts.users().isEmpty()
                            ? ", nor any other"
                            : "; there " + (accounts.names().size() == 1 ? "is " : "are ")
                                    + String.join(", ", accounts.names())));
        }
        return user;
    }
}
