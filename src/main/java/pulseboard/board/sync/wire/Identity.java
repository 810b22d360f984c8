package pulseboard.board.sync.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Who a machine is: a key and a certificate that it has signed itself. Others know it by the SHA-256 of that certificate, and by nothing
 * else: no name, no authority. Immutable.
 */
public final class Identity {

    private static final char[] NO_PASSWORD = new char[0];

    private final PrivateKey key;
    private final X509Certificate certificate;

    private Identity(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * The identity that is kept in this folder; the first time it is made. The files are for their owner only.
     *
     * @throws IOException when they cannot be read or written
     */
    public static Identity in(Path folder) throws IOException {
        Path keyFile = folder.resolve("identity.key");
        Path certificateFile = folder.resolve("identity.crt");
        try {
            if (Files.exists(keyFile) && Files.exists(certificateFile)) {
                PrivateKey key = KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(keyFile)));
                return new Identity(key, certificate(Files.readAllBytes(certificateFile)));
            }
            Identity made = make();
            Files.createDirectories(folder);
            write(keyFile, made.key.getEncoded());
            write(certificateFile, made.certificate.getEncoded());
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("the identity in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes);
    }

    /** A new one, of nobody yet. */
    public static Identity make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return new Identity(pair.getPrivate(), certificate(SelfSigned.certificate(pair)));
    }

    private static X509Certificate certificate(byte[] bytes) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    /** What others know it by: 64 hexadecimal digits. */
    public String id() {
        return id(certificate);
    }

    /** The same of any certificate. */
    public static String id(Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For TLS: this identity is shown. */
    public KeyManager[] keyManagers() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("identity", key, NO_PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** For TLS: whoever has one of these identities is let in, and nobody else. */
    public SSLContext context(Predicate<String> isKnown) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keyManagers(), new TrustManager[] {new Pinned(isKnown)}, null);
        return context;
    }

    /** Trusts certificates by what they are, whoever has signed them. */
    public static X509TrustManager pinned(Predicate<String> isKnown) {
        return new Pinned(isKnown);
    }

    private record Pinned(Predicate<String> isKnown) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!isKnown.test(id(chain[0]))) {
                throw new CertificateException("nobody here knows the machine " + id(chain[0]));
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Eight groups, so that people can compare them. */
    public static String inGroups(String id) {
        return id.replaceAll("(.{8})(?!$)", "$1-");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
