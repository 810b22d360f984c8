package pulseboard.prometheus.write;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pulseboard.prometheus.MetricFamily;
import pulseboard.prometheus.Series;

/**
 * Makes bodies of requests of <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">remote write 1.0</a>: a protobuf
 * message of five fields in all, compressed as a block of Snappy. Netty, which is here anyway, has Snappy; a library for the
 * rest would be a hundred times its size. A series that was in the request before and is not found any more gets a stale marker,
 * so that nothing goes on with its last value. Thread-safe.
 */
final class WriteRequests {

    /** The one NaN of many that says "this series has ended". */
    static final long STALE_BITS = 0x7ff0000000000002L;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;

    /** Netty's Snappy remembers places in 15 bits. What follows the length is a list of elements, so lists can be joined. */
    private static final int PART_BYTES = 1 << 15;

    private final Map<String, String> common;

    /** The labels of what was in the last request, encoded. */
    private Map<Series, byte[]> last = new HashMap<>();

    /** @param common labels of every series; one of the sample's own wins */
    WriteRequests(Map<String, String> common) {
        this.common = common;
    }

    /** A request without any sample, which asks nothing but an answer. */
    static Buffer empty() {
        return compressed(Unpooled.EMPTY_BUFFER);
    }

    /** A request of all these samples, taken at that time, and of stale markers for what was in the last and is not in these. */
    synchronized Backlog.Waiting of(List<MetricFamily> families, long atMilliseconds) {
        ByteBuf message = Unpooled.buffer(1 << 16);
        Map<Series, byte[]> now = new HashMap<>();
        for (MetricFamily family : families) {
            for (int index = 0; index < family.size(); index++) {
                Series series = family.series(index);
                byte[] known = last.remove(series);
                byte[] labels = known == null ? labels(series) : known;
                now.put(series, labels);
                writeSample(message, labels, Double.doubleToRawLongBits(family.value(index)), atMilliseconds);
            }
        }
        int samples = now.size() + writeStale(message, last, now, atMilliseconds);
        last = now;
        return new Backlog.Waiting(compressed(message), samples);
    }

    /** A request that says of all that was in the last one that it has ended. */
    synchronized Backlog.Waiting end(long atMilliseconds) {
        ByteBuf message = Unpooled.buffer(1 << 16);
        int samples = writeStale(message, last, Map.of(), atMilliseconds);
        last = new HashMap<>();
        return new Backlog.Waiting(compressed(message), samples);
    }

    /** Of what has gone, unless it is there again under the same labels. Returns how many. */
    private static int writeStale(ByteBuf message, Map<Series, byte[]> gone, Map<Series, byte[]> now, long at) {
        if (gone.isEmpty()) {
            return 0;
        }
        Set<ByteBuffer> there = new HashSet<>();
        now.values().forEach(labels -> there.add(ByteBuffer.wrap(labels)));
        int written = 0;
        for (byte[] labels : gone.values()) {
            if (!there.contains(ByteBuffer.wrap(labels))) {
                writeSample(message, labels, STALE_BITS, at);
                written++;
            }
        }
        return written;
    }

    /** All labels in order, its name among them. Empty is the same as absent, and not allowed here. */
    private byte[] labels(Series series) {
        TreeMap<String, String> labels = new TreeMap<>(common);
        labels.put("__name__", series.name());
        for (int index = 0; index < series.labels(); index++) {
            if (!series.labelValue(index).isEmpty()) {
                labels.put(series.labelName(index), series.labelValue(index));
            }
        }
        ByteBuf encoded = Unpooled.buffer();
        labels.forEach((name, value) -> {
            ByteBuf pair = Unpooled.buffer();
            writeField(pair, 1, name.getBytes(StandardCharsets.UTF_8));
            writeField(pair, 2, value.getBytes(StandardCharsets.UTF_8));
            writeField(encoded, 1, ByteBufUtil.getBytes(pair));
        });
        return ByteBufUtil.getBytes(encoded);
    }

    private static void writeSample(ByteBuf message, byte[] labels, long valueBits, long atMilliseconds) {
        int sampleBytes = 1 + Long.BYTES + 1 + varintBytes(atMilliseconds);
        writeVarint(message, (1 << 3) | BYTES);
        writeVarint(message, labels.length + 1L + varintBytes(sampleBytes) + sampleBytes);
        message.writeBytes(labels);
        writeVarint(message, (2 << 3) | BYTES);
        writeVarint(message, sampleBytes);
        writeVarint(message, (1 << 3) | FIXED_64);
        message.writeLongLE(valueBits);
        writeVarint(message, (2 << 3) | VARINT);
        writeVarint(message, atMilliseconds);
    }

    private static void writeField(ByteBuf out, int number, byte[] content) {
        writeVarint(out, ((long) number << 3) | BYTES);
        writeVarint(out, content.length);
        out.writeBytes(content);
    }

    private static int varintBytes(long value) {
        int bytes = 1;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
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
        return Buffer.buffer(ByteBufUtil.getBytes(block));
    }
}
