package pulseboard.machine.oshi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.InternetProtocolStats;
import oshi.software.os.InternetProtocolStats.IPConnection;
import oshi.software.os.InternetProtocolStats.TcpState;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;
import pulseboard.machine.Reader;

/** Network interfaces and sockets through OSHI. On Linux it knows no interface without an IP address (findings/). */
final class OshiNetwork {

    private final HardwareAbstractionLayer hardware;
    private final InternetProtocolStats protocols;
    private final Pattern ignore;

    OshiNetwork(HardwareAbstractionLayer hardware, InternetProtocolStats protocols, Pattern ignore) {
        this.hardware = hardware;
        this.protocols = protocols;
        this.ignore = ignore;
    }

    Reader<Map<String, InterfaceReading>> interfaces() {
        return () -> {
            Map<String, InterfaceReading> readings = new TreeMap<>();
            for (NetworkIF face : faces()) {
                readings.put(
                        face.getName(),
                        new InterfaceReading(
                                face.getBytesRecv(),
                                face.getPacketsRecv(),
                                face.getInErrors(),
                                face.getInDrops(),
                                face.getBytesSent(),
                                face.getPacketsSent(),
                                face.getOutErrors(),
                                -1));
            }
            return readings;
        };
    }

    Reader<Map<String, Link>> links() {
        return () -> {
            Map<String, Link> links = new TreeMap<>();
            for (NetworkIF face : faces()) {
                NetworkIF.IfOperStatus status = face.getIfOperStatus();
                boolean up = status == NetworkIF.IfOperStatus.UP || status == NetworkIF.IfOperStatus.UNKNOWN;
                links.put(face.getName(), new Link(up, Math.max(0, face.getSpeed())));
            }
            return links;
        };
    }

    private List<NetworkIF> faces() {
        // With the "local" ones, as OSHI calls those without a hardware address: tunnels are among them.
        return hardware.getNetworkIFs(true).stream()
                .filter(face -> !ignore.matcher(face.getName()).matches())
                .toList();
    }

    Reader<Map<String, Integer>> tcpStates() {
        return () -> {
            Map<String, Integer> counts = new TreeMap<>(Map.of("established", 0, "listen", 0, "timeWait", 0));
            for (IPConnection connection : protocols.getConnections()) {
                TcpState state = connection.getState();
                if (state != null && connection.getType().startsWith("tcp")) {
                    counts.merge(key(state), 1, Integer::sum);
                }
            }
            return counts;
        };
    }

    /** The names of {@code machine.linux.TcpStates}. */
    private static String key(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> "established";
            case SYN_SENT -> "synSent";
            case SYN_RECV -> "synReceived";
            case FIN_WAIT_1 -> "finWait1";
            case FIN_WAIT_2 -> "finWait2";
            case TIME_WAIT -> "timeWait";
            case CLOSE_WAIT -> "closeWait";
            case LAST_ACK -> "lastAck";
            case LISTEN -> "listen";
            case CLOSING -> "closing";
            default -> "close";
        };
    }
}
