package pulseboard.machine.linux;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/net/sockstat} and {@code sockstat6}: how many sockets of each protocol there are, and what they hold. The second is not
 * there where IPv6 is switched off.
 */
public final class SockStat {

    private final KernelFile four;
    private final KernelFile six;

    /** Takes one figure; {@link Numbers#UNKNOWN} where it cannot be read. */
    @FunctionalInterface
    public interface Figure {
        /** For example 12 of field {@code inuse} of protocol {@code TCP6}. */
        void accept(String protocol, String field, long value);
    }

    /** Reads these files. */
    public SockStat(KernelFile four, KernelFile six) {
        this.four = four;
        this.six = six;
    }

    /**
     * Hands out every figure of both files, IPv6 first.
     *
     * @throws IOException when the one without IPv6 cannot be read
     */
    public void read(Figure figure) throws IOException {
        each(six.readIfThere(), figure);
        each(four.read(), figure);
    }

    /** Hands out what can be read. */
    void readIfThere(Figure figure) {
        each(six.readIfThere(), figure);
        each(four.readIfThere(), figure);
    }

    private static void each(@Nullable Words words, Figure figure) {
        while (words != null && words.nextLine()) {
            words.next();
            String protocol = words.text(0, 1);
            while (words.next()) {
                figure.accept(protocol, words.text(), words.nextCount());
            }
        }
    }
}
