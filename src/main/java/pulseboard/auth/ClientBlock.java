package pulseboard.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * What counts as one client where guesses and places are counted. Whoever has one IPv6 address has 2^64 of them: the smallest
 * network is a /64. See <a href="https://www.rfc-editor.org/rfc/rfc4291#section-2.5.4">RFC 4291</a>.
 */
public final class ClientBlock {

    private static final int NETWORK_BYTES = 8;

    private ClientBlock() {}

    /**
     * The block of an address, as text.
     *
     * @param address an IP address; anything else is a block of its own
     */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // With a colon it is never taken for a name that would have to be looked up.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 2 * NETWORK_BYTES
                    ? InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), bytes.length))
                                    .getHostAddress()
                            + "/64"
                    : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
