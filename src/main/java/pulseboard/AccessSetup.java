package pulseboard;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;

/** Decides at the start who is let in: what other machines can reach asks for a password, and from the first start there is one. */
final class AccessSetup {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSetup.class);

    private AccessSetup() {}

    /**
     * Reads users and tokens, and makes the first user where one is needed.
     *
     * @throws StartFailure when users and tokens cannot be read, or not be kept
     */
    static Access of(Config config, boolean isOpen, PrintStream out, Stores stores) {
        if (isOpen) {
            LOG.warn(
                    "--no-auth: nobody has to sign in; whoever can reach {}:{} sees everything",
                    config.web().host(),
                    config.web().port());
            return Access.open();
        }
        AccountsFile file = stores.accounts();
        Access access = new Access(config.auth(), config.oidc(), file, System::currentTimeMillis);
        try {
            access.load();
            if (!isLoopback(config.web().host())) {
                if (!access.hasUsers()) {
                    requireFreePort(config);
                }
                access.makeFirstUser().ifPresent(password -> out.println(firstUser(password, file.initialPassword())));
            }
            return access;
        } catch (IOException e) {
            throw new StartFailure("auth.folder: " + e.getMessage());
        }
    }

    private static String firstUser(String password, Path file) {
        String where = isJournal(System.getenv("JOURNAL_STREAM"))
                ? "its password is in " + file // Others may read the journal.
                : "password " + password + " (also in " + file + ")";
        return "Pulseboard asks for a password: user " + Access.ADMIN + ", " + where
                + "; change it with: pulseboard user passwd " + Access.ADMIN;
    }

    /** Whether what is printed goes to the journal: it names its file, see systemd.exec(5). */
    private static boolean isJournal(@Nullable String stream) {
        try {
            Path out = Path.of("/proc/self/fd/1");
            return stream != null
                    && stream.equals(Files.getAttribute(out, "unix:dev") + ":" + Files.getAttribute(out, "unix:ino"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Where nothing can listen, nobody is made a user: that would lock this machine out of its own page. */
    private static void requireFreePort(Config config) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(config.web().host(), config.web().port()));
        } catch (IOException e) {
            throw new StartFailure(Main.explain(e, config));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true; // Nothing will listen there, which is told then.
        }
    }
}
