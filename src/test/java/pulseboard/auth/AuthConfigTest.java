package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where users, tokens and histories are kept when no setting says so. */
class AuthConfigTest {

    private static Path folder(Map<String, String> environment) {
        return AuthConfig.DEFAULT.folderIn(environment);
    }

    @Test
    void folderIsThatOfTheServiceElseBelowTheStateFolderElseBelowHome() {
        assertEquals(
                Path.of("/var/lib/pulseboard"),
                folder(Map.of("STATE_DIRECTORY", "/var/lib/pulseboard:/x", "XDG_STATE_HOME", "/s", "HOME", "/h")));
        assertEquals(Path.of("/s/pulseboard"), folder(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")));
        assertEquals(Path.of("/h/.local/state/pulseboard"), folder(Map.of("HOME", "/h")));
        assertEquals(
                Path.of(System.getProperty("user.home"), ".local", "state", "pulseboard"), folder(Map.of("HOME", "")));
    }
}
