package pulseboard.board.s3.wire;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;

/** Where credentials are looked for, by the AWS SDK, and why there are none, in one line. */
final class Credentials {

    private static final int MOST_LETTERS = 300;

    private static final String NONE =
            "there are no credentials, or they cannot be read; name a file of them by credentialsFile, or a profile by profile,"
                    + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

    private Credentials() {}

    /** A place that was named in the variables of this process, so that something should be there. */
    private record Place(String name, boolean isNamed, Supplier<AwsCredentialsProvider> provider) {

        /** Null: it is not named, or credentials are there. */
        @Nullable
        String fault() {
            try {
                if (isNamed) {
                    Object unused = provider.get().resolveCredentials();
                }
                return null;
            } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
                return name + ": " + words(e);
            }
        }
    }

    /**
     * Those of a profile.
     *
     * @param file a file of profiles; empty: the usual places
     * @param profile its name; empty: the one that is used by default
     * @throws S3Failure when the file cannot be read
     */
    static AwsCredentialsProvider of(String file, String profile) throws S3Failure {
        try {
            if (file.isEmpty() && profile.isEmpty()) {
                return DefaultCredentialsProvider.builder().build();
            }
            ProfileCredentialsProvider.Builder builder = ProfileCredentialsProvider.builder();
            if (!profile.isEmpty()) {
                builder.profileName(profile);
            }
            if (!file.isEmpty()) {
                builder.profileFile(ProfileFile.builder()
                        .content(Path.of(file))
                        .type(ProfileFile.Type.CREDENTIALS)
                        .build());
            }
            return builder.build();
        } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
            throw new S3Failure("noCredentials", NONE + "; " + words(e), e);
        }
    }

    /** Why this provider has none. The SDK's own chain tells of all places, also of those that nobody has thought of. */
    static S3Failure failure(AwsCredentialsProvider from, RuntimeException failure) {
        String why = from instanceof DefaultCredentialsProvider ? fault() : "the profile: " + words(failure);
        return new S3Failure("noCredentials", why == null ? NONE : "there are no credentials; " + why, failure);
    }

    private static @Nullable String fault() {
        Place[] places = {
            new Place(
                    "web identity (AWS_WEB_IDENTITY_TOKEN_FILE)",
                    isSet("AWS_WEB_IDENTITY_TOKEN_FILE"),
                    () -> WebIdentityTokenFileCredentialsProvider.builder().build()),
            new Place(
                    "the profile (AWS_PROFILE)",
                    isSet("AWS_PROFILE"),
                    () -> ProfileCredentialsProvider.builder().build()),
            new Place(
                    "the container's role (AWS_CONTAINER_CREDENTIALS_…_URI)",
                    isSet("AWS_CONTAINER_CREDENTIALS_FULL_URI") || isSet("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
                    () -> ContainerCredentialsProvider.builder().build()),
            new Place(
                    "the machine's role (in a container the hop limit of its metadata service has to be 2)",
                    isSet("AWS_EC2_METADATA_SERVICE_ENDPOINT"),
                    () -> InstanceProfileCredentialsProvider.builder().build())
        };
        for (Place each : places) {
            String fault = each.fault();
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static boolean isSet(String variable) {
        return !String.valueOf(System.getenv().getOrDefault(variable, "")).isEmpty();
    }

    /** With what is behind it, which says more, in one line; without the SDK's own slips, and what it has read of files. */
    private static String words(Throwable failure) {
        String all = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(each -> !(each instanceof NullPointerException))
                .map(each -> String.valueOf(each.getMessage())
                        .replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", " ")
                        .replaceFirst(": ProfileFile\\(.*", "")
                        .strip())
                .reduce("", (told, more) -> told.contains(more) ? told : (told + " " + more).strip());
        return all.length() > MOST_LETTERS ? all.substring(0, MOST_LETTERS) + "…" : all;
    }
}
