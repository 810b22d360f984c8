package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
 * as soon as they are whole, and the open ones go on. Used on one event loop.
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

    /** Takes the files if they are others than before. */
    void refresh(Vertx vertx, HttpServer server) {
        if (config.isOn()) {
            vertx.executeBlocking(this::version)
                    .compose(found -> found.equals(version) ? Future.succeededFuture() : reload(server, found))
                    .onFailure(failure ->
                            LOG.warn("The new certificate is not used, the old one is: {}", failure.toString()));
        }
    }

    /** Once for each version, also of files that are of no use: the next ones have another. */
    private Future<Boolean> reload(HttpServer server, String found) {
        version = found;
        return server.updateSSLOptions(
                        new ServerSSLOptions().setKeyCertOptions(files()).setUseAlpn(true), true)
                .onSuccess(done -> LOG.info("The certificate of {} is used from now on", config.certificateFile()));
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
