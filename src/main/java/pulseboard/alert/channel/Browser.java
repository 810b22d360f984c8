package pulseboard.alert.channel;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** A browser that wants to be told by web push: where its push service takes messages for it, and what they are encrypted with. */
final class Browser {

    private static final int MOST_ADDRESS = 1_000;
    private static final String HTTPS = "https";

    private final String user;
    private final URI endpoint;
    private final byte[] key;
    private final byte[] auth;

    private Browser(String user, URI endpoint, byte[] key, byte[] auth) {
        this.user = user;
        this.endpoint = endpoint;
        this.key = key;
        this.auth = auth;
    }

    /**
     * Reads what a browser says of itself, as {@code PushSubscription.toJSON()} does.
     *
     * @throws IllegalArgumentException when it cannot be sent to, one line
     */
    static Browser of(String user, JsonObject json) {
        String address = json.getString("endpoint", "");
        if (address.length() > MOST_ADDRESS || !ChannelSettings.isAddress(address)) {
            throw new IllegalArgumentException("endpoint must be the address of a push service");
        }
        byte[] key = bytes(json, "p256dh");
        byte[] auth = bytes(json, "auth");
        try {
            PushCrypto.key(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("p256dh must be the key that the browser made", e);
        }
        if (auth.length != PushCrypto.AUTH_BYTES) {
            throw new IllegalArgumentException("auth must be what the browser made");
        }
        return new Browser(user, URI.create(address), key, auth);
    }

    private static byte[] bytes(JsonObject json, String name) {
        try {
            return Base64.getUrlDecoder().decode(json.getString(name, ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be base64url", e);
        }
    }

    JsonObject toJson() {
        return JsonObject.of("user", user, "endpoint", endpoint.toString())
                .put("p256dh", PushCrypto.base64(key))
                .put("auth", PushCrypto.base64(auth));
    }

    String user() {
        return user;
    }

    URI endpoint() {
        return endpoint;
    }

    boolean isSecure() {
        return HTTPS.equals(endpoint.getScheme());
    }

    byte[] key() {
        return key.clone();
    }

    byte[] auth() {
        return auth.clone();
    }
}
