package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.NewToken;
import pulseboard.auth.Role;
import pulseboard.auth.User;

/** Whoever loses access while connected is told and cut off, and others are not. */
@ExtendWith(VertxExtension.class)
class ThrownOutTest {

    private static final long HOUR = 3_600_000;

    @TempDir
    private Path folder;

    private GuardedSite guarded;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        guarded = new GuardedSite(vertx, folder);
    }

    private static void assertSignedOut(BridgeClient client) {
        assertEquals("signed_out", client.nextError());
        assertEquals("4401 Signed out", client.closeReason());
    }

    @Test
    void revokedTokenEndsItsSocketsAndNoOthers() throws IOException {
        String revoked = guarded.token("read:*");
        String kept = guarded.token("read:*");
        BridgeClient gone = guarded.raw(revoked);
        gone.watch();
        BridgeClient framed = guarded.framed(revoked);
        framed.watch();
        BridgeClient stays = guarded.raw(kept);
        Replica replica = stays.watch();
        guarded.revokeBehindItsBack(revoked);
        assertSignedOut(gone);
        assertEquals("signed_out", framed.nextError());
        Wait.on(framed.closed());
        guarded.site.board.count(5);
        stays.follow(replica, "count", 5);
        assertThrows(UpgradeRejectedException.class, () -> guarded.raw(revoked));
    }

    @Test
    void revokedTokenEndsItsStream() throws IOException {
        String revoked = guarded.token("read:*");
        EventStream stream = EventStream.open(guarded.site, Site.BOARD, revoked);
        assertEquals("snapshot", stream.next().name());
        guarded.revokeBehindItsBack(revoked);
        assertEquals("signed_out", stream.last());
    }

    @Test
    void signingOutEndsTheSocketsOfThatBrowserAtOnce() throws IOException {
        String here = guarded.session("vera");
        BridgeClient gone = guarded.raw(here);
        gone.watch();
        BridgeClient elsewhere = guarded.raw(guarded.session("vera"));
        elsewhere.watch();
        var response = Wait.on(
                guarded.fromPage(HttpMethod.DELETE, "/api/session", here).send());
        assertEquals(200, response.statusCode());
        assertSignedOut(gone);
        elsewhere.snapshot();
    }

    @Test
    void removedUserIsOut() throws IOException {
        BridgeClient gone = guarded.raw(guarded.session("vera"));
        gone.watch();
        guarded.file.update(accounts -> accounts.without("vera"));
        assertSignedOut(gone);
    }

    @Test
    void userOfAnotherRoleHasToComeAnew() throws IOException {
        BridgeClient gone = guarded.raw(guarded.session("anna"));
        gone.watch();
        guarded.file.update(accounts -> accounts.with("anna", new User(Role.VIEWER, "$pbkdf2-sha512$i=1$$", 1)));
        assertSignedOut(gone);
    }

    @Test
    void tokenThatExpiresEndsWhatIsOpen() throws IOException {
        NewToken brief = NewToken.of("brief", null, Set.of("read:*"), HOUR);
        guarded.access.add(brief, "anna", "192.0.2.1");
        BridgeClient gone = guarded.raw(brief.secret());
        gone.watch();
        guarded.later.set(HOUR);
        assertSignedOut(gone);
    }

    @Test
    void firstUserEndsWhatWasOpenToThisMachine(Vertx vertx) throws IOException {
        var file = new pulseboard.auth.AccountsFile(folder.resolve("empty"));
        var access = new pulseboard.auth.Access(pulseboard.auth.AuthConfig.DEFAULT, file, System::currentTimeMillis);
        Site site = new Site(vertx, Site.config(), access);
        BridgeClient local = site.watcher();
        file.update(accounts -> accounts.with("anna", new User(Role.ADMIN, "$pbkdf2-sha512$i=1$$", 1)));
        assertSignedOut(local);
    }
}
