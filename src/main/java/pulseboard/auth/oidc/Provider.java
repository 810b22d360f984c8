package pulseboard.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.OidcConfig;
import pulseboard.auth.Role;

/** The provider that the settings name. Any thread may ask; all blocks, for some seconds if need be. */
public final class Provider {

    private final OidcConfig config;
    private final Fetcher fetcher;
    private final LongSupplier clock;
    private final ClientID client;
    private final URI callback;
    private volatile @Nullable Discovered discovered;

    /**
     * Asks nothing yet.
     *
     * @param clock Unix milliseconds
     */
    public Provider(Vertx vertx, OidcConfig config, LongSupplier clock) {
        this.config = config;
        this.fetcher = new Fetcher(vertx, config.caFile());
        this.clock = clock;
        this.client = new ClientID(config.clientId());
        this.callback = URI.create(config.callback());
    }

    /** Begins a sign-in. */
    public Flow begin() throws Refusal {
        try {
            State state = new State();
            Nonce nonce = new Nonce();
            CodeVerifier verifier = new CodeVerifier();
            Scope scope = new Scope(config.scopes().toArray(String[]::new));
            URI address = new AuthenticationRequest.Builder(ResponseType.CODE, scope, client, callback)
                    .endpointURI(discovered().authorization())
                    .state(state)
                    .nonce(nonce)
                    .codeChallenge(verifier, CodeChallengeMethod.S256)
                    .build()
                    .toURI();
            return new Flow(address.toString(), state.getValue(), nonce.getValue(), verifier.getValue());
        } catch (IOException | GeneralException | IllegalArgumentException e) {
            throw failed(e);
        }
    }

    /**
     * Ends a sign-in.
     *
     * @param flow what this browser began
     * @param answer the parameters with which the provider sent it back
     */
    public Person finish(Flow flow, Map<String, List<String>> answer) throws Refusal {
        try {
            Discovered known = discovered();
            OIDCTokens tokens = exchange(known, flow, code(known, flow, answer));
            IDTokenClaimsSet token = known.validator().validate(tokens.getIDToken(), new Nonce(flow.nonce()));
            if (token.getAuthorizedParty() != null
                    && !token.getAuthorizedParty().getValue().equals(client.getValue())) {
                throw new Refusal(Refusal.Kind.FAILED, "the ID token was made for another client (azp)");
            }
            return person(known, Claims.of(token), tokens);
        } catch (IOException | GeneralException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw failed(e);
        }
    }

    private static Refusal failed(Exception e) {
        return new Refusal(Refusal.Kind.FAILED, String.valueOf(e.getMessage()));
    }

    /** Providers seldom change, but do; keys are another matter and looked up anew as soon as there is an unknown one. */
    private Discovered discovered() throws IOException, GeneralException {
        Discovered known = discovered;
        if (known == null || known.isOldAt(clock.getAsLong())) {
            known = Discovered.by(fetcher, config, clock.getAsLong());
            discovered = known;
        }
        return known;
    }

    private AuthorizationCode code(Discovered known, Flow flow, Map<String, List<String>> answer)
            throws Refusal, GeneralException {
        AuthenticationResponse response = AuthenticationResponseParser.parse(callback, answer);
        if (response.getState() == null || !response.getState().getValue().equals(flow.state())) {
            throw new Refusal(Refusal.Kind.FAILED, "the state is not the one that this browser was given");
        }
        known.requireIssuer(response.getIssuer());
        if (response.indicatesSuccess()) {
            return response.toSuccessResponse().getAuthorizationCode();
        }
        ErrorObject error = response.toErrorResponse().getErrorObject();
        boolean isDenied = OAuth2Error.ACCESS_DENIED.equals(error);
        throw new Refusal(isDenied ? Refusal.Kind.DENIED : Refusal.Kind.FAILED, "the provider answers " + text(error));
    }

    private static String text(@Nullable ErrorObject error) {
        return error == null ? "an error" : error.getCode() + ": " + error.getDescription();
    }

    private OIDCTokens exchange(Discovered known, Flow flow, AuthorizationCode code)
            throws Refusal, IOException, GeneralException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, callback, new CodeVerifier(flow.verifier()));
        ClientAuthentication secret = authentication(known);
        TokenRequest.Builder request = secret == null
                ? new TokenRequest.Builder(known.token(), client, grant)
                : new TokenRequest.Builder(known.token(), secret, grant);
        TokenResponse response =
                OIDCTokenResponseParser.parse(request.build().toHTTPRequest().send(fetcher));
        if (!response.indicatesSuccess()) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    "the provider takes the code not: "
                            + text(response.toErrorResponse().getErrorObject()));
        }
        return (OIDCTokens) response.toSuccessResponse().getTokens();
    }

    private @Nullable ClientAuthentication authentication(Discovered known) {
        Secret secret = new Secret(config.secret());
        if (secret.getValue().isEmpty()) {
            return null;
        }
        List<ClientAuthenticationMethod> methods = known.authenticationMethods();
        return methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        || !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                ? new ClientSecretBasic(client, secret)
                : new ClientSecretPost(client, secret);
    }

    private Person person(Discovered known, Claims token, OIDCTokens tokens)
            throws Refusal, IOException, GeneralException {
        Claims claims = token;
        if (known.userInfo() != null && !(token.has(config.nameClaim()) && token.has(config.groupsClaim()))) {
            claims = token.or(userInfo(known.userInfo(), tokens));
        }
        String name = claims.name(config.nameClaim());
        Claims found = claims;
        Role role = config.role(claims.texts(config.groupsClaim()))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.DENIED,
                        name + " is in no group that may sign in; " + config.groupsClaim() + " is "
                                + found.texts(config.groupsClaim())));
        return new Person(name, role);
    }

    /** Many providers put into the ID token only what they must. */
    private Claims userInfo(URI address, OIDCTokens tokens) throws Refusal, IOException, GeneralException {
        UserInfoResponse response = UserInfoResponse.parse(new UserInfoRequest(address, tokens.getAccessToken())
                .toHTTPRequest()
                .send(fetcher));
        UserInfo info =
                response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
        if (info == null) {
            throw new Refusal(Refusal.Kind.FAILED, address + " does not tell about the user, or not as JSON");
        }
        return Claims.of(info);
    }
}
