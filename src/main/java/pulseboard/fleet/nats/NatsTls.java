package pulseboard.fleet.nats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to believe that they are the NATS servers that they say. */
final class NatsTls {

    private NatsTls() {}

    /**
     * Those whose certificates these vouch for, under the name that was dialled.
     *
     * @param caFile PEM; empty: those of Java
     */
    static SSLContext trusting(String caFile) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(caFile.isEmpty() ? null : in(Path.of(caFile)));
            X509ExtendedTrustManager found = Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("this Java trusts nobody"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new CheckedName(found)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("nats.caFile: " + caFile + " holds no certificates: " + e.getMessage(), e);
        }
    }

    private static @Nullable KeyStore in(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry(Integer.toString(++number), each);
            }
            if (number == 0) {
                throw new GeneralSecurityException("it is empty");
            }
        }
        return store;
    }
}
