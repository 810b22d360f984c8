package pulseboard;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pulseboard.auth.Access;
import pulseboard.auth.Accounts;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.Identity;
import pulseboard.auth.Passwords;
import pulseboard.auth.Role;
import pulseboard.auth.User;

/** {@code pulseboard user}: who may sign in with a password. A running Pulseboard sees each change within a second or two. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = {UserCommand.Add.class, UserCommand.Change.class, UserCommand.Remove.class, UserCommand.Show.class
        },
        description = "Adds, changes, removes and lists those who may sign in with a password.")
final class UserCommand implements Runnable {

    private static final String GROUPS =
            "Only the machines of this group, and nothing of the hub itself; may be given several times.";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "user: add, passwd, remove or list?");
    }

    private abstract static class WithPassword extends AccountsCommand {

        @Option(names = "--generate", description = "Make a random password and print it.")
        private boolean generate;

        @Option(names = "--password-stdin", description = "Take the first line of standard input as the password.")
        private boolean fromInput;

        private String generated = "";

        /** Asked for, made up or piped in; never an argument, which all users of a machine can see. */
        @SuppressWarnings("SystemConsoleNull") // From Java 22 on there is always one, and it says itself what it lacks.
        String password() throws IOException {
            if (generate) {
                generated = Passwords.random();
                return generated;
            }
            Console console = System.console();
            if (!fromInput && console == null) {
                throw new UserMistake(
                        "there is no terminal to ask for a password on; use --password-stdin or --generate");
            }
            String password = fromInput || console == null ? piped() : typed(console);
            String mistake = Passwords.mistake(password);
            if (mistake != null) {
                throw new UserMistake(mistake);
            }
            return password;
        }

        /** To be told only when it is one: nobody shall note a password that was never kept. */
        void tellPassword(String name) {
            if (!generated.isEmpty()) {
                System.out.println("password of " + name + ": " + generated);
            }
        }

        private static String piped() throws IOException {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        }

        private static String typed(Console console) {
            char[] first = console.readPassword("password: ");
            char[] second = console.readPassword("once more: ");
            if (first == null || !Arrays.equals(first, second)) {
                throw new UserMistake("the two are not the same; nothing was changed");
            }
            return new String(first);
        }
    }

    /** {@code pulseboard user add}. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Adds a user. The password is asked for.")
    static final class Add extends WithPassword implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "Letters, digits, dot, dash, underscore and @.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description =
                        "viewer sees boards; operator may act, too; admin sees everybody's tokens, too. Default: viewer.")
        private String role = "viewer";

        @Option(names = "--group", paramLabel = "GROUP", description = GROUPS)
        private Set<String> groups = Set.of();

        @Override
        public Integer call() throws IOException {
            if (!Accounts.isName(name)) {
                throw new UserMistake(
                        "a name has letters, digits and . _ - @, and begins with a letter or digit: not " + name);
            }
            AccountsFile file = file();
            requireNew(file.read(), name);
            Role given = role(role);
            requireGroups(groups, given);
            User user = new User(given, Passwords.hash(password()), System.currentTimeMillis(), groups);
            file.update(accounts -> {
                requireNew(accounts, name);
                return accounts.with(name, user);
            });
            tellPassword(name);
            System.out.println("user " + name + ", " + role + of(groups) + ", in " + file.place());
            return 0;
        }

        private static void requireNew(Accounts accounts, String name) {
            if (accounts.users().containsKey(name)) {
                throw new UserMistake("there is a user " + name + " already; \"pulseboard user passwd " + name
                        + "\" changes the password");
            }
        }
    }

    /** {@code pulseboard user passwd}. */
    @Command(
            name = "passwd",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Changes password, role or groups of a user, and signs the user out everywhere.")
    static final class Change extends WithPassword implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "The user.")
        private String name = "";

        @Option(names = "--role", paramLabel = "ROLE", description = "Change the role to this, and leave the password.")
        private @Nullable String role;

        @Option(names = "--group", paramLabel = "GROUP", description = GROUPS + " '' alone: all again.")
        private @Nullable Set<String> groups;

        @Override
        public Integer call() throws IOException {
            AccountsFile file = file();
            requireUser(file.read(), name);
            Role newRole = role == null ? null : role(role);
            String newHash = role == null && groups == null ? Passwords.hash(password()) : null;
            file.update(accounts -> {
                User changed = requireUser(accounts, name).with(newRole, newHash);
                User grouped = groups == null ? changed : changed.in(groups.equals(Set.of("")) ? Set.of() : groups);
                requireGroups(grouped.groups(), grouped.role());
                return accounts.with(name, grouped);
            });
            if (newHash != null && name.equals(Access.ADMIN)) {
                file.forgetInitialPassword();
            }
            tellPassword(name);
            System.out.println("changed; " + name + " has to sign in again");
            return 0;
        }
    }

    /** {@code pulseboard user remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Removes a user and the user's tokens, and closes the user's connections.")
    static final class Remove extends AccountsCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "The user.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            AccountsFile file = file();
            requireUser(file.read(), name);
            file.update(accounts -> accounts.without(name));
            System.out.println("removed " + name);
            return 0;
        }
    }

    /** {@code pulseboard user list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists users and their roles.")
    static final class Show extends AccountsCommand implements Callable<Integer> {

        @Override
        public Integer call() throws IOException {
            Accounts accounts = file().read();
            for (String name : accounts.names()) {
                User user = accounts.users().get(name);
                System.out.println(
                        name + "\t" + (user == null ? "" : user.role().text() + of(user.groups())));
            }
            return 0;
        }
    }

    /** Nothing for somebody who may see all. */
    private static String of(Set<String> groups) {
        return groups.isEmpty() ? "" : " of the machines in " + String.join(", ", new TreeSet<>(groups));
    }

    private static void requireGroups(Set<String> groups, Role role) {
        for (String group : groups) {
            if (!Identity.isScope("read:group." + group)) {
                throw new UserMistake("--group must be that of some machines, without commas, not \"" + group + "\"");
            }
        }
        if (!groups.isEmpty() && role == Role.ADMIN) {
            throw new UserMistake("--group: an admin sees all machines; give the role viewer or operator");
        }
    }

    private static Role role(String text) {
        return Role.of(text)
                .orElseThrow(() ->
                        new UserMistake("--role must be one of " + String.join(", ", Role.texts()) + ", not " + text));
    }
}
