package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static boolean isRefused(String address, String... allowed) throws UnknownHostException {
        return AddressRules.of(List.of(allowed))
                .objection(InetAddress.getByName(address))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "127.255.0.9", "0.0.0.0", "0.1.2.3", "169.254.169.254", "224.0.0.1", "255.255.255.255",
                "::1", "::", "fe80::1", "ff02::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::127.0.0.1",
                "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::ffff:0:127.0.0.1"
            })
    void whatIsOfThisMachineOrCableIsRefused(String address) throws UnknownHostException {
        assertEquals(true, isRefused(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.1.2.3", "192.168.1.1", "2001:db8::1", "fd12::1", "64:ff9b::c000:201"})
    void othersAreNot(String address) throws UnknownHostException {
        assertEquals(false, isRefused(address));
    }

    @Test
    void whatIsListedIsTaken() throws UnknownHostException {
        assertEquals(false, isRefused("127.0.0.1", "127.0.0.1"));
        assertEquals(true, isRefused("127.0.0.2", "127.0.0.1"));
        assertEquals(false, isRefused("127.9.9.9", "192.0.2.0/24", "127.0.0.0/8"));
        assertEquals(false, isRefused("fe80::1", "fe80::/10"));
        assertEquals(true, isRefused("::1", "127.0.0.0/8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1/33", "127.0.0.1/x", "1", "", "::1/129", "256.1.1.1", ":"})
    void whatIsNoAddressIsSaid(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRules.of(List.of(text)));
    }
}
