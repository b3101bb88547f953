package io.vitaltwin.alerts.channel.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import io.vitaltwin.alerts.channel.Delivery;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * What a receiver's acknowledgement means. Its text is never passed on: it may quote the report.
 *
 * @see "HL7 v2.6 chapter 2, MSA-1 (table 0008) and ERR-3 (table 0357)"
 */
final class Acknowledgement {

    private static final Delivery UNREADABLE = new Delivery.Transient("the receiver's answer is no acknowledgement of this report");
    private static final Pattern ERROR_CODE = Pattern.compile("[0-9]{1,4}");

    private Acknowledgement() {
    }

    /** @param id MSH-10 of the report */
    static Delivery judge(HapiContext context, String answer, String id) {
        try {
            Message message = new PipeParser(context).parse(answer);
            Terser terser = new Terser(message);
            if (!id.equals(terser.get("/MSA-2"))) {
                return UNREADABLE;
            }
            return judge(String.valueOf(terser.get("/MSA-1")), errorCode(terser), String.valueOf(terser.get("/MSH-10")));
        } catch (HL7Exception | RuntimeException e) {
            return UNREADABLE; // the parser throws what it likes at an answer that is no HL7
        }
    }

    private static String errorCode(Terser terser) {
        try {
            @Nullable String code = terser.get("/ERR-3-1");
            return code != null && ERROR_CODE.matcher(code).matches() ? code : "";
        } catch (HL7Exception e) {
            return ""; // no ERR, or that of an older version
        }
    }

    private static Delivery judge(String code, String error, String reference) {
        String reason = "the receiver answers " + code + (error.isEmpty() ? "" : " with error " + error);
        return switch (code) {
            case "AA", "CA" -> new Delivery.Delivered(reference);
            case "AE" -> isPassing(error) ? new Delivery.Transient(reason) : new Delivery.Permanent(reason);
            case "AR" -> error.isEmpty() || isPassing(error) ? new Delivery.Transient(reason) : new Delivery.Permanent(reason);
            case "CE" -> isLasting(error) ? new Delivery.Permanent(reason) : new Delivery.Transient(reason);
            case "CR" -> isPassing(error) ? new Delivery.Transient(reason) : new Delivery.Permanent(reason);
            default -> UNREADABLE;
        };
    }

    /** Record locked, or an error inside the receiver: nothing is wrong with the report. */
    private static boolean isPassing(String error) {
        return error.equals("206") || error.equals("207");
    }

    /** The report itself is at fault, or its kind is not taken. */
    private static boolean isLasting(String error) {
        return !error.isEmpty() && !isPassing(error);
    }
}
