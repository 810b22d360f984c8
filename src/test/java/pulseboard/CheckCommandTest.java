package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line and an exit code, by the real program where it is well, and by answers of every kind. */
class CheckCommandTest {

    private static Program.End check(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Program.run(all);
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/health/verdict", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "200 # {'level':'ok','text':'All is well.'} # 0 # PULSEBOARD OK - All is well.",
                "200 # {'level':'ok','text':'Fine.','pending':'/ is 91 % full'} # 0 # PULSEBOARD OK - Fine. About to fire: / is 91 % full.",
                "200 # {'level':'warning','text':'/srv is 90 % full.'} # 1 # PULSEBOARD WARNING - /srv is 90 % full.",
                "200 # {'level':'critical','text':'a|b\\u001b[2Jc'} # 2 # PULSEBOARD CRITICAL - a?b?[2Jc",
                "200 # {'level':'unknown','text':'Nothing has been judged yet.'} # 3 # PULSEBOARD UNKNOWN - Nothing has been judged yet.",
                "401 # {'error':'login_required','message':'sign in'} # 3 # PULSEBOARD UNKNOWN - it asks to sign in: give a token with --token-file or PULSEBOARD_TOKEN",
                "403 # {'error':'forbidden','message':'not for you'} # 3 # PULSEBOARD UNKNOWN - it answers 403: not for you",
                "200 # no JSON # 3 # PULSEBOARD UNKNOWN - what answers is no Pulseboard that judges",
            })
    void answerBecomesALineAndACode(int status, String body, int code, String line) throws Exception {
        HttpServer server = answering(status, body.replace('\'', '"'));
        try {
            Program.End end = check("http://127.0.0.1:" + server.getAddress().getPort());
            assertEquals(List.of(line), end.out());
            assertEquals(code, end.code());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whereNobodyAnswersNothingIsKnown() throws Exception {
        HttpServer server = answering(200, "");
        int port = server.getAddress().getPort();
        server.stop(0);
        Program.End end = check("http://127.0.0.1:" + port);
        assertEquals(3, end.code());
        assertTrue(
                end.out().get(0).endsWith(port + "/: connection refused"),
                end.out().get(0));
        assertEquals(3, check("http://a b").code());
        assertEquals(3, check("--bogus").code(), "a plugin that ends with 2 says that the machine is in trouble");
        assertEquals(3, check("http://a", "http://b").code());
        assertTrue(check("--token-file", "/nope").out().get(0).endsWith("--token-file: there is no file /nope"));
    }

    @Test
    void realProgramIsJudged() throws Exception {
        try (Program program = Program.start(Map.of(), "--port", "0")) {
            String address = program.awaitAddress().toString();
            Until.isTrue("it has been judged", () -> check(address).code() < 3);
        }
    }
}
