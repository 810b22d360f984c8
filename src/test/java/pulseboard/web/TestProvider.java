package pulseboard.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A provider that keeps to the protocol, but for what a test tells it to do wrong. It ends with its Vert.x. */
final class TestProvider {

    static final String CLIENT = "board";
    static final String SECRET = "not-to-be-seen";

    /** What makes a token of claims. */
    interface Signing {
        String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException;
    }

    final String issuer;
    /** All that clients sent for tokens. */
    final List<MultiMap> forms = new CopyOnWriteArrayList<>();
    /** The passwords that clients showed for tokens. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    volatile RSAKey key = newKey("first");
    volatile RSAKey published = key;
    volatile Signing signing = TestProvider::sign;
    volatile Consumer<JWTClaimsSet.Builder> claims = builder -> builder.claim("groups", List.of("staff"));
    volatile JsonObject metadata = new JsonObject();
    volatile JsonObject userInfo = JsonObject.of("sub", "1");
    volatile Consumer<HttpServerRequest> token = this::giveToken;

    private final Map<String, MultiMap> codes = new ConcurrentHashMap<>();
    private final HttpServer server;

    TestProvider(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    TestProvider(Vertx vertx, HttpServerOptions options) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0)).requestHandler(this::answer);
        Wait.on(server.listen());
        issuer = (options.isSsl() ? "https" : "http") + "://127.0.0.1:" + server.actualPort() + "/realm";
    }

    void stop() {
        Wait.on(server.close());
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        return sign(claims, key.getKeyID(), JWSAlgorithm.RS256, new RSASSASigner(key));
    }

    static String sign(JWTClaimsSet claims, String keyId, JWSAlgorithm algorithm, JWSSigner signer)
            throws JOSEException {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/realm/.well-known/openid-configuration" -> json(request, 200, describe());
            case "/realm/authorize" -> authorize(request);
            case "/realm/token" -> request.setExpectMultipart(true).endHandler(end -> token.accept(request));
            case "/realm/jwks" -> json(request, 200, new JsonObject(new JWKSet(published).toString()));
            case "/realm/userinfo" -> json(request, 200, userInfo);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private JsonObject describe() {
        return new JsonObject()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/authorize")
                .put("token_endpoint", issuer + "/token")
                .put("jwks_uri", issuer + "/jwks")
                .put("response_types_supported", JsonArray.of("code"))
                .put("subject_types_supported", JsonArray.of("public"))
                .put("id_token_signing_alg_values_supported", JsonArray.of("RS256"))
                .mergeIn(metadata);
    }

    private void authorize(HttpServerRequest request) {
        MultiMap asked = request.params();
        if (!"code".equals(asked.get("response_type"))
                || !CLIENT.equals(asked.get("client_id"))
                || !"S256".equals(asked.get("code_challenge_method"))) {
            request.response().setStatusCode(400).end();
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String back = asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
        request.response().setStatusCode(302).putHeader("Location", back).end();
    }

    /** What is wrong is refused, as the protocol says. */
    private void giveToken(HttpServerRequest request) {
        MultiMap form = request.formAttributes();
        forms.add(form);
        authorizations.add(String.valueOf(request.getHeader("Authorization")));
        MultiMap asked = codes.remove(String.valueOf(form.get("code")));
        String password = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (asked == null
                || !asked.get("code_challenge").equals(challenge(String.valueOf(form.get("code_verifier"))))
                || !asked.get("redirect_uri").equals(form.get("redirect_uri"))) {
            json(request, 400, JsonObject.of("error", "invalid_grant"));
        } else if (!("Basic " + password).equals(request.getHeader("Authorization"))) {
            json(request, 401, JsonObject.of("error", "invalid_client"));
        } else {
            json(request, 200, JsonObject.of("access_token", "a", "token_type", "Bearer", "id_token", idToken(asked)));
        }
    }

    private String idToken(MultiMap asked) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("1")
                .audience(CLIENT)
                .claim("iat", Instant.now().getEpochSecond())
                .claim("exp", Instant.now().getEpochSecond() + 300)
                .claim("nonce", asked.get("nonce"))
                .claim("preferred_username", "alice");
        claims.accept(builder);
        try {
            return signing.sign(builder.build(), key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
