package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String ADDRESS = "192.0.2.1";

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
    private AccountsFile file;
    private Access access;

    @BeforeEach
    void start() throws IOException {
        file = new AccountsFile(folder);
        access = new Access(AuthConfig.DEFAULT, file, now::get);
        access.load();
    }

    private void addAnna() throws IOException {
        file.update(accounts -> accounts.with("anna", new User(Role.VIEWER, Passwords.hash(PASSWORD), 1)));
        assertTrue(access.refresh());
    }

    @Test
    void thisMachineIsLetInUntilThereIsAUser() throws IOException {
        Identity local = access.byPlace(true).orElseThrow();
        assertTrue(local.mayRead("host"));
        assertTrue(access.isCurrent(local));
        assertEquals(Optional.empty(), access.byPlace(false));
        addAnna();
        assertEquals(Optional.empty(), access.byPlace(true));
        assertFalse(access.isCurrent(local));
    }

    @Test
    void whoHasNoAccountAnyMoreMayReadNothing() throws IOException {
        assertTrue(new Standing(access).mayRead("anybody", "alerts"), "nobody needs an account");
        addAnna();
        assertTrue(new Standing(access).mayRead("anna", "alerts"));
        assertTrue(new Standing(access).hasRole("anna", Role.VIEWER));
        assertFalse(new Standing(access).hasRole("anna", Role.OPERATOR));
        assertFalse(new Standing(access).mayRead("this machine", "alerts"));
        access.add(NewToken.of("wall", null, Set.of("read:board.alerts"), Long.MAX_VALUE), "anna", "192.0.2.1");
        assertTrue(new Standing(access).mayRead("wall", "alerts"));
        assertFalse(new Standing(access).mayRead("wall", "host"));
        file.update(accounts -> accounts.without("anna"));
        access.refresh();
        file.update(accounts -> accounts.with("ben", new User(Role.ADMIN, Passwords.hash(PASSWORD), 1)));
        access.refresh();
        assertFalse(new Standing(access).mayRead("anna", "alerts"));
        assertFalse(new Standing(access).hasRole("anna", Role.VIEWER));
    }

    /** Nobody else knows whether they are still among those whom the provider lets in. */
    @Test
    void whoSignedInWithAProviderMayReadWhileTheirSessionIsGood() throws IOException {
        Access later = new Access(AuthConfig.DEFAULT, provider("https://id.example/", ""), file, now::get);
        later.load();
        assertFalse(new Standing(later).mayRead("oidc:otto", "alerts"));
        later.signInByProvider("otto", Role.VIEWER, "192.0.2.1");
        assertTrue(new Standing(later).mayRead("oidc:otto", "alerts"));
        now.addAndGet(TimeUnit.DAYS.toMillis(365));
        assertFalse(new Standing(later).mayRead("oidc:otto", "alerts"));
    }

    private static OidcConfig provider(String issuer, String operatorGroup) {
        return new OidcConfig(
                issuer,
                "id",
                "",
                "",
                "https://here.example/",
                List.of("openid"),
                "sub",
                "groups",
                List.of("viewers"),
                operatorGroup.isEmpty() ? List.of() : List.of(operatorGroup),
                List.of(),
                "",
                "sign in");
    }

    private Optional<Set<String>> scopes(AuthConfig auth, OidcConfig oidc, String token) throws IOException {
        Access later = new Access(auth, oidc, file, now::get);
        later.load();
        return later.byToken(token).map(Identity::scopes);
    }

    @Test
    void sessionEndsWithTheProviderThatVouchedForIt() throws IOException {
        OidcConfig one = provider("https://one.example", "operators");
        Access before = new Access(AuthConfig.DEFAULT, one, file, now::get);
        before.load();
        String session = before.signInByProvider("otto", Role.OPERATOR, ADDRESS);
        NewToken made = NewToken.of("x", "oidc:otto", Set.of("act:*"), TimeUnit.DAYS.toMillis(1));
        before.add(made, "oidc:otto", ADDRESS);
        for (String token : List.of(session, made.secret())) {
            assertTrue(scopes(AuthConfig.DEFAULT, one, token).orElseThrow().contains("act:*"));
            assertEquals(Optional.empty(), scopes(AuthConfig.DEFAULT, OidcConfig.DEFAULT, token));
            assertEquals(
                    Optional.empty(), scopes(AuthConfig.DEFAULT, provider("https://two.example", "operators"), token));
        }
        OidcConfig lower = provider("https://one.example", "");
        assertEquals(Optional.of(Set.of("read:*")), scopes(AuthConfig.DEFAULT, lower, session));
        assertEquals(Optional.empty(), scopes(AuthConfig.DEFAULT, lower, made.secret()));
    }

    @Test
    void tokenOfSomebodyWhomAProxyNamedEndsWithTheHeader() throws IOException {
        AuthConfig header = new AuthConfig("", 30, "X-Remote-User", "operator");
        Access before = new Access(header, file, now::get);
        before.load();
        NewToken made = NewToken.of("x", "proxy:otto", Set.of("read:*", "act:*"), TimeUnit.DAYS.toMillis(1));
        before.add(made, "proxy:otto", ADDRESS);
        assertEquals(Optional.of(Set.of("read:*", "act:*")), scopes(header, OidcConfig.DEFAULT, made.secret()));
        assertEquals(Optional.empty(), scopes(AuthConfig.DEFAULT, OidcConfig.DEFAULT, made.secret()));
        AuthConfig other = new AuthConfig("", 30, "X-Other", "operator");
        assertEquals(Optional.empty(), scopes(other, OidcConfig.DEFAULT, made.secret()));
        AuthConfig viewer = new AuthConfig("", 30, "X-Remote-User", "viewer");
        assertEquals(Optional.of(Set.of("read:*")), scopes(viewer, OidcConfig.DEFAULT, made.secret()));
    }

    @Test
    void openAccessAsksNobody() {
        assertTrue(Access.open().byPlace(false).orElseThrow().mayRead("host"));
    }

    @Test
    void rightPasswordGivesATokenThatIsGoodForAWhile() throws IOException {
        addAnna();
        String token = access.login("anna", PASSWORD, ADDRESS).token();
        assertEquals("anna", access.byToken(String.valueOf(token)).orElseThrow().name());
        assertFalse(Files.readString(Path.of(file.place())).contains(String.valueOf(token)));
        now.addAndGet(TimeUnit.DAYS.toMillis(31));
        assertEquals(Optional.empty(), access.byToken(String.valueOf(token)));
    }

    @Test
    void wrongNameAndWrongPasswordAreToldAlike() throws IOException {
        addAnna();
        assertEquals(access.login("anna", "wrong password", ADDRESS), access.login("nobody", PASSWORD, "192.0.2.2"));
    }

    @Test
    void guessingHasToWaitEvenWithTheRightPassword() throws IOException {
        addAnna();
        for (int i = 0; i < LoginDelays.FREE_FAILURES; i++) {
            assertTrue(access.login("anna", "wrong password", ADDRESS).isTried());
        }
        Login early = access.login("anna", PASSWORD, "192.0.2.99");
        assertFalse(early.isTried());
        assertNull(early.token());
        assertTrue(early.waitSeconds() > 0);
    }

    @Test
    void signingOutEndsTheSessionAndNoToken() throws IOException {
        addAnna();
        String session = access.signIn("anna", Set.of(), ADDRESS);
        NewToken made = NewToken.of("wall", "anna", Set.of("read:*"), Long.MAX_VALUE);
        access.add(made, "anna", ADDRESS);
        access.signOut(access.byToken(session).orElseThrow(), ADDRESS);
        access.signOut(access.byToken(made.secret()).orElseThrow(), ADDRESS);
        assertEquals(Optional.empty(), access.byToken(session));
        assertTrue(access.byToken(made.secret()).isPresent());
    }

    @Test
    void onlyAPersonMayMakeTokens() throws IOException {
        addAnna();
        NewToken made = NewToken.of("wall", "anna", Set.of("read:*"), Long.MAX_VALUE);
        access.add(made, "anna", ADDRESS);
        assertFalse(access.isPerson(access.byToken(made.secret()).orElseThrow()));
        assertTrue(access.isPerson(
                access.byToken(access.signIn("anna", Set.of(), ADDRESS)).orElseThrow()));
    }

    @Test
    void whatTheCommandLineChangesIsSeen() throws IOException {
        addAnna();
        Identity anna = access.byToken(access.signIn("anna", Set.of(), ADDRESS)).orElseThrow();
        assertFalse(access.refresh());
        file.update(accounts -> accounts.without("anna"));
        assertTrue(access.isCurrent(anna));
        assertTrue(access.refresh());
        assertFalse(access.isCurrent(anna));
    }

    @Test
    void tokenThatExpiresIsTold() throws IOException {
        access.refresh();
        NewToken made = NewToken.of("wall", null, Set.of("read:*"), TimeUnit.HOURS.toMillis(1));
        access.add(made, "anna", ADDRESS);
        Identity program = access.byToken(made.secret()).orElseThrow();
        assertFalse(access.refresh());
        now.addAndGet(TimeUnit.HOURS.toMillis(2));
        assertFalse(access.isCurrent(program));
        assertTrue(access.refresh());
        assertFalse(access.refresh());
    }

    @Test
    void damagedFileChangesNothing() throws IOException {
        addAnna();
        Files.writeString(Path.of(file.place()), "{");
        assertFalse(access.refresh());
        assertTrue(access.hasUsers());
    }

    @Test
    void firstUserIsMadeOnceAndItsPasswordKept() throws IOException {
        String password = access.makeFirstUser().orElseThrow();
        assertEquals(password + "\n", Files.readString(file.initialPassword()));
        assertEquals(Optional.empty(), access.makeFirstUser());
        assertTrue(access.byToken(
                        String.valueOf(access.login("admin", password, ADDRESS).token()))
                .orElseThrow()
                .isAdmin());
    }

    @Test
    void userOfAProxyHasTheRoleOfTheSettings() {
        Access behind = new Access(new AuthConfig("", 30, "X-Remote-User", "operator"), file, now::get);
        Identity who = behind.byHeader("anna");
        assertEquals(Role.OPERATOR.scopes(), who.scopes());
        assertNotEquals("anna", who.name());
    }
}
