package pulseboard.alert.channel;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * To which addresses nothing is sent, because what listens there trusts its own machine or network: those of this machine, those
 * that are valid on one cable only, and those where clouds hand out keys. What is listed is taken all the same.
 */
final class AddressRules {

    /** Where clouds hand out keys to a machine, as far as these are not link-local. */
    private static final List<Network> OF_CLOUDS =
            List.of(Network.of("fd00:ec2::254"), Network.of("100.100.100.200"), Network.of("168.63.129.16"));

    private static final Network RESERVED = Network.of("240.0.0.0/4");
    private static final Network THIS_HOST = Network.of("0.0.0.0/8");
    private static final int IPV4_BYTES = 4;

    /** Where an IPv6 address has an IPv4 address in it: the network, and at which byte. */
    private static final List<Network> WITH_IPV4_AT_END =
            List.of(Network.of("::/96"), Network.of("64:ff9b::/96"), Network.of("::ffff:0:0:0/96"));

    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final int AT_END = 12;
    private static final int AFTER_PREFIX = 2;

    private final List<Network> allowed;

    private AddressRules(List<Network> allowed) {
        this.allowed = allowed;
    }

    /**
     * Rules with exceptions.
     *
     * @param allowed addresses, or networks such as {@code 127.0.0.0/8}
     * @throws IllegalArgumentException when one is neither
     */
    static AddressRules of(List<String> allowed) {
        return new AddressRules(allowed.stream().map(Network::of).toList());
    }

    /** Why nothing is sent there, and what to do about it; empty when it may be. May wait for the system. */
    Optional<String> objection(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        String what = what(address);
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(address.getHostAddress() + " is " + what
                        + ", where nothing is sent unless it is listed, as in allow: [" + bare(address) + "]");
    }

    /** Whether it is an address of this machine. May wait for the system. */
    static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Without the interface that may stand behind an IPv6 address. */
    private static String bare(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static String what(InetAddress address) {
        if (isOwn(address)) {
            return "an address of this machine";
        }
        if (address.isLinkLocalAddress() || OF_CLOUDS.stream().anyMatch(network -> network.contains(address))) {
            return "an address of this cable or cloud only";
        }
        if (address.isMulticastAddress() || RESERVED.contains(address)) {
            return "an address of many";
        }
        if (THIS_HOST.contains(address)) {
            return "an address of this machine";
        }
        return what(inside(address));
    }

    private static String what(Optional<InetAddress> inside) {
        return inside.map(AddressRules::what).orElse("");
    }

    private static boolean isIpv4(InetAddress address) {
        return address.getAddress().length == IPV4_BYTES;
    }

    /** The IPv4 address that a gateway would make of an IPv6 address. */
    private static Optional<InetAddress> inside(InetAddress address) {
        if (isIpv4(address)) {
            return Optional.empty();
        }
        if (WITH_IPV4_AT_END.stream().anyMatch(network -> network.contains(address))) {
            return Optional.of(part(address, AT_END));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(part(address, AFTER_PREFIX)) : Optional.empty();
    }

    private static InetAddress part(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Addresses with the same beginning. */
    private static final class Network {

        private final byte[] start;
        private final int bits;

        Network(byte[] start, int bits) {
            this.start = start;
            this.bits = bits;
        }

        static Network of(String text) {
            String[] parts = text.split("/", 2);
            byte[] start = bytes(parts[0], text);
            try {
                int bits = parts.length == 1 ? start.length * Byte.SIZE : Integer.parseInt(parts[1]);
                if (bits >= 0 && bits <= start.length * Byte.SIZE) {
                    return new Network(start, bits);
                }
            } catch (NumberFormatException e) {
                throw mistake(text);
            }
            throw mistake(text);
        }

        /** Never a name, which would be looked up. */
        private static byte[] bytes(String address, String text) {
            boolean isV6 = address.indexOf(':') >= 0 && address.matches("[0-9a-fA-F:.]{2,45}");
            if (!isV6 && !address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
                throw mistake(text);
            }
            try {
                return InetAddress.getByName(address).getAddress();
            } catch (UnknownHostException e) {
                throw mistake(text);
            }
        }

        private static IllegalArgumentException mistake(String text) {
            return new IllegalArgumentException(
                    "must list addresses or networks such as 127.0.0.1 or 10.0.0.0/8, not " + Texts.cut(text, 60));
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            if (other.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((start[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
