#!/bin/sh
# vertx-mail-client 5.1.6: a password that the server refuses is sent again by every other method that it offers.
#
# Expected: 535 (RFC 4954, section 6: credentials invalid) ends the attempt, since another mechanism carries the same password.
# Found: the client goes on with the next mechanism of those that both sides know, so one sendMail() with a wrong password counts as
# two refused sign-ins on a server that offers PLAIN and LOGIN, and servers that lock accounts lock twice as early. What helps:
# setAuthMethods() with one mechanism.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>
<dependencies>
<dependency><groupId>io.vertx</groupId><artifactId>vertx-mail-client</artifactId><version>5.1.6</version></dependency>
</dependencies></project>
P
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Refused.java <<'J'
import io.vertx.core.Vertx;
import io.vertx.ext.mail.*;
import java.io.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;

/** A server that takes nobody's password, and what a client asks of it. */
public class Refused {
    public static void main(String[] arguments) throws Exception {
        List<String> methods = Collections.synchronizedList(new ArrayList<>());
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server, methods));
        thread.setDaemon(true);
        thread.start();
        Vertx vertx = Vertx.vertx();
        MailConfig config = new MailConfig("127.0.0.1", server.getLocalPort(), StartTLSOptions.DISABLED, LoginOption.REQUIRED)
                .setUsername("user").setPassword("wrong");
        String outcome = "sent";
        try {
            MailClient.create(vertx, config)
                    .sendMail(new MailMessage("a@example.net", "b@example.net", "subject", "text"))
                    .await(20, TimeUnit.SECONDS);
        } catch (Exception refused) {
            outcome = "failed";
        }
        System.out.println(outcome + " after " + new TreeSet<>(methods) + ", " + methods.size() + " times");
        System.exit(0);
    }

    static void serve(ServerSocket server, List<String> methods) {
        while (true) {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
                    PrintStream out = new PrintStream(socket.getOutputStream(), true)) {
                out.print("220 ready\r\n");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String command = line.toUpperCase(Locale.ROOT);
                    if (command.startsWith("EHLO")) {
                        out.print("250-here\r\n250 AUTH PLAIN LOGIN\r\n");
                    } else if (command.startsWith("AUTH PLAIN")) {
                        methods.add("PLAIN");
                        out.print("535 5.7.8 credentials invalid\r\n");
                    } else if (command.startsWith("AUTH LOGIN")) {
                        methods.add("LOGIN");
                        out.print("334 VXNlcm5hbWU6\r\n");
                        in.readLine();
                        out.print("334 UGFzc3dvcmQ6\r\n");
                        in.readLine();
                        out.print("535 5.7.8 credentials invalid\r\n");
                    } else {
                        out.print(command.startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
                    }
                }
            } catch (IOException gone) {
                // The next one.
            }
        }
    }
}
J
javac -cp 'lib/*' Refused.java
java -cp 'lib/*:.' Refused 2>/dev/null | tee found
cat > expected <<'X'
failed after [LOGIN, PLAIN], 2 times
X
if cmp -s found expected; then
    echo "as found: a refused password is sent again by the other method"
else
    echo "this has changed" >&2
    exit 1
fi
