package pulseboard.auth;

import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of access.
 *
 * @param folder where users and tokens are kept; empty: the state folder of the service or of the user
 * @param sessionDays after so many days a browser has to sign in again, 1 to 365
 * @param userHeader header in which a proxy of {@code web.trustedProxies} names the user whom it let in; empty: none
 * @param userHeaderRole the role of such a user
 */
public record AuthConfig(String folder, int sessionDays, String userHeader, String userHeaderRole) {

    /** What is used unless somebody says otherwise. */
    public static final AuthConfig DEFAULT = new AuthConfig("", 30, "", "viewer");

    /** Checks every value. */
    public AuthConfig {
        if (sessionDays < 1 || sessionDays > 365) {
            throw new IllegalArgumentException("auth.sessionDays must be from 1 to 365, not " + sessionDays);
        }
        if (!userHeader.matches("[A-Za-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "auth.userHeader must be the name of a header such as X-Remote-User, not " + userHeader);
        }
        if (Role.of(userHeaderRole).isEmpty()) {
            throw new IllegalArgumentException("auth.userHeaderRole must be one of " + String.join(", ", Role.texts())
                    + ", not " + userHeaderRole);
        }
    }

    /** The folder, whatever the settings leave open; systemd names that of a service, see systemd.exec(5). */
    public Path folderIn(Map<String, String> environment) {
        if (!folder.isEmpty()) {
            return Path.of(folder).toAbsolutePath();
        }
        String state = environment.getOrDefault("STATE_DIRECTORY", "");
        if (!state.isEmpty()) {
            return Path.of(state.split(":", 2)[0]);
        }
        String states = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", ""); // Java's user.home is that of the list of users.
        return (states.isEmpty()
                        ? Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".local", "state")
                        : Path.of(states))
                .resolve("pulseboard");
    }
}
