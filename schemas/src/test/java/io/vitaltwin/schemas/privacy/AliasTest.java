package io.vitaltwin.schemas.privacy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

import static org.assertj.core.api.Assertions.assertThat;

class AliasTest {

    private final Alias alias = Alias.random(new SecureRandom());

    @Test
    void shouldSurviveItsTextAndItsBytes() {
        assertThat(alias.text()).matches("p-[0-9a-f]{32}");
        assertThat(Alias.of(alias.text())).contains(alias);
        assertThat(Alias.of(alias.bytes(), 0)).isEqualTo(alias).hasSameHashCodeAs(alias);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p-", "patient-ann", "p-0123456789abcdef0123456789abcde", "p-0123456789abcdef0123456789abcdef0",
            "p-0123456789ABCDEF0123456789ABCDEF", "q-0123456789abcdef0123456789abcdef"})
    void shouldNotTakeOtherTextForAnAlias(String text) {
        assertThat(Alias.of(text)).isEmpty();
        assertThat(Alias.in(text.getBytes(StandardCharsets.UTF_8)).filter(found -> text.length() == 34)).isEmpty();
    }

    @Test
    void shouldBeFoundInKeysOfStores() {
        byte[] text = alias.text().getBytes(StandardCharsets.US_ASCII);
        byte[] timer = ByteBuffer.allocate(8 + text.length).putLong(1_790_000_000_000L).put(text).array();
        byte[] held = (alias.text() + '\0' + "device" + '\0' + "7").getBytes(StandardCharsets.UTF_8);
        assertThat(Alias.in(text)).contains(alias);
        assertThat(Alias.in(timer)).contains(alias);
        assertThat(Alias.in(held)).contains(alias);
        assertThat(Alias.in(new byte[8])).isEmpty();
        assertThat(Alias.in(new byte[0])).isEmpty();
    }
}
