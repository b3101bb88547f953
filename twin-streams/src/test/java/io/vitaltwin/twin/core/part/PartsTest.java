package io.vitaltwin.twin.core.part;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartsTest {

    private static final long BASE = 1_772_409_600_000L;

    /** Remembers so many numbers. */
    private static final class Numbers implements Part {

        static final PartType<Numbers> TYPE = new PartType<>(PartKind.WEIGHT, Numbers.class, Numbers::new, Numbers::decode);
        private static int decoded;
        private long[] numbers = {};

        @Override
        public boolean isEmpty() {
            return numbers.length == 0;
        }

        @Override
        public void encode(ByteBuffer out) {
            Packed.put(out, numbers.length);
            for (long number : numbers) {
                Packed.put(out, number);
            }
        }

        static Numbers decode(ByteBuffer in) {
            decoded++;
            Numbers read = new Numbers();
            read.numbers = new long[Packed.getInt(in)];
            for (int i = 0; i < read.numbers.length; i++) {
                read.numbers[i] = Packed.get(in);
            }
            if (in.hasRemaining()) {
                throw new IllegalStateException("the part does not end where its bytes end");
            }
            return read;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 126, 127, 128, 129, 20_000})
    void shouldRestoreAPartOfAnyLength(int length) {
        Parts parts = new Parts();
        parts.get(Numbers.TYPE).numbers = new long[length];
        parts.get(Numbers.TYPE).numbers[length - 1] = 7;

        Parts restored = restore(parts, 42);

        assertThat(restored.get(Numbers.TYPE).numbers).hasSize(length).endsWith(7);
    }

    @Test
    void shouldCarryOverWhatNobodyAsksForWithoutReadingIt() {
        Parts parts = new Parts();
        parts.get(Numbers.TYPE).numbers = new long[] {1, 2, 300};
        int before = Numbers.decoded;

        Parts twice = restore(restore(parts, 0), 0);

        assertThat(Numbers.decoded).isEqualTo(before);
        assertThat(twice.get(Numbers.TYPE).numbers).containsExactly(1, 2, 300);
        assertThat(Numbers.decoded).isEqualTo(before + 1);
    }

    @Test
    void shouldStoreNothingOfAnEmptyPart() {
        Parts parts = new Parts();
        parts.get(Numbers.TYPE);

        ByteBuffer out = ByteBuffer.allocate(16);
        parts.encode(out, BASE);

        assertThat(out.position()).isEqualTo(1);
        assertThat(restore(parts, 0).find(Numbers.TYPE)).isEmpty();
    }

    @Test
    void shouldKeepADueTimeAndTellTheEarliest() {
        Parts parts = new Parts();
        parts.get(Numbers.TYPE);
        assertThat(parts.nextDue()).isEqualTo(Parts.NEVER);

        parts.due(PartKind.WEIGHT, BASE - 5);
        Parts restored = restore(parts, 0);

        assertThat(restored.nextDue()).isEqualTo(BASE - 5);
        assertThat(restored.due(PartKind.WEIGHT)).isEqualTo(BASE - 5);
        assertThat(restored.due(PartKind.NIGHTS)).isEqualTo(Parts.NEVER);
        restored.due(PartKind.WEIGHT, Parts.NEVER);
        assertThat(restored.nextDue()).isEqualTo(Parts.NEVER);
    }

    @Test
    void shouldRefuseADueTimeOfNothing() {
        Parts parts = new Parts();
        parts.due(PartKind.NIGHTS, Parts.NEVER);
        assertThatThrownBy(() -> parts.due(PartKind.NIGHTS, BASE)).isInstanceOf(IllegalStateException.class).hasMessageContaining("NIGHTS");
    }

    @Test
    void shouldForgetWhatRestsOnAVitalThatMayNotBeUsed() {
        Parts parts = new Parts();
        parts.get(Numbers.TYPE).numbers = new long[] {1};

        parts.keep(EnumSet.of(Vital.BODY_WEIGHT, Vital.SPO2));
        assertThat(parts.find(Numbers.TYPE)).isPresent();

        parts.keep(Set.of(Vital.SPO2));
        assertThat(parts.find(Numbers.TYPE)).isEmpty();
    }

    @Test
    void shouldSayThatTheStateIsDamaged() {
        ByteBuffer damaged = ByteBuffer.wrap(new byte[] {1, (byte) PartKind.WEIGHT.ordinal(), 9, 1});
        assertThatThrownBy(() -> Parts.decode(damaged, BASE)).isInstanceOf(IllegalStateException.class).hasMessageContaining("damaged");
    }

    /** Encodes after some other bytes, as the twin does. */
    private static Parts restore(Parts parts, int offset) {
        ByteBuffer out = ByteBuffer.allocate(1 << 17).position(offset);
        parts.encode(out, BASE);
        int end = out.position();
        ByteBuffer in = ByteBuffer.wrap(out.array(), offset, end - offset);
        Parts restored = Parts.decode(in, BASE);
        assertThat(in.hasRemaining()).isFalse();
        return restored;
    }
}
