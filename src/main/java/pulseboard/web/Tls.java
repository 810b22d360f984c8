package pulseboard.web;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with HTTP/2. Certificates are renewed while we run, every few weeks as a rule: new files are used for new connections
 * as soon as they are whole, and the open ones go on. Not thread-safe.
 */
final class Tls {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final TlsConfig config;
    private String version = "";

    Tls(TlsConfig config) {
        this.config = config;
    }

    /** Adds to the options of the server what TLS needs. */
    HttpServerOptions apply(HttpServerOptions options) {
        if (!config.isOn()) {
            return options;
        }
        version = version();
        return options.setSsl(true).setUseAlpn(true).setKeyCertOptions(files());
    }

    private PemKeyCertOptions files() {
        return new PemKeyCertOptions().setCertPath(config.certificateFile()).setKeyPath(config.keyFile());
    }

    boolean isOn() {
        return config.isOn();
    }

    /** Takes the files if they are others than before; once for each version, also of files that are of no use. Blocks. */
    void refresh(HttpServer server) {
        if (!config.isOn()) {
            return;
        }
        String found = version();
        if (!found.equals(version)) {
            version = found;
            server.updateSSLOptions(
                            new ServerSSLOptions().setKeyCertOptions(files()).setUseAlpn(true), true)
                    .onSuccess(done -> LOG.info("The certificate of {} is used from now on", config.certificateFile()))
                    .onFailure(failure ->
                            LOG.warn("The new certificate is not used, the old one is: {}", failure.toString()));
        }
    }

    private String version() {
        StringBuilder text = new StringBuilder();
        for (String file : List.of(config.certificateFile(), config.keyFile())) {
            try {
                text.append(Files.getLastModifiedTime(Path.of(file)))
                        .append(Files.size(Path.of(file)))
                        .append(' ');
            } catch (IOException e) {
                return version; // Being replaced.
            }
        }
        return text.toString();
    }
}
