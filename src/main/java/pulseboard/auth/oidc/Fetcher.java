package pulseboard.auth.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.OidcConfig;

/**
 * Asks the provider by HTTP: only where nobody on the way can answer for it, in a few seconds, for no more than fits, and no
 * other address that it may name in a redirect. All blocks, and is not for an event loop.
 */
final class Fetcher implements HTTPRequestSender, ResourceRetriever {

    static final int MOST_BYTES = 1 << 19;
    static final int SECONDS = 5;

    private final HttpClient client;

    /** Makes one that trusts the certificates of this file, or those that Java brings if it is empty. */
    Fetcher(Vertx vertx, String caFile) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS))
                .setIdleTimeout(SECONDS);
        client = vertx.createHttpClient(
                caFile.isEmpty() ? options : options.setTrustOptions(new PemTrustOptions().addCertPath(caFile)));
    }

    /** What is at this address, when it answers 200. */
    HTTPResponse get(URL url) throws IOException {
        HTTPResponse response = ask(new HTTPRequest(HTTPRequest.Method.GET, url));
        if (response.getStatusCode() != HTTPResponse.SC_OK) {
            throw new IOException(url + " answers " + response.getStatusCode());
        }
        return response;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        return new Resource(get(url).getBody(), null);
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        return ask(request);
    }

    private HTTPResponse ask(ReadOnlyHTTPRequest request) throws IOException {
        if (!OidcConfig.isSafe(request.getURL().toString())) {
            throw new IOException(request.getURL() + " is not asked: it must be https");
        }
        CompletableFuture<HTTPResponse> answer =
                begin(request).toCompletionStage().toCompletableFuture();
        try {
            return answer.get(2L * SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(request.getURL() + " does not answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException(request.getURL() + " " + reason(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The innermost cause says the most: which certificate is wrong, and not only that TLS failed. */
    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof TimeoutException
                ? "does not answer in time"
                : "cannot be read: " + (cause == null || cause.getMessage() == null ? cause : cause.getMessage());
    }

    /** The name is looked up here, where it may take its time, and anew each time: on the event loop all viewers would wait. */
    private Future<HTTPResponse> begin(ReadOnlyHTTPRequest request) throws IOException {
        URL url = request.getURL();
        String address = InetAddress.getByName(url.getHost()).getHostAddress();
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(
                        url.getPort() < 0 ? url.getDefaultPort() : url.getPort(), address))
                .setMethod(HttpMethod.valueOf(request.getMethod().name()))
                .setFollowRedirects(false)
                .setAbsoluteURI(request.getURL().toString());
        request.getHeaderMap().forEach((name, values) -> options.putHeader(name, String.join(", ", values)));
        String body = request.getBody();
        return client.request(options)
                .compose(asked -> finish(asked, Buffer.buffer(body == null ? "" : body))
                        .timeout(SECONDS, TimeUnit.SECONDS)
                        .onFailure(failure -> asked.reset()));
    }

    private static Future<HTTPResponse> finish(HttpClientRequest request, Buffer body) {
        return request.send(body).compose(response -> read(response).compose(text -> convert(response, text)));
    }

    private static Future<String> read(HttpClientResponse response) {
        Promise<String> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(body.toString()))
                .handler(part -> {
                    body.appendBuffer(part);
                    if (body.length() > MOST_BYTES) {
                        whole.tryFail("is longer than " + MOST_BYTES + " bytes");
                    }
                });
        return whole.future();
    }

    private static Future<HTTPResponse> convert(HttpClientResponse response, String body) {
        HTTPResponse converted = new HTTPResponse(response.statusCode());
        converted.setBody(body);
        String type = response.getHeader("Content-Type");
        try {
            if (type != null) {
                converted.setContentType(type);
            }
            return Future.succeededFuture(converted);
        } catch (ParseException e) {
            return Future.failedFuture("has a content type that says nothing");
        }
    }
}
