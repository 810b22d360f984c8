package pulseboard.web;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin alike, such as {@code 10.0.0.0/8}, or a single one. Made of the JDK only: settings hold these and are
 * read before logging is set up, and Netty's classes for the same make a logger when they are loaded. See <a
 * href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632</a>.
 *
 * @param first any address of the block
 * @param prefix how many bits all of them share
 */
record AddressBlock(InetAddress first, int prefix) {

    /** 0 to 255: the JDK takes what is above for a name, and asks the network for it. */
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";

    /** Of an address, whatever its version; see INET6_ADDRSTRLEN in {@code inet_ntop(3)}. */
    private static final int MOST_CHARACTERS = 45;

    /** The time it takes grows with the length only: this is matched with text from outside. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET + "|(?=[^:]*+:)[0-9a-fA-F:.]++");

    /** Reads one, or null when it is none. */
    static @Nullable AddressBlock parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress address = address(parts[0]);
        if (address == null) {
            return null;
        }
        int most = bits(address);
        int prefix = parts.length == 1 ? most : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        return prefix < 0 || prefix > most ? null : new AddressBlock(address, prefix);
    }

    /** Reads an address, or null when it is none; a name is never looked up. */
    static @Nullable InetAddress address(String text) {
        if (text.length() > MOST_CHARACTERS || !ADDRESS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    boolean contains(InetAddress address) {
        return bits(address) == bits(first) && start(address).equals(start(first));
    }

    private BigInteger start(InetAddress address) {
        return new BigInteger(1, address.getAddress()).shiftRight(bits(first) - prefix);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
