package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static Identity with(String... scopes) {
        return new Identity("somebody", Set.of(scopes), null);
    }

    @Test
    void scopeOfOneBoardOpensThatOneOnly() {
        Identity identity = with("read:board.host");
        assertTrue(identity.mayRead("host"));
        assertFalse(identity.mayRead("processes"));
        assertFalse(identity.mayRead("host2"));
        assertFalse(identity.mayAct("host"));
    }

    @Test
    void readingIsNotActingNorTheOtherWayRound() {
        assertFalse(with("read:*").mayAct("host"));
        assertFalse(with("act:*").mayRead("host"));
        assertFalse(with("read:*", "act:*").isAdmin());
    }

    @Test
    void rolesGrow() {
        assertEquals(Set.of("read:*"), Role.VIEWER.scopes());
        assertTrue(Role.OPERATOR.scopes().containsAll(Role.VIEWER.scopes()));
        assertTrue(Role.ADMIN.scopes().containsAll(Role.OPERATOR.scopes()));
        assertFalse(with(Role.VIEWER.scopes().toArray(String[]::new)).mayAct("host"));
        assertFalse(with(Role.OPERATOR.scopes().toArray(String[]::new)).isAdmin());
    }

    @Test
    void nobodyCoversMoreThanTheyHave() {
        assertTrue(with("read:*").covers("read:board.host"));
        assertFalse(with("read:*").covers("act:board.host"));
        assertFalse(with("read:board.host").covers("read:*"));
        assertFalse(with("read:board.host").covers("read:board.processes"));
        assertTrue(with("read:board.host").covers("read:board.host"));
    }

    @Test
    void tokenOfALinkBringsBoardsAndDoesNothingElse() {
        Identity machine = with("publish:web1");
        assertEquals("web1", machine.source().orElseThrow());
        assertEquals(Set.of(), machine.works());
        assertFalse(machine.mayRead("web1/host") || machine.mayAct("web1/host") || machine.isAdmin());
        Identity worker = with("work:s3,uploads");
        assertEquals(Set.of("s3", "uploads"), worker.works());
        assertTrue(worker.source().isEmpty());
        assertFalse(worker.mayRead("s3") || worker.mayAct("s3"));
    }

    @Test
    void scopeOfALinkStandsAloneAndIsGivenByAdminsOnly() {
        assertTrue(Identity.areScopes(Set.of("publish:web1")));
        assertTrue(Identity.areScopes(Set.of("read:*", "act:*")));
        assertFalse(Identity.areScopes(Set.of("publish:web1", "read:*")));
        assertFalse(Identity.areScopes(Set.of("publish:web1", "publish:web2")));
        assertFalse(Identity.areScopes(Set.of("admin")));
        assertTrue(with("admin").covers("publish:web1"));
        assertFalse(with("read:*", "act:*").covers("publish:web1"));
        assertFalse(with("publish:web1").covers("publish:web1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read:*",
                "act:*",
                "read:board.host",
                "act:board.my-board2",
                "read:board.3d-printer/host",
                "publish:web1",
                "publish:3d-printer",
                "work:s3",
                "work:s3,uploads"
            })
    void scopesAreWrittenSo(String scope) {
        assertTrue(Identity.isScope(scope));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "read",
                "read:",
                "read:board.*",
                "read:board.",
                "read:host",
                "*",
                "write:*",
                "read:* "
            })
    void otherTextsAreNoScopes(String text) {
        assertFalse(Identity.isScope(text));
    }
}
