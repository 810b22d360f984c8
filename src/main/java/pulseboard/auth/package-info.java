/**
 * Who may see and do what: users with roles, tokens with scopes, and the file that keeps them. A browser that signed in holds a
 * token, too, in a cookie; so there is one way to be known, to expire and to be thrown out. Nothing here knows HTTP.
 *
 * <p>Settings: {@code auth.*}.
 */
@NullMarked
package pulseboard.auth;

import org.jspecify.annotations.NullMarked;
