package pulseboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of this machine that nobody listens on, for a program that cannot choose one itself or has to be found there once more. It is
 * none of those that the kernel gives to whoever asks for any: a busy machine would give it away in the next moment.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    /** Linux gives 32768 and more. */
    private static final int END = 32_000;

    private static final int TRIES = 1_000;

    private FreePort() {}

    /** One, as an option of a program. */
    static String any() throws IOException {
        return Integer.toString(number());
    }

    /** One. */
    public static int number() throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new IOException("no port of this machine is free");
    }
}
