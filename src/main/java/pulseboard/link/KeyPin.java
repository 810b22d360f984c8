package pulseboard.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The key of a server that is trusted, and no other, whoever vouches for its certificate: {@code sha256/…}, the hash of its public
 * key as in <a href="https://www.rfc-editor.org/rfc/rfc7469#section-2.4">RFC 7469, section 2.4</a>. For servers whose certificate
 * nobody vouches for.
 *
 * @param text as it is written
 */
public record KeyPin(String text) {

    private static final Pattern FORM = Pattern.compile("sha256/[A-Za-z0-9+/]{43}=");

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException when it is none
     */
    public KeyPin {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a pin is sha256/ and 44 characters, as \"pulseboard fleet invite\" prints it, not " + text);
        }
    }

    /** That of a certificate. */
    public static KeyPin of(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return new KeyPin("sha256/" + Base64.getEncoder().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    /** Trusts a server with this key, and nobody else. */
    public TrustManager trustManager() {
        return new Pinned(this);
    }

    /** The same for Java's own clients. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    /** Java's own check of the server's name is part of its own trust manager, so that there is none here. */
    private static final class Pinned extends X509ExtendedTrustManager {

        private final KeyPin pin;

        Pinned(KeyPin pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            KeyPin shown = of(chain[0]);
            if (!shown.equals(pin)) {
                throw new CertificateException("the server has another key than the one that is pinned: " + shown.text);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
