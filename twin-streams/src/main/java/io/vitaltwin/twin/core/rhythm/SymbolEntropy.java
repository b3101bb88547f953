package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/**
 * How unpredictable the last {@value #BEATS} beats are, followed beat by beat. Each interval becomes one of 64 symbols (heart rate in steps of
 * 5 /min), each three neighbours a word; E = -(k / (N log2 N)) sum p log2 p over N = {@value #WORDS} words, k of them different. 0: one
 * word only; 1: all words differ.
 *
 * <p>Whole numbers only until the last step, so the value depends on the last {@value #BEATS} intervals and on nothing else: not on what was
 * before them, nor on where the state was stored and read again.
 *
 * <p>Stored form: 1-2 bytes of count; unless it is 0, 1 byte lowest symbol, 1 byte of bits per symbol, and the symbols as differences to the
 * lowest: 49 bytes (3 bits) where the rate stays within 40 /min, 65 (4 bits) in fibrillation, 97 at most. The words are made anew when read.
 *
 * @see "Zhou X et al., PLoS ONE 2015;10:e0136544; CLINICAL.md section 3.5"
 */
public final class SymbolEntropy {

    /** Words of which the entropy is taken. */
    public static final int WORDS = 127;

    /** Intervals that make so many words of three. */
    public static final int BEATS = WORDS + 2;

    /** {@link #encode} never writes more. */
    static final int MAX_BYTES = 4 + BEATS;

    /** Thousandths of a millisecond in a minute, by 5 /min: an interval of so many is one step of heart rate. */
    private static final long MILLI_PER_STEP = 12_000_000;
    private static final int HIGHEST_SYMBOL = 63;
    private static final int SYMBOL_BITS = 6;

    /** Of the table in which words are counted when they are made anew: twice as many as words, so that a search is short. */
    private static final int PLACE_BITS = 8;
    private static final int PLACES = 1 << PLACE_BITS;

    /** Scale of the whole numbers that stand for c log2 c. */
    private static final double SCALE = 1L << 32;
    private static final long[] C_LOG_C = new long[WORDS + 1];
    private static final double LOG_WORDS = log2(WORDS);

    static {
        for (int c = 2; c <= WORDS; c++) {
            C_LOG_C[c] = Math.round(c * log2(c) * SCALE);
        }
    }

    /** The newest symbols, a ring: the newest is before {@link #next}. */
    private final byte[] symbols = new byte[BEATS];
    private int next;
    private int count;

    /** The newest words, a ring that turns with the symbols. */
    private final int[] words = new int[WORDS];
    private int nextWord;
    private int wordCount;
    private int distinct;
    private long sum;

    private static double log2(int value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }

    /** Takes the next interval between two beats. @param milli thousandths of a millisecond, above 0 */
    public void add(long milli) {
        addSymbol((int) Math.min(HIGHEST_SYMBOL, MILLI_PER_STEP / milli));
    }

    private void addSymbol(int symbol) {
        if (count >= 2) {
            addWord(word(symbolBefore(2), symbolBefore(1), symbol));
        }
        symbols[next] = (byte) symbol;
        next = (next + 1) % BEATS;
        count = Math.min(BEATS, count + 1);
    }

    private int symbolBefore(int back) {
        return symbols[(next + BEATS - back) % BEATS];
    }

    private static int word(int first, int second, int third) {
        return first << 2 * SYMBOL_BITS | second << SYMBOL_BITS | third;
    }

    private void addWord(int word) {
        if (wordCount == WORDS) {
            int times = timesOf(words[nextWord]);
            sum += C_LOG_C[times - 1] - C_LOG_C[times];
            distinct -= times == 1 ? 1 : 0;
            words[nextWord] = -1;
        }
        int times = timesOf(word);
        sum += C_LOG_C[times + 1] - C_LOG_C[times];
        distinct += times == 0 ? 1 : 0;
        words[nextWord] = word;
        nextWord = (nextWord + 1) % WORDS;
        wordCount = Math.min(WORDS, wordCount + 1);
    }

    private int timesOf(int word) {
        int times = 0;
        for (int i = 0; i < wordCount; i++) {
            times += words[i] == word ? 1 : 0;
        }
        return times;
    }

    /** Whether enough beats have come in one piece. */
    public boolean isKnown() {
        return wordCount == WORDS;
    }

    /** @throws IllegalStateException while fewer than {@value #BEATS} beats are known */
    public double value() {
        if (!isKnown()) {
            throw new IllegalStateException("entropy of " + count + " beats");
        }
        return distinct * Math.max(0, LOG_WORDS - sum / SCALE / WORDS) / (WORDS * LOG_WORDS);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Begins anew: the next beat does not follow the last. */
    public void clear() {
        next = 0;
        count = 0;
        nextWord = 0;
        wordCount = 0;
        distinct = 0;
        sum = 0;
    }

    void encode(ByteBuffer out) {
        Packed.put(out, count);
        if (count == 0) {
            return;
        }
        int lowest = HIGHEST_SYMBOL;
        int highest = 0;
        for (int back = count; back > 0; back--) {
            lowest = Math.min(lowest, symbolBefore(back));
            highest = Math.max(highest, symbolBefore(back));
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(highest - lowest);
        out.put((byte) lowest).put((byte) width);
        int bits = 0;
        int held = 0;
        for (int back = count; back > 0; back--) {
            bits |= symbolBefore(back) - lowest << held;
            held += width;
            while (held >= Byte.SIZE) {
                out.put((byte) bits);
                bits >>>= Byte.SIZE;
                held -= Byte.SIZE;
            }
        }
        if (held > 0) {
            out.put((byte) bits);
        }
    }

    static SymbolEntropy decode(ByteBuffer in) {
        SymbolEntropy entropy = new SymbolEntropy();
        int stored = Packed.getInt(in);
        if (stored == 0) {
            return entropy;
        }
        int lowest = in.get();
        int width = in.get();
        if (stored < 0 || stored > BEATS || width < 0 || width > SYMBOL_BITS) {
            throw new IllegalStateException("state is damaged: " + stored + " beats of " + width + " bits");
        }
        int bits = 0;
        int held = 0;
        for (int i = 0; i < stored; i++) {
            if (held < width) {
                bits |= (in.get() & 0xFF) << held;
                held += Byte.SIZE;
            }
            entropy.symbols[i] = (byte) (lowest + (bits & (1 << width) - 1));
            bits >>>= width;
            held -= width;
        }
        entropy.count = stored;
        entropy.next = stored % BEATS;
        entropy.makeWords();
        return entropy;
    }

    /** All words of symbols that begin at place 0, counted at once: a table with open places instead of a search for each. */
    private void makeWords() {
        wordCount = Math.max(0, count - 2);
        nextWord = wordCount % WORDS;
        int[] known = new int[PLACES];
        byte[] times = new byte[PLACES];
        for (int i = 0; i < wordCount; i++) {
            int word = word(symbols[i], symbols[i + 1], symbols[i + 2]);
            words[i] = word;
            int place = word * 0x9E3779B1 >>> Integer.SIZE - PLACE_BITS;
            while (times[place] != 0 && known[place] != word) {
                place = place + 1 & PLACES - 1;
            }
            sum += C_LOG_C[times[place] + 1] - C_LOG_C[times[place]];
            distinct += times[place] == 0 ? 1 : 0;
            known[place] = word;
            times[place]++;
        }
    }
}
