package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import pulseboard.board.sync.wire.Invitation;

/** What administrators see of invitations, and how they take one back. */
class SyncInvitationsTest extends SyncMachines {

    SyncInvitationsTest() {
        super();
    }

    private Invitation invite(long nowMilliseconds) throws Exception {
        Invitation invitation = sync.invitation();
        invitation.keep(root.resolve("coordinator/invitations"), "docs", nowMilliseconds);
        return invitation;
    }

    private JsonObject look(String id) throws Exception {
        HttpResponse<byte[]> answer = sync.get("invitations/" + id);
        return json(answer).put("status", answer.statusCode());
    }

    private String withdraw(String id) throws Exception {
        HttpResponse<byte[]> answer = sync.send("invitations/" + id, request -> request.DELETE());
        return answer.statusCode() + " " + json(answer).getString("error", "");
    }

    @Test
    void invitationIsOpenUntilItIsUsedOrTakenBackAndNothingOfItLetsAnybodyIn() throws Exception {
        JsonObject made = sync.answer("invite", new JsonObject().put("folder", "docs"));
        String id = made.getString("id");
        JsonObject open = look(id);
        assertEquals("open", open.getString("state"), open::encode);
        assertEquals("docs", open.getString("folder"));
        assertTrue(Math.abs(open.getLong("expiresAt") - made.getLong("expiresAt")) < 5_000, open::encode);
        String secret = Invitation.of(made.getString("code")).secret();
        assertFalse(open.encode().contains(secret) || secret.startsWith(id), open::encode);
        assertEquals("", sync.join("c", Invitation.of(made.getString("code"))));
        JsonObject used = look(id);
        assertEquals("used c", used.getString("state") + " " + used.getString("usedBy"), used::encode);
        assertTrue(used.getLong("usedAt") <= System.currentTimeMillis(), used::encode);
        assertEquals("409 invitation_used", withdraw(id));
        assertFalse(sync.join("d", Invitation.of(made.getString("code"))).isEmpty());
    }

    @Test
    void invitationThatIsTakenBackLetsNobodyIn() throws Exception {
        Invitation open = invite(System.currentTimeMillis());
        assertEquals("200 ", withdraw(open.id()));
        assertEquals(404, look(open.id()).getInteger("status"));
        assertFalse(sync.join("c", open).isEmpty());
        assertEquals("404 unknown_invitation", withdraw(open.id()));
        assertEquals("404 unknown_invitation", withdraw("0"));
    }

    @Test
    void whatIsLongOverIsListedNoMore() throws Exception {
        Invitation over = invite(System.currentTimeMillis() - 2 * Invitation.MILLISECONDS);
        Invitation longOver = invite(System.currentTimeMillis() - 25 * 3_600_000L);
        assertEquals("expired", look(over.id()).getString("state"));
        String id =
                sync.answer("invite", new JsonObject().put("folder", "docs")).getString("id");
        JsonObject all = json(sync.get("invitations")).getJsonObject("invitations");
        assertEquals(java.util.Set.of(over.id(), id), all.fieldNames());
        assertEquals(404, look(longOver.id()).getInteger("status"));
    }
}
