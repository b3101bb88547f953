package io.vitaltwin.alerts.channel.email;

import io.vitaltwin.alerts.channel.Delivery;
import jakarta.mail.AuthenticationFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

import java.net.SocketTimeoutException;
import java.util.OptionalInt;

import javax.net.ssl.SSLException;

/**
 * What a failed sending means. Reads the codes of the answers and never passes on their text, which may quote an address.
 *
 * @see "RFC 5321 section 4.2.1: 4xx try again, 5xx do not"
 */
final class SmtpFailure {

    /** Causes that are looked at; a longer chain is none of a mail library. */
    private static final int DEEPEST = 20;

    private SmtpFailure() {
    }

    static Delivery of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            OptionalInt code = code(cause);
            if (code.isPresent()) {
                return answered(code.getAsInt());
            }
            switch (cause) {
                case AuthenticationFailedException refused -> {
                    return refusedPassword(refused);
                }
                case MailConnectException unreachable -> {
                    return new Delivery.Transient("the mail server cannot be reached");
                }
                case SocketTimeoutException late -> {
                    return new Delivery.Transient("the receiver did not answer in time");
                }
                case SSLException tls -> {
                    return new Delivery.Transient("the mail server cannot be reached with TLS, or is not trusted");
                }
                default -> cause = cause.getCause();
            }
        }
        return new Delivery.Transient("the mail server hung up or does not speak SMTP as agreed");
    }

    private static Delivery answered(int code) {
        return code / 100 == 5 ? new Delivery.Permanent("the mail server answers " + code) : new Delivery.Transient("the mail server answers " + code);
    }

    /** The server's answer is the message of the exception, code first. */
    private static Delivery refusedPassword(AuthenticationFailedException refused) {
        String answer = String.valueOf(refused.getMessage());
        return answer.startsWith("4") ? new Delivery.Transient("the mail server cannot check the password now")
                : new Delivery.Permanent("the mail server refuses user or password");
    }

    /** Code of the answer that the exception tells of; empty: it tells of none that says no. */
    private static OptionalInt code(Throwable cause) {
        int code = switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException from -> from.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> -1;
        };
        return code >= 400 && code < 600 ? OptionalInt.of(code) : OptionalInt.empty();
    }
}
