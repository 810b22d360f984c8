package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.OidcConfig;

/** A site that has a provider, and a browser that keeps no more than one sign-in needs. */
final class SignInWithProvider {

    static final String PUBLIC_URL = "http://monitor.example/sub/";

    final Site site;
    private final WebClient outside;

    SignInWithProvider(Vertx vertx, OidcConfig config, Path folder) {
        Access access = new Access(AuthConfig.DEFAULT, config, new AccountsFile(folder), System::currentTimeMillis);
        site = new Site(vertx, Site.config(), access);
        outside =
                WebClient.create(vertx, new WebClientOptions().setTrustAll(true).setVerifyHost(false));
    }

    static OidcConfig config(String issuer, String caFile) {
        return config(issuer, TestProvider.SECRET, caFile);
    }

    static OidcConfig config(String issuer, String secret, String caFile) {
        return new OidcConfig(
                issuer,
                TestProvider.CLIENT,
                secret,
                "",
                PUBLIC_URL,
                OidcConfig.DEFAULT.scopes(),
                OidcConfig.DEFAULT.nameClaim(),
                OidcConfig.DEFAULT.groupsClaim(),
                List.of("staff"),
                List.of("operators"),
                List.of("admins"),
                caFile,
                "Example ID");
    }

    /** The answer to a press of the button. */
    HttpResponse<Buffer> begin() {
        return Wait.on(site.request(HttpMethod.GET, "/login/oidc")
                .followRedirects(false)
                .send());
    }

    /** Where the provider sends the browser that was sent there: path and query as they arrive behind a proxy. */
    String visit(HttpResponse<Buffer> begun) {
        HttpResponse<Buffer> answer = Wait.on(outside.getAbs(begun.getHeader("Location"))
                .followRedirects(false)
                .send());
        URI back = URI.create(answer.getHeader("Location"));
        return back.getPath().substring("/sub".length()) + "?" + back.getQuery();
    }

    /** The answer to a browser that comes back with the cookie that it got at the beginning. */
    HttpResponse<Buffer> comeBack(HttpResponse<Buffer> begun, String path) {
        return comeBackWith(cookie(begun, "pulseboard_login_"), path);
    }

    HttpResponse<Buffer> comeBackWith(String cookie, String path) {
        return Wait.on(site.request(HttpMethod.GET, path)
                .putHeader("Cookie", cookie)
                .followRedirects(false)
                .send());
    }

    /** The whole of it. */
    HttpResponse<Buffer> signIn() {
        HttpResponse<Buffer> begun = begin();
        return comeBack(begun, visit(begun));
    }

    /** Name and value of the cookie that an answer sets, or an empty text. */
    static String cookie(HttpResponse<Buffer> answer, String nameStart) {
        return answer.cookies().stream()
                .map(each -> each.split(";", 2)[0])
                .filter(each -> each.startsWith(nameStart) && !each.endsWith("="))
                .findFirst()
                .orElse("");
    }

    /** What the API tells whoever has this answer's session. */
    HttpResponse<Buffer> session(HttpResponse<Buffer> signedIn) {
        return Wait.on(site.request(HttpMethod.GET, "/api/session")
                .putHeader("Cookie", cookie(signedIn, "pulseboard_" + site.port))
                .send());
    }
}
