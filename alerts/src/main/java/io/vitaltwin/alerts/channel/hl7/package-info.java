/** The channel that reports alerts in HL7 v2.6 over MLLP, as IHE Alert Communication Management does. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.channel.hl7;
