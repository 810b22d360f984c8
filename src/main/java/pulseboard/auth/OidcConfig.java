package pulseboard.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settings of sign-in with an OpenID Connect provider. Nobody gets in by being known there: somebody has to be in a group that
 * one of the three lists names, or a list has to hold {@code *}, which is everybody whom the provider lets in. At least one
 * list must not be empty. Who is in several groups has the highest role.
 *
 * @param issuer the provider's address, exactly as it tells it; empty: no such sign-in
 * @param clientId the name under which the provider knows Pulseboard
 * @param clientSecret its password there; empty for a public client, or with {@code clientSecretFile}
 * @param clientSecretFile file that holds it, read at each sign-in
 * @param publicUrl the page as browsers reach it; what a request says of its host decides nothing. The provider has to allow
 *     {@code login/oidc/callback} below it
 * @param scopes what is asked for, {@code openid} among it
 * @param nameClaim the claim that holds the user's name, which users must not be able to choose; if there is none, it is
 *     {@code sub}
 * @param groupsClaim the claim that holds the user's groups, a list or one text
 * @param viewerGroups groups whose members see all boards
 * @param operatorGroups groups whose members act on them, too
 * @param adminGroups groups whose members manage everybody's tokens, too
 * @param caFile file of the certificates (PEM) that vouch for the provider, instead of those that Java brings
 * @param buttonName what the button of the page says
 */
public record OidcConfig(
        String issuer,
        String clientId,
        String clientSecret,
        String clientSecretFile,
        String publicUrl,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        List<String> viewerGroups,
        List<String> operatorGroups,
        List<String> adminGroups,
        String caFile,
        String buttonName) {

    /** The path that begins a sign-in, relative to the page. */
    public static final String START = "login/oidc";

    /** What is used unless somebody says otherwise. */
    public static final OidcConfig DEFAULT = new OidcConfig(
            "",
            "",
            "",
            "",
            "",
            List.of("openid", "profile", "email"),
            "preferred_username",
            "groups",
            List.of(),
            List.of(),
            List.of(),
            "",
            "single sign-on");

    private static final String EVERYBODY = "*";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Checks every value but what files hold; without an issuer the others only wait for one. */
    public OidcConfig {
        scopes = List.copyOf(scopes);
        viewerGroups = List.copyOf(viewerGroups);
        operatorGroups = List.copyOf(operatorGroups);
        adminGroups = List.copyOf(adminGroups);
        if (!issuer.isEmpty()) {
            require(
                    isPage(issuer) && isSafe(issuer),
                    "oidc.issuer must be an address such as https://id.example/realm, by https unless on this machine,"
                            + " not " + issuer);
            require(!clientId.isBlank(), "oidc.clientId must not be empty when oidc.issuer is set");
            require(
                    clientSecret.isEmpty() || clientSecretFile.isEmpty(),
                    "oidc.clientSecret and oidc.clientSecretFile are both set; one of them is enough");
            require(
                    isPage(publicUrl),
                    "oidc.publicUrl must be the page's address in browsers, such as https://monitor.example/, not "
                            + (publicUrl.isEmpty() ? "empty" : publicUrl));
            require(scopes.contains("openid"), "oidc.scopes must hold openid, not only " + scopes);
            require(!nameClaim.isBlank(), "oidc.nameClaim must not be empty; sub is always there");
            require(!groupsClaim.isBlank(), "oidc.groupsClaim must not be empty");
            require(
                    Stream.of(viewerGroups, operatorGroups, adminGroups).anyMatch(groups -> !groups.isEmpty()),
                    "oidc.viewerGroups, oidc.operatorGroups and oidc.adminGroups are all empty, so nobody could sign in;"
                            + " name a group, or '*' for everybody whom the provider lets in");
            require(!buttonName.isBlank(), "oidc.buttonName must not be empty");
        }
    }

    private static void require(boolean isRight, String mistake) {
        if (!isRight) {
            throw new IllegalArgumentException(mistake);
        }
    }

    private static boolean isPage(String address) {
        try {
            URI uri = URI.create(address);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether what goes to this address and comes from there cannot be changed on the way. */
    public static boolean isSafe(String address) {
        return isPage(address.replaceFirst("\\?.*", ""))
                && (address.startsWith("https:")
                        || THIS_MACHINE.contains(URI.create(address).getHost()));
    }

    /** Whether there is a provider. */
    public boolean isOn() {
        return !issuer.isEmpty();
    }

    /** The name of our host in browsers. */
    public String publicHost() {
        return URI.create(publicUrl).getHost();
    }

    /** Where the provider sends browsers back to. */
    public String callback() {
        return publicUrl + (publicUrl.endsWith("/") ? "" : "/") + START + "/callback";
    }

    /** What somebody in these groups may do, if anything. */
    public Optional<Role> role(Set<String> groups) {
        return Stream.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER)
                .filter(role -> groupsOf(role).stream().anyMatch(one -> one.equals(EVERYBODY) || groups.contains(one)))
                .findFirst();
    }

    /** Whether anybody may have this role. */
    boolean isGiven(Role role) {
        return !groupsOf(role).isEmpty();
    }

    private List<String> groupsOf(Role role) {
        return switch (role) {
            case VIEWER -> viewerGroups;
            case OPERATOR -> operatorGroups;
            case ADMIN -> adminGroups;
        };
    }

    /**
     * The client's secret, empty for a public client. Blocks.
     *
     * @throws IllegalArgumentException when its file cannot be read or is empty
     */
    public String secret() {
        if (clientSecretFile.isEmpty()) {
            return clientSecret;
        }
        String secret = new String(read("oidc.clientSecretFile", clientSecretFile), StandardCharsets.UTF_8).strip();
        require(!secret.isEmpty(), "oidc.clientSecretFile: " + clientSecretFile + " is empty");
        return secret;
    }

    /**
     * Looks whether the files that are named can be used. Blocks.
     *
     * @throws IllegalArgumentException when one cannot
     */
    public void requireFiles() {
        if (isOn()) {
            secret();
            require(caFile.isEmpty() || holdsCertificates(), "oidc.caFile: " + caFile + " holds no certificate (PEM)");
        }
    }

    private boolean holdsCertificates() {
        try (InputStream file = new ByteArrayInputStream(read("oidc.caFile", caFile))) {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(file)
                    .isEmpty();
        } catch (IOException | CertificateException e) {
            return false;
        }
    }

    private static byte[] read(String setting, String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(setting + ": there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(setting + ": no permission to read " + file);
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "OidcConfig[" + issuer + " " + Arrays.asList(viewerGroups, operatorGroups, adminGroups) + "]";
    }
}
