package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.NewToken;
import pulseboard.auth.Passwords;
import pulseboard.auth.Role;
import pulseboard.auth.User;

/** The real web side where people have to sign in: anna, an admin, and vera, a viewer. */
final class GuardedSite {

    static final String PASSWORD = "correct horse battery";
    private static final String HASH = Passwords.hash(PASSWORD);

    final Site site;
    final Access access;
    final AccountsFile file;

    /** By how much the clock of the accounts is ahead, in milliseconds. */
    final AtomicLong later = new AtomicLong();

    private final Vertx vertx;

    GuardedSite(Vertx vertx, Path folder) throws IOException {
        this(vertx, folder, Site.config(), AuthConfig.DEFAULT);
    }

    GuardedSite(Vertx vertx, Path folder, WebConfig config, AuthConfig auth) throws IOException {
        this.vertx = vertx;
        file = new AccountsFile(folder);
        file.update(accounts ->
                accounts.with("anna", new User(Role.ADMIN, HASH, 1)).with("vera", new User(Role.VIEWER, HASH, 1)));
        access = new Access(auth, file, () -> System.currentTimeMillis() + later.get());
        access.load();
        site = new Site(vertx, config, access);
    }

    /** What a browser holds in its cookie after this user signed in. */
    String session(String user) throws IOException {
        return access.signIn(user, Set.of(), "192.0.2.1");
    }

    /** What a program holds. */
    String token(String... scopes) throws IOException {
        NewToken token = NewToken.of("program", null, Set.of(scopes), Long.MAX_VALUE);
        access.add(token, "anna", "192.0.2.1");
        return token.secret();
    }

    /** Revokes as the command line does: in the file only. */
    void revokeBehindItsBack(String secret) throws IOException {
        String id = String.valueOf(access.byToken(secret).orElseThrow().tokenId());
        file.update(accounts -> accounts.withoutToken(id));
    }

    BridgeClient raw(String token) {
        return BridgeClient.connect(
                vertx, site.upgradeOf(Site.RAW).addHeader("Authorization", "Bearer " + token), false);
    }

    BridgeClient framed(String token) {
        String path = Site.newSession() + "/websocket";
        return BridgeClient.connect(vertx, site.upgradeOf(path).addHeader("Authorization", "Bearer " + token), true);
    }

    HttpRequest<Buffer> request(HttpMethod method, String path, String token) {
        return site.request(method, path).putHeader("Authorization", "Bearer " + token);
    }

    /** A request that a page of ours makes in the browser of somebody who has this cookie. */
    HttpRequest<Buffer> fromPage(HttpMethod method, String path, String cookie) {
        return site.request(method, path)
                .putHeader("Cookie", "pulseboard_" + site.port + "=" + cookie)
                .putHeader("Origin", "http://127.0.0.1:" + site.port);
    }

    HttpResponse<Buffer> signIn(String name, String password) {
        JsonObject body = JsonObject.of("name", name, "password", password);
        return Wait.on(site.request(HttpMethod.POST, "/api/session").sendJsonObject(body));
    }

    static String error(HttpResponse<Buffer> response) {
        return response.statusCode() + " " + response.bodyAsJsonObject().getString("error");
    }
}
