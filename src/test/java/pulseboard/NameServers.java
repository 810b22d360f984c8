package pulseboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * All servers of a small network, run as a program of its own there: a name server that knows every name, those of a public
 * provider, which know none, and a web server behind all names that takes what is pushed. Says on standard output what comes.
 */
final class NameServers {

    static final String SYSTEM = "127.0.0.2";
    static final List<String> PUBLIC = List.of("8.8.8.8", "8.8.4.4");

    private static final int DNS_PORT = 53;
    private static final int HEADER_BYTES = 12;

    private NameServers() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80), 0);
        web.createContext("/", exchange -> {
            int length = exchange.getRequestBody().readAllBytes().length;
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            say(length > 1 ? "pushed" : "asked for the time");
        });
        web.start();
        answer(SYSTEM, "the system's server was asked", true);
        for (String address : PUBLIC) {
            answer(address, "a public server was asked", false);
        }
        say("ready");
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private static void answer(String address, String line, boolean knows) throws IOException {
        DatagramSocket socket = new DatagramSocket(DNS_PORT, InetAddress.getByName(address));
        new Thread(() -> {
                    try {
                        while (true) {
                            DatagramPacket question = new DatagramPacket(new byte[1500], 1500);
                            socket.receive(question);
                            say(line);
                            if (knows) {
                                byte[] answer = answer(Arrays.copyOf(question.getData(), question.getLength()));
                                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                            }
                        }
                    } catch (IOException closed) {
                        say(closed.toString());
                    }
                })
                .start();
    }

    /** RFC 1035: the one question, and to one for an IPv4 address the answer 127.0.0.1. */
    private static byte[] answer(byte[] question) {
        int end = HEADER_BYTES;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        boolean isForAddress = question[end + 2] == 1;
        ByteBuffer answer = ByteBuffer.allocate(end + 5 + 16);
        answer.put(question, 0, 2).putShort((short) 0x8180).putShort((short) 1);
        answer.putShort((short) (isForAddress ? 1 : 0)).putInt(0);
        answer.put(question, HEADER_BYTES, end + 5 - HEADER_BYTES);
        if (isForAddress) {
            answer.putShort((short) 0xc00c)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(1);
            answer.putShort((short) 4).put(new byte[] {127, 0, 0, 1});
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }
}
