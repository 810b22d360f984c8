package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What something is uploaded by.
 *
 * @param id short and stable, made of its identity
 * @param name for people: the remote, or the file of the service account without its folders
 * @param remote what a path is put behind, colon included
 */
public record Account(String id, String name, String remote) {

    /** Names of people's choice: {@code sa2} comes before {@code sa10}. */
    static final Comparator<String> NATURAL = Account::compareNaturally;

    private static final int ID_DIGITS = 12;

    /**
     * The accounts that a setting stands for.
     *
     * @param given remotes, files of service accounts, or folders of such files; none: the target's own remote
     * @param target the remote and path of the uploader
     * @throws IOException when a folder cannot be read
     */
    public static List<Account> of(List<String> given, String target) throws IOException {
        String remote = target.substring(0, target.indexOf(':'));
        if (given.isEmpty()) {
            return List.of(ofRemote(remote + ":"));
        }
        List<Account> accounts = new ArrayList<>();
        for (String each : given) {
            if (!each.startsWith("/")) {
                accounts.add(ofRemote(each));
            } else if (Files.isDirectory(Path.of(each))) {
                try (Stream<Path> files = Files.list(Path.of(each))) {
                    files.filter(file -> file.toString().endsWith(".json"))
                            .sorted(Comparator.comparing(Path::toString, NATURAL))
                            .forEach(file -> accounts.add(ofFile(file, remote)));
                }
            } else {
                accounts.add(ofFile(Path.of(each), remote));
            }
        }
        return accounts;
    }

    private static Account ofRemote(String given) {
        String name = given.endsWith(":") ? given.substring(0, given.length() - 1) : given;
        boolean isFolder = !given.endsWith(":") && !given.endsWith("/");
        return new Account(id("remote " + given), name, isFolder ? given + "/" : given);
    }

    /** One account may be in several files, and one file under several names: its address counts. */
    private static Account ofFile(Path file, String remote) {
        String identity = file.toString();
        try {
            identity = new JsonObject(Files.readString(file)).getString("client_email", identity);
        } catch (IOException | DecodeException | ClassCastException e) {
            // rclone says what is wrong with it, when it is its turn.
        }
        String option = remote + ",service_account_file=\"" + file.toString().replace("\"", "\"\"") + "\":";
        return new Account(id("service account " + identity), String.valueOf(file.getFileName()), option);
    }

    private static String id(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Numbers within by their value, the rest letter by letter. */
    private static int compareNaturally(String one, String other) {
        String[] left = one.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        String[] right = other.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        for (int at = 0; at < Math.min(left.length, right.length); at++) {
            int order = left[at].matches("\\d+") && right[at].matches("\\d+")
                    ? comparedNumbers(left[at], right[at])
                    : left[at].compareTo(right[at]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int comparedNumbers(String one, String other) {
        String left = one.replaceFirst("^0+(?=.)", "");
        String right = other.replaceFirst("^0+(?=.)", "");
        return left.length() == right.length() ? left.compareTo(right) : Integer.compare(left.length(), right.length());
    }
}
