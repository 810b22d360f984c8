package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import pulseboard.board.s3.wire.S3Answer;

/** What a server tells of the whole content of an object beside its entity tag, held against a file. */
final class ObjectChecksum {

    private static final int CRC_BYTES = 4;

    /** By the header that has it, the surest first; the last is a label of rclone's. */
    private static final Map<String, Supplier<Sum>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("x-amz-checksum-sha256", () -> digest("SHA-256"));
        KINDS.put("x-amz-checksum-sha1", () -> digest("SHA-1"));
        KINDS.put("x-amz-checksum-crc64nvme", () -> sum(new Crc64Nvme(), Long.BYTES));
        KINDS.put("x-amz-checksum-crc32c", () -> sum(new CRC32C(), CRC_BYTES));
        KINDS.put("x-amz-checksum-crc32", () -> sum(new CRC32(), CRC_BYTES));
        KINDS.put("x-amz-meta-md5chksum", () -> digest("MD5"));
    }

    private ObjectChecksum() {}

    private interface Sum extends Piece.Sink {
        byte[] value();
    }

    /** Whether the file has the checksum that the answer tells; nothing where it tells none, or only one of checksums of parts. */
    static Optional<Boolean> agrees(Piece file, S3Answer there) throws IOException {
        for (Map.Entry<String, Supplier<Sum>> kind : KINDS.entrySet()) {
            String told = there.header(kind.getKey());
            if (!told.isEmpty() && !told.contains("-")) {
                Sum sum = kind.getValue().get();
                file.read(sum);
                return Optional.of(
                        Base64.getEncoder().encodeToString(sum.value()).equals(told));
            }
        }
        return Optional.empty();
    }

    private static Sum digest(String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return new Sum() {
                @Override
                public void take(byte[] chunk, int count) {
                    digest.update(chunk, 0, count);
                }

                @Override
                public byte[] value() {
                    return digest.digest();
                }
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has these.
        }
    }

    private static Sum sum(Checksum checksum, int bytes) {
        return new Sum() {
            @Override
            public void take(byte[] chunk, int count) {
                checksum.update(chunk, 0, count);
            }

            @Override
            public byte[] value() {
                byte[] all = ByteBuffer.allocate(Long.BYTES)
                        .putLong(checksum.getValue())
                        .array();
                return Arrays.copyOfRange(all, Long.BYTES - bytes, Long.BYTES);
            }
        };
    }
}
