package pulseboard.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests for a server of another name. Somebody's page can have its own name point at this machine, after which the
 * browser takes both for one origin (DNS rebinding); an address, or a name that belongs to this machine, nobody else can
 * have.
 */
final class Hosts implements Handler<RoutingContext> {

    private final Set<String> names = new HashSet<>(Set.of("localhost"));
    private final Proxies proxies;
    private final Warnings warnings;

    Hosts(WebConfig config, Proxies proxies, Warnings warnings) {
        config.allowedHosts().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.add(config.host().toLowerCase(Locale.ROOT));
        addOwn(hostname().toLowerCase(Locale.ROOT));
        this.proxies = proxies;
        this.warnings = warnings;
    }

    /** Takes one more name for our own. */
    void add(String name) {
        names.add(name.toLowerCase(Locale.ROOT));
    }

    private void addOwn(String hostname) {
        String label = hostname.split("\\.", 2)[0];
        if (!label.isEmpty()) {
            names.addAll(List.of(hostname, label, label + ".local"));
        }
    }

    /** From the kernel: Java would ask the network. */
    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("COMPUTERNAME", "");
        }
    }

    @Override
    public void handle(RoutingContext context) {
        HostAndPort asked = context.request().authority();
        if (isAmbiguous(context.request())) {
            warnings.refused("a request", "it names two hosts");
            Failures.respond(context, 400, "bad_request", "the request names two hosts");
            return;
        }
        if (isOurs(asked) && isOurs(proxies.forwardedHost(context.request()))) {
            context.next();
            return;
        }
        String host = asked == null ? "" : asked.host();
        warnings.refused("a host name", host);
        Failures.respond(
                context,
                403,
                "host_refused",
                "this server does not know itself by the name in the address; if that is right, add it to the setting"
                        + " web.allowedHosts");
    }

    /** Whether proxies may have taken another host for the one that was asked (RFC 9112, 3.2). */
    private static boolean isAmbiguous(HttpServerRequest request) {
        List<String> hosts = new ArrayList<>(request.headers().getAll(HttpHeaders.HOST));
        if (request.version() == HttpVersion.HTTP_2 && request.authority() != null) {
            hosts.add(request.authority().toString());
        }
        String target = request.uri();
        int start = target.indexOf("://");
        if (start > 0 && !target.startsWith("/")) {
            hosts.add(target.substring(start + 3).split("[/?#]", 2)[0]);
        }
        return request.headers().getAll(HttpHeaders.HOST).size() > 1
                || hosts.stream()
                                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                                .distinct()
                                .count()
                        > 1;
    }

    /** No name at all is no browser's. */
    private boolean isOurs(@Nullable HostAndPort authority) {
        if (authority == null) {
            return true;
        }
        String host = authority.host().toLowerCase(Locale.ROOT);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return names.contains(bare) || bare.endsWith(".localhost") || AddressBlock.address(bare) != null;
    }
}
