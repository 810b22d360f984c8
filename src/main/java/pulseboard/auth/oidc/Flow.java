package pulseboard.auth.oidc;

/**
 * A sign-in that has begun in a browser, and what has to come back to end it. It is good for one answer only.
 *
 * @param address where the browser is sent; empty once it has been
 * @param state what the provider hands back to the browser
 * @param nonce what the ID token has to hold
 * @param verifier what proves to the provider that whoever has the code has begun it (PKCE)
 */
public record Flow(String address, String state, String nonce, String verifier) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Flow[]";
    }
}
