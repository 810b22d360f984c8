package pulseboard.web;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with HTTP/2. Certificates are renewed while we run, every few weeks as a rule: new files are used for new connections
 * as soon as they are whole, and the open ones go on. Not thread-safe.
 */
final class Tls {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    /** As nginx/snippets/tls.conf: of TLS 1.2 those with forward secrecy and authenticated encryption; 1.3 has no others. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** Of a client far away some tenths of a second. Meanwhile each costs 15 KiB. */
    private static final int HANDSHAKE_SECONDS = 5;

    /** Else a client may have the keys made anew as often as it likes. The JDK reads it when TLS is first used. */
    static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private final TlsConfig config;
    private final Consumer<Channel> accept;
    private String version = "";

    /**
     * Makes it.
     *
     * @param accept told of each connection before TLS is spoken on it; false when it was closed
     */
    Tls(TlsConfig config, Consumer<Channel> accept) {
        System.setProperty(NO_RENEGOTIATION, "true");
        this.config = config;
        this.accept = accept;
    }

    /** Adds to the options of the server what TLS needs. */
    HttpServerOptions apply(HttpServerOptions options) {
        if (!config.isOn()) {
            return options;
        }
        version = version();
        SUITES.forEach(options::addEnabledCipherSuite);
        return options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(files())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslEngineOptions(new Engine(accept));
    }

    private ServerSSLOptions renewed() {
        ServerSSLOptions options = new ServerSSLOptions();
        SUITES.forEach(options::addEnabledCipherSuite);
        options.setKeyCertOptions(files())
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS);
        return options;
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
            server.updateSSLOptions(renewed(), true)
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

    /**
     * The JDK's, with its arithmetic on other threads than that of the viewers. Vert.x tells of a connection only when its
     * handshake is done; a connection is made known here when its handler of TLS is added, which is when it comes.
     */
    private static final class Engine extends JdkSSLEngineOptions {

        private final Consumer<Channel> accept;

        Engine(Consumer<Channel> accept) {
            this.accept = accept;
            setUseWorkerThread(true);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return new DefaultSslContextFactory(SslProvider.JDK, false) {
                @Override
                public SslContext create() throws SSLException {
                    return new Told(super.create(), accept);
                }
            };
        }
    }

    /** Makes handlers that tell when they are added. */
    private static final class Told extends DelegatingSslContext {

        private final Consumer<Channel> accept;

        Told(SslContext context, Consumer<Channel> accept) {
            super(context);
            this.accept = accept;
        }

        @Override
        protected void initEngine(SSLEngine engine) {}

        @Override
        protected SslHandler newHandler(
                ByteBufAllocator allocator, String host, int port, boolean startTls, Executor tasks) {
            return new SslHandler(newEngine(allocator, host, port), startTls, tasks) {
                @Override
                public void handlerAdded(ChannelHandlerContext context) throws Exception {
                    super.handlerAdded(context);
                    accept.accept(context.channel());
                }
            };
        }
    }
}
