package pulseboard.web;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Settings of TLS, for those who have no proxy that speaks it.
 *
 * @param certificateFile certificate chain, PEM; empty: plain HTTP
 * @param keyFile private key of the certificate, PEM (PKCS #8 or PKCS #1)
 */
public record TlsConfig(String certificateFile, String keyFile) {

    /** What is used unless somebody says otherwise. */
    public static final TlsConfig DEFAULT = new TlsConfig("", "");

    /** Checks every value. */
    public TlsConfig {
        if (certificateFile.isEmpty() != keyFile.isEmpty()) {
            throw new IllegalArgumentException((keyFile.isEmpty() ? "tls.keyFile" : "tls.certificateFile")
                    + " is missing: TLS needs both a certificate and its key");
        }
    }

    /**
     * Looks for the files, which are those of the machine that serves.
     *
     * @throws IllegalArgumentException when one cannot be read
     */
    public void requireFiles() {
        if (isOn()) {
            requireReadable("tls.certificateFile", certificateFile);
            requireReadable("tls.keyFile", keyFile);
        }
    }

    private static void requireReadable(String key, String file) {
        if (!Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException(key + " must be a file that this user can read, not " + file);
        }
    }

    /** Whether there is a certificate. */
    public boolean isOn() {
        return !certificateFile.isEmpty();
    }
}
