package pulseboard.auth;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for people that have no password here: an OpenID Connect provider, or a proxy by a header. What came from one that
 * the settings name no more, or name otherwise, counts for nothing; and nobody has more than the settings allow by now. Any
 * thread may ask.
 */
final class Voucher {

    /** Before the names of those who sign in with a provider; no user of ours has a colon. */
    static final String OIDC = "oidc:";

    /** Before the names of those whom a proxy lets in. */
    static final String PROXY = "proxy:";

    private final AuthConfig config;
    private final OidcConfig oidc;

    Voucher(AuthConfig config, OidcConfig oidc) {
        this.config = config;
        this.oidc = oidc;
    }

    /** Whom a proxy names. */
    Identity byHeader(String name) {
        return new Identity(PROXY + name, roleOfHeader().scopes(), null);
    }

    private Role roleOfHeader() {
        return Role.of(config.userHeaderRole()).orElse(Role.VIEWER);
    }

    /** What is kept with a token of this user: the provider's address or the header's name; null for users of our own. */
    @Nullable
    String of(@Nullable String user) {
        if (user == null || !Accounts.isForeign(user)) {
            return null;
        }
        return user.startsWith(OIDC) ? oidc.issuer() : config.userHeader();
    }

    /** The same with what is still vouched for; empty when nobody vouches for it. Tokens of before have no word of whom that was. */
    Optional<Identity> limit(Identity who, @Nullable Token token) {
        String now = token == null ? "" : of(token.user());
        if (now == null) {
            return Optional.of(who);
        }
        if (now.isEmpty()
                || token == null
                || !Objects.requireNonNullElse(token.via(), now).equals(now)) {
            return Optional.empty();
        }
        Identity most = new Identity(
                who.name(),
                who.name().startsWith(OIDC) ? ofProvider() : roleOfHeader().scopes(),
                null);
        Set<String> left = new HashSet<>(who.scopes());
        left.removeIf(scope -> !most.covers(scope));
        return left.isEmpty() ? Optional.empty() : Optional.of(new Identity(who.name(), left, who.tokenId()));
    }

    /** The most that somebody may who signs in with the provider. */
    private Set<String> ofProvider() {
        Set<String> all = new HashSet<>();
        Arrays.stream(Role.values()).filter(oidc::isGiven).forEach(role -> all.addAll(role.scopes()));
        return all;
    }
}
