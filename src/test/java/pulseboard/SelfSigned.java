package pulseboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for one address, signed by itself, and its key; both PEM. */
public record SelfSigned(Path certificate, Path key) {

    /** Makes a new one, by the JDK's keytool; takes the place of one that is in this folder. */
    public static SelfSigned in(Path folder, String address)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(folder, address, "IP:" + address);
    }

    /** The same for a name. */
    public static SelfSigned forName(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(folder, name, "DNS:" + name);
    }

    private static SelfSigned make(Path folder, String name, String alternative)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("own.p12");
        Files.deleteIfExists(store);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + alternative);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        // The certificate last: who waits for both to change looks at it.
        Path key = write(
                folder.resolve("own.key"),
                "PRIVATE KEY",
                keys.getKey("a", "changeit".toCharArray()).getEncoded());
        return new SelfSigned(
                write(
                        folder.resolve("own.pem"),
                        "CERTIFICATE",
                        keys.getCertificate("a").getEncoded()),
                key);
    }

    /** What the file of the certificate holds. */
    public Certificate read() throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(certificate)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    /** For a server, with the last one that was made in a folder. */
    public static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        char[] password = "changeit".toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(folder.resolve("own.p12").toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A new key of RSA, PEM; a short one, for it secures nothing. */
    public static String rsaKey() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(1_024);
            return pem("PRIVATE KEY", pairs.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, String kind, byte[] der) throws IOException {
        return Files.writeString(file, pem(kind, der));
    }

    private static String pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }
}
