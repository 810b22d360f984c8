import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A folder and a bucket by the AWS SDK's own client, on the libraries of s3proxy: {@code java -cp "LIBRARIES/*" SdkPeer.java write|read ENDPOINT KEY
 * SECRET FOLDER BUCKET PREFIX}. What it writes is in parts of 8 MiB above that size. What it reads is compared, and told where it differs.
 */
public final class SdkPeer {

    private static final int PART = 8 << 20;

    private SdkPeer() {}

    /** As the class says. */
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[4]);
        try (S3Client client = S3Client.builder()
                        .endpointOverride(URI.create(words[1]))
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create(words[2], words[3])))
                        .build();
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String key = words[6] + folder.relativize(file);
                byte[] content = Files.readAllBytes(file);
                if (words[0].equals("write")) {
                    write(client, words[5], key, content);
                } else {
                    byte[] there = client.getObjectAsBytes(get -> get.bucket(words[5]).key(key)).asByteArray();
                    System.out.println((Arrays.equals(content, there) ? "equal " : "DIFFERS ") + key);
                }
            }
        }
    }

    private static void write(S3Client client, String bucket, String key, byte[] content) {
        if (content.length <= PART) {
            client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
            return;
        }
        String id = client.createMultipartUpload(create -> create.bucket(bucket).key(key)).uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int from = 0; from < content.length; from += PART) {
            int number = parts.size() + 1;
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + PART));
            String tag = client.uploadPart(
                            upload -> upload.bucket(bucket).key(key).uploadId(id).partNumber(number),
                            RequestBody.fromBytes(part))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        client.completeMultipartUpload(complete ->
                complete.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
    }
}
