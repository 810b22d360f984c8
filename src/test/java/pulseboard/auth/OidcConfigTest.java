package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcConfigTest {

    private static final String ISSUER = "https://id.example/realm";
    private static final String PAGE = "https://monitor.example/";

    private static OidcConfig config(String issuer, String client, String page, List<String> viewers) {
        return config(new String[] {issuer, client, "", "", page, ""}, viewers, List.of());
    }

    private static OidcConfig config(String[] texts, List<String> viewers, List<String> admins) {
        return new OidcConfig(
                texts[0],
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                List.of("openid"),
                "sub",
                "groups",
                viewers,
                List.of(),
                admins,
                texts[5],
                "x");
    }

    private static OidcConfig withFiles(String secret, String secretFile, String caFile) {
        return config(new String[] {ISSUER, "board", secret, secretFile, PAGE, caFile}, List.of("*"), List.of());
    }

    private static String mistake(Executable made) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, made).getMessage());
    }

    @Test
    void withoutAnIssuerItIsOff() {
        assertFalse(OidcConfig.DEFAULT.isOn());
        assertTrue(config(ISSUER, "board", PAGE, List.of("staff")).isOn());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example",
                "id.example",
                "https://",
                "https://id.example/?a=b",
                "https://id.example/#a",
                "ftp://id.example",
                "http://localhost.evil.example",
                "http://127.0.0.1@evil.example",
                "https://id example",
            })
    void issuerThatCannotBeTrustedIsRefused(String issuer) {
        assertTrue(mistake(() -> config(issuer, "board", PAGE, List.of("a"))).startsWith("oidc.issuer must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/realm", "http://127.0.0.1:1", "http://[::1]:1", ISSUER})
    void issuerOnThisMachineNeedsNoTls(String issuer) {
        assertTrue(config(issuer, "board", PAGE, List.of("a")).isOn());
    }

    @Test
    void whatIsMissingIsNamed() {
        assertTrue(mistake(() -> config(ISSUER, "", PAGE, List.of("a"))).startsWith("oidc.clientId "));
        assertEquals(
                "oidc.publicUrl must be the page's address in browsers, such as https://monitor.example/, not empty",
                mistake(() -> config(ISSUER, "board", "", List.of("a"))));
        assertTrue(mistake(() -> config(ISSUER, "board", "monitor.example", List.of("a")))
                .startsWith("oidc.publicUrl "));
    }

    @Test
    void whenNobodyCouldSignInThatIsAMistake() {
        assertTrue(mistake(() -> config(ISSUER, "board", PAGE, List.of())).contains("nobody could sign in"));
    }

    @ParameterizedTest
    @CsvSource({"https://a.example, https://a.example/", "https://a.example/m/, https://a.example/m/"})
    void callbackIsBelowThePage(String page, String base) {
        assertEquals(
                base + "login/oidc/callback",
                config(ISSUER, "board", page, List.of("a")).callback());
    }

    @Test
    void starIsEverybodyAndOnlyASettingCanSayIt() {
        OidcConfig open = config(ISSUER, "board", PAGE, List.of("*"));
        assertEquals(Optional.of(Role.VIEWER), open.role(Set.of()));
        OidcConfig closed = config(ISSUER, "board", PAGE, List.of("staff"));
        assertEquals(Optional.empty(), closed.role(Set.of("*")));
        assertEquals(Optional.empty(), closed.role(Set.of()));
    }

    @Test
    void secretMayLieInAFileAndIsReadAnew(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "first\n");
        OidcConfig config = withFiles("", file.toString(), "");
        assertEquals("first", config.secret());
        Files.writeString(file, "second");
        assertEquals("second", config.secret());
        Files.writeString(file, "\n");
        assertEquals("oidc.clientSecretFile: " + file + " is empty", mistake(config::requireFiles));
        Files.delete(file);
        assertEquals("oidc.clientSecretFile: there is no file " + file, mistake(config::requireFiles));
    }

    @Test
    void twoSecretsAreOneTooMany() {
        assertTrue(mistake(() -> withFiles("a", "b", "")).startsWith("oidc.clientSecret and oidc.clientSecretFile"));
    }

    @Test
    void fileWithoutCertificatesIsAMistake(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate\n");
        assertEquals(
                "oidc.caFile: " + file + " holds no certificate (PEM)",
                mistake(withFiles("", "", file.toString())::requireFiles));
        assertTrue(mistake(withFiles("", "", folder.toString())::requireFiles).startsWith("oidc.caFile: cannot read"));
    }

    @Test
    void secretIsNeverShown() {
        assertFalse(withFiles("not-to-be-seen", "", "").toString().contains("not-to-be-seen"));
    }
}
