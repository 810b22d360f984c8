package pulseboard.prometheus.write;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the remote write.
 *
 * @param url where to send to; empty: nowhere
 * @param intervalSeconds time from one sending to the next, 5 to 3600
 * @param labels labels of every series, each {@code name=value}; {@code job} and {@code instance} are there unless named here
 * @param user name for basic authentication; empty: none
 * @param userPassword the password of that name; empty with {@code userPasswordFile}
 * @param userPasswordFile file that holds it, read at each sending
 * @param bearerSecret token that is shown instead of a name; empty: none, or with {@code bearerSecretFile}
 * @param bearerSecretFile file that holds it, read at each sending
 * @param caFile certificates (PEM) that vouch for the server, instead of those that Java brings
 */
public record RemoteWriteConfig(
        String url,
        int intervalSeconds,
        List<String> labels,
        String user,
        String userPassword,
        String userPasswordFile,
        String bearerSecret,
        String bearerSecretFile,
        String caFile) {

    /** What is used unless somebody says otherwise. */
    public static final RemoteWriteConfig DEFAULT = new RemoteWriteConfig("", 15, List.of(), "", "", "", "", "", "");

    /** Checks every value. */
    public RemoteWriteConfig {
        labels = List.copyOf(labels);
        if (!url.isEmpty() && !isAddress(url)) {
            throw new IllegalArgumentException("remoteWrite.url must be an address such as"
                    + " https://metrics.example/api/v1/write, a name and password apart from it");
        }
        if (intervalSeconds < 5 || intervalSeconds > 3600) {
            throw new IllegalArgumentException(
                    "remoteWrite.intervalSeconds must be from 5 to 3600, not " + intervalSeconds);
        }
        for (String label : labels) {
            if (!label.matches("(?!__)[a-zA-Z_][a-zA-Z0-9_]*=.+")) {
                throw new IllegalArgumentException(
                        "remoteWrite.labels must hold labels such as job=node, not " + label);
            }
        }
        requireOne("remoteWrite.userPassword", userPassword, userPasswordFile);
        requireOne("remoteWrite.bearerSecret", bearerSecret, bearerSecretFile);
        boolean hasPassword = !(userPassword + userPasswordFile).isEmpty();
        if (user.isEmpty() == hasPassword) {
            throw new IllegalArgumentException((user.isEmpty() ? "remoteWrite.user" : "remoteWrite.userPassword")
                    + " is missing: basic authentication needs both");
        }
        if (!user.isEmpty() && !(bearerSecret + bearerSecretFile).isEmpty()) {
            throw new IllegalArgumentException(
                    "remoteWrite.bearerSecret is one way to sign in and remoteWrite.user another; leave one of them empty");
        }
    }

    /**
     * Looks for the files, which are those of the machine that sends.
     *
     * @throws IllegalArgumentException when one cannot be read
     */
    public void requireFiles() {
        if (isOn()) {
            requireReadable("remoteWrite.caFile", caFile);
            requireReadable("remoteWrite.userPasswordFile", userPasswordFile);
            requireReadable("remoteWrite.bearerSecretFile", bearerSecretFile);
        }
    }

    private static void requireOne(String key, String secret, String file) {
        if (!secret.isEmpty() && !file.isEmpty()) {
            throw new IllegalArgumentException(key + " and " + key + "File are both set; one of them is enough");
        }
    }

    private static void requireReadable(String key, String file) {
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException(key + " must be a file that this user can read, not " + file);
        }
    }

    /** What stands before an @ would be in the log. */
    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RemoteWriteConfig[host=" + (isOn() ? URI.create(url).getHost() : "") + ", intervalSeconds="
                + intervalSeconds + "]";
    }

    /** The password or the token, whichever there is; empty when it is in the file. */
    String secret() {
        return userPassword + bearerSecret;
    }

    /** The file that holds it, or empty. */
    String secretFile() {
        return userPasswordFile + bearerSecretFile;
    }

    /** Whether there is somewhere to send to. */
    public boolean isOn() {
        return !url.isEmpty();
    }

    /** The labels of every series. */
    Map<String, String> labelsOf(String hostName) {
        Map<String, String> all = new TreeMap<>(Map.of("job", "pulseboard", "instance", hostName));
        labels.forEach(
                label -> all.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1)));
        return all;
    }
}
