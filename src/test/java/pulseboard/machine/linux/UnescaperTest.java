package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnescaperTest {

    @ParameterizedTest
    @CsvSource({
        "/mnt/plain, /mnt/plain",
        "/mnt/a\\040b\\134c, /mnt/a b\\c",
        "/mnt/\\303\\274ber, /mnt/\u00fcber",
        "/mnt/gr\u00f6\u00dfe\\040x, /mnt/gr\u00f6\u00dfe x",
        "\\0401, ' 1'"
    })
    void nameIsAsItWas(String escaped, String name) {
        assertEquals(name, Unescaper.unescape(escaped));
    }

    @ParameterizedTest
    @CsvSource({"/mnt/a\\", "/mnt/a\\04", "/mnt/a\\09x", "C:\\dir"})
    void whatIsNoEscapeStays(String text) {
        assertEquals(text, Unescaper.unescape(text));
    }
}
