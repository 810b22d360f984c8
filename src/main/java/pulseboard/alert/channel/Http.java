package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to where people told to: one connection each, to an address that was looked up once and checked, without following
 * redirects, and no longer than {@link #SECONDS}. Used on one event loop.
 */
final class Http {

    /** How long all of it may take. */
    static final int SECONDS = 10;

    /** What is read of an answer, at most. */
    static final int ANSWER_BYTES = 64 << 10;

    private static final int SECURE_PORT = 443;
    private static final int PLAIN_PORT = 80;

    private final Vertx vertx;
    private final ChannelContext context;
    private final AddressRules rules;
    private final String caFile;
    private @Nullable HttpClient client;

    /**
     * Makes it; nothing is opened yet.
     *
     * @param caFile certificates (PEM) that vouch for servers instead of those that Java knows; or empty
     */
    Http(Vertx vertx, ChannelContext context, AddressRules rules, String caFile) {
        this.vertx = vertx;
        this.context = context;
        this.rules = rules;
        this.caFile = caFile;
    }

    /**
     * What to send.
     *
     * @param secrets what must not be told again, wherever it comes back
     */
    record Request(HttpMethod method, URI address, Map<String, String> headers, Buffer body, List<String> secrets) {

        int port() {
            int port = address.getPort();
            return port >= 0 ? port : isSecure() ? SECURE_PORT : PLAIN_PORT;
        }

        boolean isSecure() {
            return "https".equals(address.getScheme());
        }

        /** An address of IPv6 stands in brackets in an address of the web. */
        String host() {
            return address.getHost().replaceAll("[\\[\\]]", "");
        }

        /** What may be told of the address: a path or a query may be secret. */
        String server() {
            return host() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        }
    }

    /**
     * What came back.
     *
     * @param text the first {@link #ANSWER_BYTES} of it
     * @param secrets what must not be told of it
     */
    record Answer(HttpClientResponse response, String text, List<String> secrets) {

        int status() {
            return response.statusCode();
        }

        /** Status and first words, in one line. */
        String told() {
            String words = Texts.answer(text, secrets);
            String status = Texts.answer(status() + " " + response.statusMessage(), secrets);
            return Texts.cut(words.isEmpty() ? status : status + ": " + words, Texts.ANSWER_CHARACTERS);
        }
    }

    /** Sends and returns the answer, whatever its status. Fails with a {@link ChannelFailure} when there is none. */
    Future<Answer> send(Request request) {
        Exchange exchange = new Exchange(request);
        return addresses(request)
                .compose(addresses -> exchange.connect(addresses, 0))
                .compose(exchange::answer)
                .timeout(SECONDS, TimeUnit.SECONDS)
                .onFailure(failure -> exchange.end())
                .recover(failure -> Future.failedFuture(told(request, failure)));
    }

    /** The same, and takes only a success for one. */
    Future<String> deliver(Request request) {
        return send(request).compose(answer -> {
            Optional<ChannelFailure> refusal =
                    Refusals.of(answer, request.server(), context.milliseconds().getAsLong());
            return refusal.isEmpty() ? Future.succeededFuture(answer.told()) : Future.failedFuture(refusal.get());
        });
    }

    /** Closes what is open. */
    void close() {
        if (client != null) {
            Future<Void> unused = client.close();
        }
    }

    /** On a thread that may wait, by the system's own means. One that may not be is reason enough to send nothing at all. */
    private Future<List<InetAddress>> addresses(Request request) {
        return vertx.executeBlocking(
                () -> {
                    List<InetAddress> all = List.of(context.lookup().all(request.host()));
                    for (InetAddress address : all) {
                        Optional<String> objection = rules.objection(address);
                        if (objection.isPresent()) {
                            throw new ChannelFailure(request.server() + ": " + objection.get(), false, 0);
                        }
                    }
                    return all;
                },
                false);
    }

    private HttpClient client() {
        if (client == null) {
            HttpClientOptions options = new HttpClientOptions()
                    .setVerifyHost(true)
                    .setKeepAlive(false)
                    .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS))
                    .setIdleTimeout(SECONDS);
            if (!caFile.isEmpty()) {
                options.setTrustOptions(new PemTrustOptions().addCertPath(caFile));
            }
            client = vertx.createHttpClient(options);
        }
        return client;
    }

    private ChannelFailure told(Request request, Throwable failure) {
        if (failure instanceof ChannelFailure already) {
            return already;
        }
        String what = failure instanceof TimeoutException
                ? "no answer within " + SECONDS + " s"
                : failure instanceof UnknownHostException
                        ? "no such name"
                        : Texts.answer(String.valueOf(failure.getMessage()), request.secrets());
        boolean isTrust = failure instanceof SSLException || failure.getCause() instanceof SSLException;
        String mend = isTrust ? "; a certificate of an authority of one's own is named as caFile" : "";
        return new ChannelFailure(request.server() + ": " + what + mend, false, 0);
    }

    /** One request and its answer. */
    private final class Exchange {

        private final Request request;
        private @Nullable HttpClientRequest open;

        Exchange(Request request) {
            this.request = request;
        }

        /** To the first address that can be reached. */
        Future<HttpClientRequest> connect(List<InetAddress> addresses, int index) {
            String address = addresses.get(index).getHostAddress();
            RequestOptions options = new RequestOptions()
                    .setMethod(request.method())
                    .setServer(SocketAddress.inetSocketAddress(request.port(), address))
                    .setHost(request.host())
                    .setPort(request.port())
                    .setSsl(request.isSecure())
                    .setURI(target())
                    .setFollowRedirects(false)
                    .putHeader("User-Agent", "pulseboard");
            request.headers().forEach(options::putHeader);
            Future<HttpClientRequest> connected = client().request(options);
            return index + 1 < addresses.size()
                    ? connected.recover(failure -> connect(addresses, index + 1))
                    : connected;
        }

        private String target() {
            String path = request.address().getRawPath();
            String query = request.address().getRawQuery();
            return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        }

        Future<Answer> answer(HttpClientRequest connected) {
            open = connected;
            return connected.send(request.body()).compose(this::read);
        }

        /** What is longer is not waited for. */
        private Future<Answer> read(HttpClientResponse response) {
            Buffer text = Buffer.buffer();
            Promise<Answer> done = Promise.promise();
            response.handler(part -> {
                text.appendBuffer(part, 0, Math.min(part.length(), ANSWER_BYTES - text.length()));
                if (text.length() >= ANSWER_BYTES && done.tryComplete(answer(response, text))) {
                    end();
                }
            });
            response.exceptionHandler(done::tryFail);
            response.endHandler(end -> done.tryComplete(answer(response, text)));
            return done.future();
        }

        private Answer answer(HttpClientResponse response, Buffer text) {
            return new Answer(response, text.toString(StandardCharsets.UTF_8), new ArrayList<>(request.secrets()));
        }

        void end() {
            if (open != null) {
                Future<Void> unused = open.connection().close();
            }
        }
    }
}
