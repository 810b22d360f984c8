package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for messages of a SockJS session. Two things that Vert.x does with it end sessions, and are kept from
 * happening here: it closes the connection of each that is answered (<a
 * href="https://github.com/vert-x3/vertx-web/issues/2862">its issue 2862</a>), so that what the client or a proxy sends on it
 * at that moment is lost, and with HTTP/2 all other requests on it; and with HTTP/2 it takes the end of an answer for a viewer
 * that went away.
 */
final class Poll extends HttpServerRequestWrapper {

    private final HttpConnection connection;
    private final HttpServerResponse response;

    private Poll(HttpServerRequestInternal request) {
        super(request);
        connection = proxy(HttpConnection.class, new StaysOpen(request.connection()));
        response = proxy(HttpServerResponse.class, new HearsOfGoneViewers(request.response()));
    }

    /** Hands on all requests, and polls as this. */
    static Handler<HttpServerRequest> guarded(Handler<HttpServerRequest> requests) {
        return request -> requests.handle(isPoll(request) ? new Poll((HttpServerRequestInternal) request) : request);
    }

    private static boolean isPoll(HttpServerRequest request) {
        String path = request.path();
        return path != null
                && path.startsWith("/eventbus/")
                && (path.endsWith("/xhr") || path.endsWith("/xhr_streaming"))
                && request.method().equals(HttpMethod.POST);
    }

    /** The connection of any request as Vert.x made it. */
    static HttpConnection connectionOf(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        return Proxy.isProxyClass(connection.getClass())
                        && Proxy.getInvocationHandler(connection) instanceof StaysOpen proxy
                ? proxy.connection
                : connection;
    }

    @Override
    public HttpConnection connection() {
        return connection;
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** Passes on every call but {@link HttpConnection#close()}. */
    private record StaysOpen(HttpConnection connection) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            return method.getName().equals("close") ? Future.succeededFuture() : call(connection, method, arguments);
        }
    }

    /** Passes on every call, but tells {@link HttpServerResponse#closeHandler} nothing once the answer has ended. */
    private record HearsOfGoneViewers(HttpServerResponse response) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("closeHandler")
                    && arguments != null
                    && arguments[0] instanceof Handler<?> gone) {
                return response.closeHandler(closed -> {
                    if (!response.ended()) {
                        gone.handle(null);
                    }
                });
            }
            return call(response, method, arguments);
        }
    }
}
