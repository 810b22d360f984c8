package pulseboard.board.s3.engine;

import java.util.zip.Checksum;

/** CRC-64/NVME, which Amazon's own programs send since 2025: https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme */
final class Crc64Nvme implements Checksum {

    private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L; // With its bits in reverse.
    private static final long[] TABLE = new long[256];

    static {
        for (int value = 0; value < TABLE.length; value++) {
            long rest = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                rest = (rest >>> 1) ^ ((rest & 1) == 0 ? 0 : POLYNOMIAL);
            }
            TABLE[value] = rest;
        }
    }

    private long rest = -1;

    @Override
    public void update(int value) {
        rest = TABLE[(int) (rest ^ value) & 0xff] ^ (rest >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        for (int index = offset; index < offset + length; index++) {
            update(bytes[index]);
        }
    }

    @Override
    public long getValue() {
        return ~rest;
    }

    @Override
    public void reset() {
        rest = -1;
    }
}
