package io.vitaltwin.alerts.channel.hl7;

import ca.uhn.hl7v2.HapiContext;
import io.vitaltwin.alerts.channel.Delivery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class AcknowledgementTest {

    private static final String ID = "alert.1.FIRST_CONTACT";

    private static Delivery judge(String answer) throws IOException {
        try (HapiContext context = Hl7Channel.answers()) {
            return Acknowledgement.judge(context, answer, ID);
        }
    }

    private static String ack(String version, String code, String error) {
        return "MSH|^~\\&|AM|hospital|vitaltwin||20261122093006||ACK^R40^ACK|ack-1|P|" + version + "\rMSA|" + code + "|" + ID + "|ann 84 %\r"
                + (error.isEmpty() ? "" : "ERR||OBX^1|" + error + "^what^HL70357|E||||ann 84 %\r");
    }

    @ParameterizedTest
    @CsvSource({"AA, 2.6", "CA, 2.6", "AA, 2.3", "AA, 2.5.1", "CA, 2.8", "AA, 3.7"})
    void shouldHaveDelivered(String code, String version) throws IOException {
        assertThat(judge(ack(version, code, ""))).isEqualTo(new Delivery.Delivered("ack-1"));
    }

    @ParameterizedTest
    @CsvSource({"AE, 206", "AE, 207", "AR, ''", "AR, 206", "AR, 207", "CE, ''", "CE, 207", "CR, 207"})
    void shouldTryAgainWhereNothingIsWrongWithTheReport(String code, String error) throws IOException {
        assertThat(judge(ack("2.6", code, error)))
                .isEqualTo(new Delivery.Transient("the receiver answers " + code + (error.isEmpty() ? "" : " with error " + error)));
    }

    @ParameterizedTest
    @CsvSource({"AE, ''", "AE, 100", "AE, 103", "AE, 204", "AR, 200", "AR, 203", "CE, 101", "CR, ''", "CR, 202"})
    void shouldNotTryAgainWhereTheReportIsAtFault(String code, String error) throws IOException {
        assertThat(judge(ack("2.6", code, error)))
                .isEqualTo(new Delivery.Permanent("the receiver answers " + code + (error.isEmpty() ? "" : " with error " + error)));
    }

    /** An error that is no code may be a text that quotes the report. */
    @ParameterizedTest
    @ValueSource(strings = {"ann", "84 %", "123456"})
    void shouldNotPassOnWhatIsNoCode(String error) throws IOException {
        assertThat(judge(ack("2.6", "AE", error))).isEqualTo(new Delivery.Permanent("the receiver answers AE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "what?", "MSH|", "MSH|^~\\&", "MSH|^~\\&|AM||||20261122||ACK|1|P|2.6\r", "<ACK/>",
        "MSH|^~\\&|AM||||20261122||ACK|1|P|2.6\rMSA|AA|another\r", "MSH|^~\\&|AM||||20261122||ACK|1|P|2.6\rMSA|AA\r",
        "MSH|^~\\&|AM||||20261122||ACK|1|P|2.6\rMSA|ann 84 %|" + ID + "\r", "MSH|^~\\&|AM||||20261122||ACK|1|P|2.6\rMSA||" + ID + "\r"})
    void shouldTryAgainWhereTheAnswerIsNoAcknowledgementOfTheReport(String answer) throws IOException {
        assertThat(judge(answer)).isEqualTo(new Delivery.Transient("the receiver's answer is no acknowledgement of this report"));
    }
}
