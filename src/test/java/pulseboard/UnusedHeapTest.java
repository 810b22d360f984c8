package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnusedHeapTest {

    private static final long MIB = 1 << 20;

    private long size = 12 * MIB;
    private long needed = 12 * MIB;
    private int collections;
    private final UnusedHeap heap = new UnusedHeap(() -> size, this::collect);

    private void collect() {
        collections++;
        size = needed;
    }

    private void look(long bytes) {
        size = bytes;
        heap.look();
    }

    @Test
    void heapThatHasGrownIsGivenBack() {
        look(40 * MIB);
        assertEquals(1, collections);
        look(12 * MIB);
        look(40 * MIB);
        assertEquals(2, collections);
    }

    @Test
    void growthBitByBitCounts() {
        for (int mebibytes = 12; mebibytes <= 14; mebibytes++) {
            look(mebibytes * MIB);
        }
        assertEquals(1, collections);
    }

    @Test
    void heapThatStaysIsNotCollected() {
        look(12 * MIB);
        look(13 * MIB);
        look(12 * MIB);
        look(13 * MIB);
        assertEquals(0, collections);
    }

    @Test
    void heapThatIsNeededIsCollectedOnce() {
        needed = 80 * MIB;
        look(80 * MIB);
        look(80 * MIB);
        look(93 * MIB);
        assertEquals(1, collections);
        look(94 * MIB);
        assertEquals(2, collections);
    }
}
