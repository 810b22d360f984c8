package pulseboard.board.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import pulseboard.board.s3.wire.Target;
import pulseboard.engine.Schedule;

/**
 * Settings of one job: a folder, and where in a bucket its files are to be.
 *
 * @param source the folder
 * @param bucket the bucket
 * @param prefix what keys begin with, such as {@code photos/}; empty: nothing
 * @param endpoint where the server is, such as {@code https://s3.example/}; empty: Amazon's in that region
 * @param region the region that requests are signed for
 * @param profile the profile of the AWS configuration files whose credentials are used; empty: the usual ones
 * @param credentialsFile a file of profiles, instead of the one in the home folder; empty: the usual places
 * @param caFile certificates (PEM) that vouch for the server, instead of those that Java brings; empty: those
 * @param allowPlainHttp whether requests may travel to another machine unencrypted
 * @param include globs of paths that are taken; empty: all
 * @param exclude globs of paths that are left out all the same
 * @param unknown what becomes of an object of the same size whose content the server does not tell: {@code upload} or {@code
 *     trustSize}
 * @param verify how it is made sure that an object is what the file was: {@code inline}, {@code head}, {@code read} or {@code
 *     sample:N}
 * @param symlinks what becomes of symbolic links: {@code skip}, {@code follow} or {@code fail}
 * @param delete what becomes of objects without a file: {@code never} anything, {@code delete}, or {@code move}
 * @param maxDeletePercent if it were more of all objects than this, somebody has to confirm it
 * @param maxDeleteFiles if it were more objects than this, somebody has to confirm it
 * @param confirm whether somebody has to confirm each deletion
 * @param requireFile a path below the folder without which nothing is deleted; empty: none
 * @param trashPrefix what the keys of moved objects begin with
 * @param storageClass the class of storage that is asked for; empty: the bucket's own
 * @param encryption the encryption that the server is asked for, such as {@code AES256}; empty: the bucket's own
 * @param metadata what objects are labelled with, as {@code name=value}
 * @param schedule when it runs by itself, as {@link Schedule} reads it; empty: never
 * @param mustSucceedHours if no run came to a good end for so long, an alert says so; 0: never
 * @param limitBytesPerSecond how fast it sends, at most; 0: as fast as it goes
 */
public record JobConfig(
        String source,
        String bucket,
        String prefix,
        String endpoint,
        String region,
        String profile,
        String credentialsFile,
        String caFile,
        boolean allowPlainHttp,
        List<String> include,
        List<String> exclude,
        String unknown,
        String verify,
        String symlinks,
        String delete,
        int maxDeletePercent,
        int maxDeleteFiles,
        boolean confirm,
        String requireFile,
        String trashPrefix,
        String storageClass,
        String encryption,
        List<String> metadata,
        String schedule,
        int mustSucceedHours,
        int limitBytesPerSecond) {

    /** What is used unless somebody says otherwise. */
    public static final JobConfig DEFAULT = new JobConfig(
            "",
            "",
            "",
            "",
            "us-east-1",
            "",
            "",
            "",
            false,
            List.of(),
            List.of(),
            "upload",
            "inline",
            "skip",
            "never",
            10,
            1_000,
            false,
            "",
            ".trash/",
            "",
            "",
            List.of(),
            "",
            0,
            0);

    /** A job without settings of its own: this folder to this bucket. */
    public static JobConfig of(String source, String bucket, String prefix, String endpoint) {
        JobConfig none = DEFAULT;
        return new JobConfig(
                source,
                bucket,
                prefix,
                endpoint,
                none.region,
                none.profile,
                none.credentialsFile,
                none.caFile,
                none.allowPlainHttp,
                none.include,
                none.exclude,
                none.unknown,
                none.verify,
                none.symlinks,
                none.delete,
                none.maxDeletePercent,
                none.maxDeleteFiles,
                none.confirm,
                none.requireFile,
                none.trashPrefix,
                none.storageClass,
                none.encryption,
                none.metadata,
                none.schedule,
                none.mustSucceedHours,
                none.limitBytesPerSecond);
    }

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ODD = Pattern.compile("/\\.{0,2}/");
    private static final Pattern VERIFY = Pattern.compile("inline|head|read|sample:[1-9]\\d{0,5}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,64}=[\\x20-\\x7e]{0,256}");
    private static final Pattern STORAGE = Pattern.compile("[A-Z_]{0,32}");
    private static final Pattern ENCRYPTION = Pattern.compile("|AES256|aws:kms");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

    /** Copies. */
    public JobConfig {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        metadata = List.copyOf(metadata);
    }

    /**
     * Checks the values, once it is known how the job is called.
     *
     * @param key the name of the group of these settings, which messages begin with
     * @throws IllegalArgumentException when one of them cannot be
     */
    void check(String key) {
        require(!source.isEmpty(), key + ".source must be a folder, such as /srv/photos, and is missing");
        require(
                BUCKET.matcher(bucket).matches(),
                key + ".bucket must be the name of a bucket (3 to 63 small letters, digits, dots and hyphens), not "
                        + (bucket.isEmpty() ? "empty" : bucket));
        require(
                isPlain(prefix),
                key + ".prefix must not begin with a slash, nor have //, /./ or /../ in it: " + prefix);
        require(REGION.matcher(region).matches(), key + ".region must be a region such as us-east-1, not " + region);
        requireOneOf(key + ".unknown", unknown, List.of("upload", "trustSize"));
        require(
                isVerification(verify),
                key + ".verify must be one of inline, head, read, or sample: and a number, such as sample:20, not "
                        + verify);
        requireOneOf(key + ".symlinks", symlinks, List.of("skip", "follow", "fail"));
        require(mustSucceedHours >= 0, key + ".mustSucceedHours must not be below 0: " + mustSucceedHours);
        require(limitBytesPerSecond >= 0, key + ".limitBytesPerSecond must not be below 0: " + limitBytesPerSecond);
        require(
                metadata.stream().allMatch(each -> LABEL.matcher(each).matches()),
                key + ".metadata must be labels such as source=nas, not " + metadata);
        require(
                STORAGE.matcher(storageClass).matches(),
                key + ".storageClass must be such as STANDARD_IA, not " + storageClass);
        require(
                ENCRYPTION.matcher(encryption).matches(),
                key + ".encryption must be AES256 or aws:kms, not " + encryption);
        checkDeletion(key);
        try {
            Schedule unused = Schedule.of(schedule);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ".schedule must be " + e.getMessage(), e);
        }
        if (!endpoint.isEmpty()) {
            checkEndpoint(key + ".endpoint");
        }
    }

    /** Whether keys that begin with it are what they seem to be, also for those who take them for paths. */
    private static boolean isPlain(String beginning) {
        return !ODD.matcher("/" + beginning).find();
    }

    /** Whether this is a way to make sure that objects are what files were. */
    public static boolean isVerification(String how) {
        return VERIFY.matcher(how).matches();
    }

    private void checkDeletion(String key) {
        requireOneOf(key + ".delete", delete, List.of("never", "delete", "move"));
        require(
                maxDeletePercent >= 0 && maxDeletePercent <= 100,
                key + ".maxDeletePercent must be from 0 to 100, not " + maxDeletePercent);
        require(maxDeleteFiles >= 0, key + ".maxDeleteFiles must not be below 0: " + maxDeleteFiles);
        require(
                !trashPrefix.isEmpty() && isPlain(trashPrefix),
                key
                        + ".trashPrefix must be what keys begin with, such as .trash/, without //, /./ and /../, and not with a slash: "
                        + (trashPrefix.isEmpty() ? "empty" : trashPrefix));
        require(
                prefix.isEmpty() || !prefix.startsWith(trashPrefix),
                key + ".trashPrefix must be another place than prefix: " + trashPrefix);
        require(!requireFile.startsWith("/"), key + ".requireFile must be a path below the folder, not " + requireFile);
    }

    private void checkEndpoint(String key) {
        URI address;
        try {
            address = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    key + " must be an address such as https://s3.example/, not " + endpoint, e);
        }
        String scheme = String.valueOf(address.getScheme());
        require(
                scheme.matches("https?") && address.getHost() != null && address.getRawUserInfo() == null,
                key + " must be an address such as https://s3.example/, not " + endpoint);
        require(
                List.of("", "/").contains(String.valueOf(address.getRawPath())) && address.getRawQuery() == null,
                key + " must be the server's address alone, without a path: " + endpoint);
        require(
                scheme.equals("https") || allowPlainHttp || Target.isThisMachine(address.getHost()),
                key
                        + " must begin with https://, or allowPlainHttp must be true: else anyone on the way reads the files");
    }

    /** The headers that all objects are made with. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        metadata.forEach(each -> headers.put("x-amz-meta-" + each.split("=", 2)[0], each.split("=", 2)[1]));
        if (!storageClass.isEmpty()) {
            headers.put("x-amz-storage-class", storageClass);
        }
        if (!encryption.isEmpty()) {
            headers.put("x-amz-server-side-encryption", encryption);
        }
        return headers;
    }

    /** Where the objects go. */
    public Target target() {
        return Target.of(endpoint, bucket, region);
    }

    private static void requireOneOf(String key, String value, List<String> known) {
        require(known.contains(value), key + " must be one of " + String.join(", ", known) + ", not " + value);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
