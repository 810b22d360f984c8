package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final long NOW = 1_000_000;

    private final Accounts accounts = Accounts.NONE
            .with("anna", new User(Role.ADMIN, Passwords.NONE, NOW))
            .with("vera", new User(Role.VIEWER, Passwords.NONE, NOW));

    private static Token token(String label, @Nullable String user, long end, String... scopes) {
        return new Token(label, user, Set.of(scopes), "hash of " + label + user, NOW, end, null);
    }

    @Test
    void sessionAllowsWhatItsUserMay() {
        Accounts signedIn = accounts.withToken("s", token(Token.SESSION, "vera", NOW + 10));
        assertEquals(Optional.of(new Identity("vera", Role.VIEWER.scopes(), "s")), signedIn.identity("s", NOW));
    }

    @Test
    void tokenEndsWhenItsTimeIsOver() {
        Accounts signedIn = accounts.withToken("s", token(Token.SESSION, "vera", NOW + 10));
        assertTrue(signedIn.identity("s", NOW + 9).isPresent());
        assertEquals(Optional.empty(), signedIn.identity("s", NOW + 10));
    }

    @Test
    void tokenAllowsNoMoreThanItsUserMayByNow() {
        Accounts made = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:board.host", "act:*"));
        assertEquals(
                Set.of("read:board.host"), made.identity("t", NOW).orElseThrow().scopes());
    }

    @Test
    void removedUserTakesAllTheirTokensAlong() {
        Accounts made = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*"))
                .withToken("s", token(Token.SESSION, "anna", NOW + 10))
                .without("vera");
        assertEquals(Set.of("s"), made.tokens().keySet());
        assertEquals(Set.of("anna"), made.users().keySet());
    }

    @Test
    void changedUserIsSignedOutButKeepsTheirPrograms() {
        Accounts made = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*"))
                .withToken("s", token(Token.SESSION, "vera", NOW + 10))
                .with("vera", new User(Role.OPERATOR, Passwords.NONE, NOW));
        assertEquals(Set.of("t"), made.tokens().keySet());
    }

    @Test
    void anotherPasswordEndsTokensTooAndNobodyElses() {
        Accounts made = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*"))
                .withToken("a", token("wall", "anna", Long.MAX_VALUE, "read:*"))
                .with("vera", new User(Role.VIEWER, Passwords.NONE + "x", NOW));
        assertEquals(Set.of("a"), made.tokens().keySet());
    }

    @Test
    void tokenOfAUserWhoIsNotThereIsWorthNothing() {
        Accounts made = Accounts.NONE.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*"));
        assertEquals(Optional.empty(), made.identity("t", NOW));
    }

    @Test
    void expiredTokensGoWhenOneIsAdded() {
        Accounts made = accounts.withToken("old", token("old", null, NOW, "read:*"))
                .withToken("new", token("new", null, NOW + 1, "read:*"));
        assertEquals(Set.of("new"), made.tokens().keySet());
    }

    @Test
    void sessionsOfOneUserAreBounded() {
        Accounts many = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*"));
        for (int i = 0; i < 60; i++) {
            many = many.withToken(
                    "s" + i, new Token(Token.SESSION, "vera", Set.of(), "h" + i, NOW + i, NOW + 1000, null));
        }
        assertEquals(51, many.tokens().size());
        assertTrue(many.tokens().containsKey("t"));
        assertFalse(many.tokens().containsKey("s9"));
        assertTrue(many.tokens().containsKey("s10"));
    }

    @Test
    void whatIsKeptIsReadBackWhole() {
        Accounts made = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*", "act:board.x"))
                .withToken("s", token(Token.SESSION, "anna", NOW + 10))
                .withToken("p", token("program", null, NOW + 10, "read:*"));
        assertEquals(made, Accounts.of(new JsonObject(made.toJson().encode())));
    }

    @Test
    void namesHoldNothingThatCouldBeTakenForSomethingElse() {
        assertTrue(Accounts.isName("anna.b-c_d@example.org"));
        for (String wrong : new String[] {"", "-anna", "oidc:anna", "an na", "anna\n", "<b>", "x".repeat(65), "../x"}) {
            assertFalse(Accounts.isName(wrong), wrong);
        }
    }

    @Test
    void noHashIsShownByAccident() {
        Accounts made = accounts.withToken("t", token("wall", "vera", Long.MAX_VALUE, "read:*"));
        assertFalse(made.toString().contains("hash of"), made::toString);
        assertFalse(made.toString().contains("pbkdf2"), made::toString);
    }
}
