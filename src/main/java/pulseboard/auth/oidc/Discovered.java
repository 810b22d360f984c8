package pulseboard.auth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.OidcConfig;

/**
 * What a provider tells of itself, see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">discovery</a>.
 *
 * @param metadata all of it
 * @param validator what checks its ID tokens
 * @param foundAt Unix milliseconds
 */
record Discovered(OIDCProviderMetadata metadata, IDTokenValidator validator, long foundAt) {

    private static final long GOOD_MILLISECONDS = TimeUnit.HOURS.toMillis(1);

    /** Signatures that only the provider can make: neither "none", nor one made with a secret that others have, too. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    static Discovered by(Fetcher fetcher, OidcConfig config, long now) throws IOException, GeneralException {
        Issuer issuer = new Issuer(config.issuer());
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(
                fetcher.get(OIDCProviderMetadata.resolveURL(issuer)).getBodyAsJSONObject());
        if (!metadata.getIssuer().equals(issuer)) {
            throw new IOException("oidc.issuer is " + issuer + ", but the provider there calls itself "
                    + metadata.getIssuer() + "; the two have to be the same");
        }
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        required(metadata.getJWKSetURI(), "jwks_uri").toURL(), fetcher)
                .refreshAheadCache(false) // It would need a thread of its own.
                .build();
        return new Discovered(
                metadata,
                new IDTokenValidator(
                        issuer,
                        new ClientID(config.clientId()),
                        new JWSVerificationKeySelector<>(ALGORITHMS, keys),
                        null),
                now);
    }

    private static URI required(@Nullable URI address, String name) throws IOException {
        if (address == null || !OidcConfig.isSafe(address.toString())) {
            throw new IOException("the provider's " + name + " must be an https address, not " + address);
        }
        return address;
    }

    boolean isOldAt(long now) {
        return now - foundAt > GOOD_MILLISECONDS;
    }

    /** Where browsers are sent. */
    URI authorization() throws IOException {
        return required(metadata.getAuthorizationEndpointURI(), "authorization_endpoint");
    }

    /** Where a code is given for tokens. */
    URI token() throws IOException {
        return required(metadata.getTokenEndpointURI(), "token_endpoint");
    }

    /** Where the user's claims are, if there is such a place. */
    @Nullable
    URI userInfo() {
        return metadata.getUserInfoEndpointURI();
    }

    /** How clients may show their secret; nothing said means {@code client_secret_basic}. */
    List<ClientAuthenticationMethod> authenticationMethods() {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        return methods == null ? List.of() : methods;
    }

    /** Whoever answers says who it is (<a href="https://www.rfc-editor.org/rfc/rfc9207">RFC 9207</a>), if it can. */
    void requireIssuer(@Nullable Issuer told) throws Refusal {
        boolean isRight =
                told == null ? !metadata.supportsAuthorizationResponseIssuerParam() : told.equals(metadata.getIssuer());
        if (!isRight) {
            throw new Refusal(Refusal.Kind.FAILED, "the answer comes from another provider: " + told);
        }
    }
}
