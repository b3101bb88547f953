package io.vitaltwin.testbench.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

import java.util.List;

/** HAPI FHIR: its strict parser, and its validator with the base profiles of R4. No terminology server: codes of LOINC are not looked up. */
final class Judge {

    private final FhirContext context = FhirContext.forR4();
    private final FhirValidator validator = context.newValidator();

    Judge() {
        context.setParserErrorHandler(new StrictErrorHandler());
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context), new InMemoryTerminologyServerValidationSupport(context))));
    }

    /** @return what is wrong, each with its place; empty: it is FHIR R4 */
    List<String> errors(String json) {
        try {
            context.newJsonParser().parseResource(json);
        } catch (DataFormatException e) {
            return List.of("parser: " + e.getMessage());
        }
        return validator.validateWithResult(json).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                .map(message -> message.getLocationString() + ": " + message.getMessage()).toList();
    }
}
