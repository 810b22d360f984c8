package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether files with secrets in them are readable by every user of the machine. */
final class SecretFiles {

    /** Where the unit has environment variables from. */
    static final Path VARIABLES = Path.of("/etc/default/pulseboard");

    private SecretFiles() {}

    /**
     * One line for each file that is to be closed.
     *
     * @param file the settings file, if there is one
     * @param variables the file that the environment may be from
     */
    static List<String> warnings(Settings settings, @Nullable Path file, Path variables) {
        List<String> warnings = new ArrayList<>();
        Config config = settings.toConfig();
        if (file != null && settings.hasSecretFrom(file.toString())) {
            look(warnings, "--config", file.toString());
        }
        if (settings.hasSecretFrom(Settings.ENVIRONMENT)) {
            look(warnings, "a secret in the environment", variables.toString());
        }
        look(warnings, "tls.keyFile", config.tls().keyFile());
        look(warnings, "oidc.clientSecretFile", config.oidc().clientSecretFile());
        look(warnings, "fleet.tokenFile", config.fleet().tokenFile());
        look(warnings, "remoteWrite.userPasswordFile", config.remoteWrite().userPasswordFile());
        look(warnings, "remoteWrite.bearerSecretFile", config.remoteWrite().bearerSecretFile());
        return warnings;
    }

    private static void look(List<String> warnings, String what, String file) {
        if (!file.isEmpty() && isOpen(Path.of(file))) {
            warnings.add(what + ": every user of this machine can read the secret in " + file
                    + "; close it with: chmod o= " + file);
        }
    }

    private static boolean isOpen(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Not there, which others tell; or a system without such rights.
        }
    }
}
