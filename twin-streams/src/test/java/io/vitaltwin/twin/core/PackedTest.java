package io.vitaltwin.twin.core;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PackedTest {

    private final ByteBuffer bytes = ByteBuffer.allocate(64);

    @ParameterizedTest
    @CsvSource({"0, 1", "127, 1", "128, 2", "16383, 2", "16384, 3", "2147483647, 5", "9223372036854775807, 9", "-1, 10"})
    void shouldBeShortForSmallNumbers(long number, int length) {
        Packed.put(bytes, number);
        assertThat(bytes.position()).isEqualTo(length);
        assertThat(Packed.get(bytes.flip())).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "63, 1", "-64, 1", "64, 2", "-65, 2", "9223372036854775807, 10", "-9223372036854775808, 10"})
    void shouldBeShortNearZero(long number, int length) {
        Packed.putSigned(bytes, number);
        assertThat(bytes.position()).isEqualTo(length);
        assertThat(Packed.getSigned(bytes.flip())).isEqualTo(number);
    }

    @Test
    void shouldGiveBackAnyNumber() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            long number = random.nextLong() >> random.nextInt(64);
            Packed.put(bytes.clear(), number);
            Packed.putSigned(bytes, number);
            bytes.flip();
            assertThat(Packed.get(bytes)).as("seed %d round %d", seed, round).isEqualTo(number);
            assertThat(Packed.getSigned(bytes)).as("seed %d round %d", seed, round).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "watch-7", "Gerät é 心"})
    void shouldGiveBackTexts(String text) {
        Packed.putText(bytes, text);
        assertThat(Packed.getText(bytes.flip())).isEqualTo(text);
    }

    @Test
    void shouldRefuseANumberOfMoreThanTenBytes() {
        for (int i = 0; i < 11; i++) {
            bytes.put((byte) -1);
        }
        assertThatThrownBy(() -> Packed.get(bytes.flip())).isInstanceOf(IllegalStateException.class)
                .hasMessage("state is damaged: a number of more than 10 bytes");
    }

    @Test
    void shouldRefuseATextThatIsLongerThanWhatIsThere() {
        Packed.put(bytes, 5);
        bytes.put((byte) 'a').flip();
        assertThatThrownBy(() -> Packed.getText(bytes)).isInstanceOf(IllegalStateException.class).hasMessage("state is damaged: a text of 5 bytes");
    }

    @Test
    void shouldNoticeTheEnd() {
        bytes.put((byte) 0x80).flip();
        assertThatThrownBy(() -> Packed.get(bytes)).isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void shouldRefuseACountThatIsNoInt() {
        Packed.put(bytes, 1L << 31);
        assertThatThrownBy(() -> Packed.getInt(bytes.flip())).isInstanceOf(ArithmeticException.class);
    }
}
