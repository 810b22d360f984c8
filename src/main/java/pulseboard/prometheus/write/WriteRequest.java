package pulseboard.prometheus.write;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The body of a request of <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">remote write 1.0</a>: a protobuf
 * message of five fields in all, compressed as a block of Snappy. Netty, which is here anyway, has Snappy; a library for the
 * rest would be a hundred times its size.
 */
final class WriteRequest {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;

    /** Netty's Snappy remembers places in 15 bits. What follows the length is a list of elements, so lists can be joined. */
    private static final int PART_BYTES = 1 << 15;

    private WriteRequest() {}

    /** A request of all these samples, taken at that time. */
    static Buffer of(List<Series> series, long atMilliseconds) {
        ByteBuf message = Unpooled.buffer(1 << 16);
        for (Series each : series) {
            writeField(message, 1, timeSeries(each, atMilliseconds));
        }
        return compressed(message);
    }

    private static ByteBuf timeSeries(Series series, long atMilliseconds) {
        ByteBuf message = Unpooled.buffer();
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            ByteBuf pair = Unpooled.buffer();
            writeField(pair, 1, text(label.getKey()));
            writeField(pair, 2, text(label.getValue()));
            writeField(message, 1, pair);
        }
        ByteBuf sample = Unpooled.buffer();
        writeVarint(sample, (1 << 3) | FIXED_64);
        sample.writeDoubleLE(series.value());
        writeVarint(sample, (2 << 3) | VARINT);
        writeVarint(sample, atMilliseconds);
        writeField(message, 2, sample);
        return message;
    }

    private static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeField(ByteBuf out, int number, ByteBuf content) {
        writeVarint(out, ((long) number << 3) | BYTES);
        writeVarint(out, content.readableBytes());
        out.writeBytes(content);
    }

    private static void writeVarint(ByteBuf out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static Buffer compressed(ByteBuf message) {
        ByteBuf block = Unpooled.buffer();
        writeVarint(block, message.readableBytes());
        while (message.isReadable()) {
            int length = Math.min(PART_BYTES, message.readableBytes());
            ByteBuf part = Unpooled.buffer();
            new Snappy().encode(message.readSlice(length), part, length);
            while (part.readByte() < 0) {} // The length of the part, seven bits a byte.
            block.writeBytes(part);
        }
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        return Buffer.buffer(bytes);
    }
}
