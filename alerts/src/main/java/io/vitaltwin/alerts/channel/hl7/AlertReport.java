package io.vitaltwin.alerts.channel.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v26.datatype.CWE;
import ca.uhn.hl7v2.model.v26.datatype.ST;
import ca.uhn.hl7v2.model.v26.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v26.message.ORU_R01;
import ca.uhn.hl7v2.model.v26.segment.MSH;
import ca.uhn.hl7v2.model.v26.segment.OBR;
import ca.uhn.hl7v2.model.v26.segment.OBX;
import ca.uhn.hl7v2.model.v26.segment.PID;
import io.vitaltwin.alerts.channel.hl7.Nomenclature.Code;
import io.vitaltwin.alerts.channel.hl7.Nomenclature.Side;
import io.vitaltwin.alerts.message.AlertDetail;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.Lane;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message as ORU^R40^ORU_R40 of HL7 v2.6: one alert, one facet of it in each OBX. The segments are those of ORU_R01, from which R40 is taken.
 *
 * @param application MSH-3, and the authority of the identifiers of alerts
 * @param facility MSH-4
 * @param receivingApplication MSH-5
 * @param receivingFacility MSH-6
 * @param patientAuthority PID-3.4: who gave the pseudonyms
 * @see "IHE PCD Technical Framework, PCD-04 Report Alert; twin-streams/CLINICAL.md section 6.2"
 */
record AlertReport(String application, String facility, String receivingApplication, String receivingFacility, String patientAuthority) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The segments, each ended by a carriage return. The same message at the same time is the same text. @param sent MSH-7 */
    String of(Message message, Instant sent) {
        try {
            ORU_R01 report = new ORU_R01();
            header(report.getMSH(), message, sent);
            patient(report.getPATIENT_RESULT().getPATIENT().getPID(), message);
            ORU_R01_ORDER_OBSERVATION order = report.getPATIENT_RESULT().getORDER_OBSERVATION();
            order(order.getOBR(), message);
            order.getNTE().getNte1_SetIDNTE().setValue("1");
            order.getNTE().getNte3_Comment(0).setValue(message.notice());
            facets(report, order, message);
            return report.encode();
        } catch (HL7Exception e) {
            throw new IllegalStateException("a report of texts can be written", e);
        }
    }

    private void header(MSH header, Message message, Instant sent) throws DataTypeException {
        header.getMsh1_FieldSeparator().setValue("|");
        header.getMsh2_EncodingCharacters().setValue("^~\\&");
        header.getMsh3_SendingApplication().getNamespaceID().setValue(application);
        header.getMsh4_SendingFacility().getNamespaceID().setValue(facility);
        header.getMsh5_ReceivingApplication().getNamespaceID().setValue(receivingApplication);
        header.getMsh6_ReceivingFacility().getNamespaceID().setValue(receivingFacility);
        header.getMsh7_DateTimeOfMessage().setValue(TIME.format(sent));
        header.getMsh9_MessageType().getMessageCode().setValue("ORU");
        header.getMsh9_MessageType().getTriggerEvent().setValue("R40");
        header.getMsh9_MessageType().getMessageStructure().setValue("ORU_R40");
        header.getMsh10_MessageControlID().setValue(message.id());
        header.getMsh11_ProcessingID().getProcessingID().setValue("P");
        header.getMsh12_VersionID().getVersionID().setValue("2.6");
        header.getMsh15_AcceptAcknowledgmentType().setValue("AL");
        header.getMsh16_ApplicationAcknowledgmentType().setValue("NE");
        header.getMsh18_CharacterSet(0).setValue("UNICODE UTF-8");
        header.getMsh21_MessageProfileIdentifier(0).getEntityIdentifier().setValue("IHE_PCD_ACM_001");
        header.getMsh21_MessageProfileIdentifier(0).getNamespaceID().setValue("IHE PCD");
        header.getMsh21_MessageProfileIdentifier(0).getUniversalID().setValue("1.3.6.1.4.1.19376.1.6.4.4");
        header.getMsh21_MessageProfileIdentifier(0).getUniversalIDType().setValue("ISO");
    }

    private void patient(PID patient, Message message) throws DataTypeException {
        patient.getPatientIdentifierList(0).getIDNumber().setValue(message.about().patientId());
        patient.getPatientIdentifierList(0).getAssigningAuthority().getNamespaceID().setValue(patientAuthority);
        patient.getPatientIdentifierList(0).getIdentifierTypeCode().setValue("PI");
    }

    /** All reports of one alert have the alert as their parent. */
    private void order(OBR order, Message message) throws DataTypeException {
        order.getObr1_SetIDOBR().setValue("1");
        order.getObr3_FillerOrderNumber().getEntityIdentifier().setValue(message.id());
        order.getObr3_FillerOrderNumber().getNamespaceID().setValue(application);
        set(order.getObr4_UniversalServiceIdentifier(), Nomenclature.ALARM);
        order.getObr7_ObservationDateTime().setValue(TIME.format(message.about().at()));
        order.getObr29_Parent().getFillerAssignedIdentifier().getEntityIdentifier().setValue(message.about().alertId());
        order.getObr29_Parent().getFillerAssignedIdentifier().getNamespaceID().setValue(application);
    }

    private static void facets(ORU_R01 report, ORU_R01_ORDER_OBSERVATION order, Message message) throws HL7Exception {
        Optional<AlertDetail> detail = message.about().detail();
        Optional<Side> side = detail.flatMap(told -> Nomenclature.side(told.rule()));
        String priority = Facets.priority(message.about().priority());
        String type = Facets.type(message.about().lane());
        OBX event = text(report, order, 1, Nomenclature.event(side), detail.map(AlertDetail::rule).orElse("alert"));
        List<String> flags = Stream.concat(side.stream().map(Side::flag), Stream.of(priority, type)).toList();
        for (int i = 0; i < flags.size(); i++) {
            event.getObx8_AbnormalFlags(i).setValue(flags.get(i));
        }
        event.getObx14_DateTimeOfTheObservation().setValue(TIME.format(detail.map(AlertDetail::since).orElse(message.about().at())));
        Optional<String> source = detail.flatMap(told -> told.vitals().stream().findFirst());
        if (source.isPresent() && message.about().lane() != Lane.ADMINISTRATIVE) {
            code(report, order, 2, Nomenclature.SOURCE, Nomenclature.vital(source.get()));
        }
        text(report, order, 3, Nomenclature.PHASE, Facets.phase(message));
        text(report, order, 4, Nomenclature.STATE, Facets.state(message));
        text(report, order, 5, Nomenclature.INACTIVATION, Facets.inactivation(message));
        text(report, order, 6, Nomenclature.PRIORITY, priority);
        text(report, order, 7, Nomenclature.TYPE, type);
        text(report, order, 8, Nomenclature.TEXT, detail.map(AlertDetail::text).filter(text -> !text.isEmpty()).orElse(message.shortText()));
    }

    private static OBX text(ORU_R01 report, ORU_R01_ORDER_OBSERVATION order, int facet, Code what, String value) throws DataTypeException {
        OBX observation = observation(order, facet, what, "ST");
        ST text = new ST(report);
        text.setValue(value);
        observation.getObx5_ObservationValue(0).setData(text);
        return observation;
    }

    private static void code(ORU_R01 report, ORU_R01_ORDER_OBSERVATION order, int facet, Code what, Code value) throws DataTypeException {
        CWE code = new CWE(report);
        set(code, value);
        observation(order, facet, what, "CWE").getObx5_ObservationValue(0).setData(code);
    }

    private static OBX observation(ORU_R01_ORDER_OBSERVATION order, int facet, Code what, String type) throws DataTypeException {
        int place = order.getOBSERVATIONReps();
        OBX observation = order.getOBSERVATION(place).getOBX();
        observation.getObx1_SetIDOBX().setValue(Integer.toString(place + 1));
        observation.getObx2_ValueType().setValue(type);
        set(observation.getObx3_ObservationIdentifier(), what);
        observation.getObx4_ObservationSubID().setValue("1.0.0.0." + facet);
        observation.getObx11_ObservationResultStatus().setValue("F");
        return observation;
    }

    private static void set(CWE field, Code code) throws DataTypeException {
        field.getIdentifier().setValue(code.id());
        field.getText().setValue(code.name());
        field.getNameOfCodingSystem().setValue(code.system());
    }
}
