package pulseboard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Where people reach a server of this machine. */
final class OwnAddresses {

    /** A machine with containers has dozens. */
    private static final int MOST = 4;

    private OwnAddresses() {}

    /**
     * The hosts to write into addresses when the server listens there: itself, or for all interfaces (0.0.0.0 and ::),
     * which no browser can open, some of the machine's.
     */
    static List<String> of(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()) {
                return ofAllInterfaces(address instanceof Inet4Address);
            }
        } catch (UnknownHostException e) {
            // It listens, so there was an address a moment ago.
        }
        return List.of(host.contains(":") ? "[" + host + "]" : host);
    }

    /** Where people elsewhere open the page of this program; empty where only this machine can. */
    static String page(Config config, int port) {
        String known = config.alerts().publicUrl().isEmpty()
                ? config.oidc().publicUrl()
                : config.alerts().publicUrl();
        String host = of(config.web().host()).get(0);
        if (!known.isEmpty() || host.matches("localhost|127\\..*|\\[::1]")) {
            return known;
        }
        return "http" + (config.tls().isOn() ? "s" : "") + "://" + host + ":" + port + "/";
    }

    /** IPv4 first, since people can type it; in the order of the interfaces, so that containers' bridges come last. */
    private static List<String> ofAllInterfaces(boolean onlyIpv4) {
        List<InetAddress> found = new ArrayList<>();
        try {
            for (NetworkInterface face : Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .toList()) {
                found.addAll(Collections.list(face.getInetAddresses()));
            }
        } catch (SocketException e) {
            found.clear();
        }
        List<String> shown = found.stream()
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .filter(each -> each instanceof Inet4Address || !onlyIpv4)
                .sorted(Comparator.comparing(each -> !(each instanceof Inet4Address)))
                .limit(MOST)
                .map(OwnAddresses::written)
                .toList();
        return shown.isEmpty() ? List.of("127.0.0.1") : shown;
    }

    private static String written(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet4Address ? text : "[" + text + "]";
    }
}
