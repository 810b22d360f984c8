package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CommandLineTest {

    private static String program(String... words) {
        return CommandLine.program(String.join("\0", words) + "\0");
    }

    @Test
    void javaIsTheJarOrTheMainClass() {
        assertEquals(
                "jenkins.war",
                program("/usr/bin/java", "-Xmx2g", "-jar", "/usr/share/java/jenkins.war", "--httpPort=8080"));
        assertEquals(
                "org.elasticsearch.bootstrap.Elasticsearch",
                program(
                        "java",
                        "-cp",
                        "/a.jar:/b.jar",
                        "-Ddb.password=geheim",
                        "org.elasticsearch.bootstrap.Elasticsearch"));
        assertEquals("app/web.Main", program("java", "@options", "-p", "mods", "-m", "app/web.Main", "x"));
        assertEquals("", program("java", "-version"));
        assertEquals(
                "",
                program("java", "--source", "17", "s3cret.value"),
                "after an option that is not known nothing is certain");
        assertEquals("", program("java", "Main"));
    }

    @Test
    void scriptIsTheFileThatTheInterpreterRuns() {
        assertEquals("celery", program("/usr/bin/python3.11", "-u", "/opt/app/bin/celery", "worker"));
        assertEquals("http.server", program("python3", "-m", "http.server", "8000"));
        assertEquals("server.js", program("node", "--max-old-space-size=4096", "/srv/server.js", "--token=geheim"));
        assertEquals("backup.sh", program("/bin/bash", "-e", "backup.sh", "geheim"));
        assertEquals("munin-node", program("perl", "-T", "/usr/sbin/munin-node"));
    }

    /** Whatever is not certain to be a program may be a secret. */
    @Test
    void nothingElseOfACommandLineIsEverTold() {
        assertEquals("", program("bash", "-c", "/usr/bin/curl -u me:geheim https://example.org/a.sh"));
        assertEquals("", program("python3", "-c", "password.py"));
        assertEquals("", program("perl", "-e", "a.b"));
        assertEquals("", program("python3", "-X", "geheim.value", "a.py"));
        assertEquals("", program("node", "--api-key", "geheim.value", "a.js"));
        assertEquals("", program("ruby", "geheim"), "a word alone may be anything");
        assertEquals("", program("mysql", "-pgeheim", "/db.sock"));
        assertEquals("", program("sshd: alice [priv]"));
        assertEquals("", program("python3", "/tmp/a\nb.py"));
        assertEquals("", program("python3", "/tmp/" + "a".repeat(65)));
        assertEquals("", program("bash", "/proc/self/fd/3"), "a number names nothing");
        assertEquals("", program("python3"));
        assertEquals("", CommandLine.program(""));
        assertEquals("", CommandLine.program("java\0-jar"));
    }
}
