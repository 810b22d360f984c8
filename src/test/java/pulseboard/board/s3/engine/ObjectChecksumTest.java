package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.board.s3.wire.S3Answer;

class ObjectChecksumTest {

    @TempDir
    private Path folder;

    private Optional<Boolean> agrees(String header, String value) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "123456789");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(header, value);
        return ObjectChecksum.agrees(new Piece(file, 0, 9), new S3Answer(200, headers, Buffer.buffer()));
    }

    /** Of the catalogue of CRCs, and of coreutils. */
    @ParameterizedTest
    @CsvSource({
        "x-amz-checksum-crc32,y/Q5Jg==",
        "x-amz-checksum-crc32c,4waSgw==",
        "x-amz-checksum-crc64nvme,rosUhgp5mIg=",
        "x-amz-checksum-sha1,98O8HYCOBHMq32eZZczDTKeuNEE=",
        "x-amz-checksum-sha256,FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
        "x-amz-meta-md5chksum,JfnnlDI7RTiF9RgfG2JNCw=="
    })
    void publishedValuesAgreeAndOthersDoNot(String header, String value) throws IOException {
        assertEquals(Optional.of(true), agrees(header, value));
        assertEquals(Optional.of(false), agrees(header, "A" + value.substring(1)));
    }

    @Test
    void oneOfPartsTellsNothing() throws IOException {
        assertEquals(Optional.empty(), agrees("x-amz-checksum-crc32c", "4waSgw==-3"));
        assertEquals(Optional.empty(), agrees("ETag", "x"));
    }
}
