package pulseboard.web;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is believed about where a request comes from: only the proxies that the settings name. Anybody else can write
 * {@code X-Forwarded-For} and {@code X-Forwarded-Host} too, so from them these headers count for nothing. See <a
 * href="https://www.rfc-editor.org/rfc/rfc7239#section-8.1">RFC 7239</a>.
 */
final class Proxies {

    private final List<IpSubnetFilterRule> trusted;

    /**
     * Trusts these and nobody else.
     *
     * @param trusted addresses such as {@code 127.0.0.1} or blocks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException when one is neither
     */
    Proxies(List<String> trusted) {
        this.trusted = trusted.stream().map(Proxies::rule).toList();
    }

    private static IpSubnetFilterRule rule(String block) {
        String[] parts = block.split("/", 2);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        int most = address == null ? 0 : address.length * Byte.SIZE;
        int prefix = parts.length == 1 ? most : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (address == null || prefix < 0 || prefix > most) {
            throw new IllegalArgumentException(
                    "web.trustedProxies must hold addresses such as 127.0.0.1 or blocks such as 10.0.0.0/8, not "
                            + block);
        }
        return new IpSubnetFilterRule(parts[0], prefix, IpFilterRuleType.ACCEPT);
    }

    /** The address of the client: of the nearest one that is not a trusted proxy, as text. */
    String client(HttpServerRequest request) {
        String client =
                request.remoteAddress() == null ? "-" : request.remoteAddress().hostAddress();
        String[] hops =
                String.join(",", request.headers().getAll("X-Forwarded-For")).split(",", -1);
        // Each proxy appends whom it talked to, so only what trusted ones wrote, from the right, is sure.
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            String hop = hops[i].strip();
            if (!NetUtil.isValidIpV4Address(hop) && !NetUtil.isValidIpV6Address(hop)) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /** The name by which the client's browser knows this server, if a trusted proxy tells it. */
    @Nullable
    HostAndPort forwardedHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("X-Forwarded-Host");
        if (hosts.isEmpty()
                || request.remoteAddress() == null
                || !isTrusted(request.remoteAddress().hostAddress())) {
            return null;
        }
        String[] names = String.join(",", hosts).split(",", -1);
        return HostAndPort.parseAuthority(names[names.length - 1].strip(), -1);
    }

    private boolean isTrusted(@Nullable String address) {
        InetAddress parsed = address == null ? null : NetUtil.createInetAddressFromIpAddressString(address);
        return parsed != null && trusted.stream().anyMatch(rule -> rule.matches(new InetSocketAddress(parsed, 0)));
    }
}
