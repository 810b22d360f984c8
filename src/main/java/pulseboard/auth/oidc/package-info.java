/**
 * Asks an OpenID Connect provider who somebody is: authorisation code flow with PKCE, and an ID token that is checked. The
 * protocol and all cryptography are Nimbus's; nothing of it is loaded until a provider is configured. Nothing here knows our own
 * HTTP side.
 *
 * <p>Settings: {@code oidc.*}.
 */
@NullMarked
package pulseboard.auth.oidc;

import org.jspecify.annotations.NullMarked;
