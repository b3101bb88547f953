package io.vitaltwin.alerts.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.console.Wards;
import io.vitaltwin.alerts.web.WebBench.Browser;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The document says what the server does: the same routes, and answers that fit their schemas. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private final WebBench bench = new WebBench();
    private final JsonNode document = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(bench.get("/v1/openapi.yaml").body()));

    @Test
    void shouldNameEachRouteOfTheServerAndNoOther() {
        List<String> documented = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(documented).containsExactlyInAnyOrderElementsOf(bench.server.routes());
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void shouldReferToWhatIsThere() {
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
    }

    private void fits(String method, String path, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode answer = document.at("/paths/" + path.replace("/", "~1") + "/" + method + "/responses/" + response.statusCode());
        assertThat(answer.isMissingNode()).as(method + " " + path + " may answer " + response.statusCode()).isFalse();
        if (answer.has("$ref")) {
            answer = document.at(answer.get("$ref").asText().substring(1));
        }
        ObjectNode schema = answer.get("content").get(type).get("schema").deepCopy();
        schema.set("components", document.get("components"));
        JsonSchema compiled = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        assertThat(compiled.validate(WebBench.json(response))).as(method + " " + path).isEmpty();
    }

    @Test
    void shouldAnswerAsItSays() {
        Browser nurse = bench.as(Wards.NURSE);
        fits("post", "/v1/session", nurse.signIn);
        fits("get", "/v1/session", nurse.get("/v1/session"));
        fits("get", "/v1/session", bench.get("/v1/session"));
        fits("get", "/v1/session/methods", bench.get("/v1/session/methods"));
        fits("get", "/v1/worklist", nurse.get("/v1/worklist"));
        fits("get", "/v1/worklist", nurse.get("/v1/worklist?lane=x"));
        fits("get", "/v1/patients/{id}", nurse.get("/v1/patients/p1"));
        fits("get", "/v1/patients/{id}", nurse.get("/v1/patients/p3"));
        fits("get", "/v1/alerts/{alertId}", nurse.get("/v1/alerts/a1?patient=p1"));
        fits("get", "/v1/patients/{id}/alerts", nurse.get("/v1/patients/p1/alerts?state=all"));
        fits("get", "/v1/patients/{id}/trend", nurse.get("/v1/patients/p1/trend"));
        fits("get", "/v1/patients/{id}/consents", nurse.get("/v1/patients/p1/consents"));
        fits("get", "/v1/patients/{id}/disclosures", nurse.get("/v1/patients/p1/disclosures"));
        fits("get", "/v1/ops", bench.as(new Visitor("olga", Role.OPS, Set.of(), "")).get("/v1/ops"));
        fits("get", "/v1/ops", nurse.get("/v1/ops"));
        fits("get", "/health/live", bench.get("/health/live"));
        fits("get", "/health/ready", bench.get("/health/ready"));
    }

    @Test
    void shouldAnswerActionsAsItSays() {
        Browser nurse = bench.as(Wards.NURSE);
        String body = "{\"patient\":\"p1\",\"actionId\":\"00000000-0000-4000-8000-000000000001\",\"kind\":\"ACKNOWLEDGE\"}";
        fits("post", "/v1/alerts/{alertId}/actions", nurse.call("POST", "/v1/alerts/a1/actions", body));
        fits("post", "/v1/alerts/{alertId}/actions", nurse.call("POST", "/v1/alerts/a1/actions", body.replace("ACKNOWLEDGE", "HEAL")));
        bench.workflow = action -> Optional.of(Wards.step("p1", "a1", action.getActionId(), WorkflowEventType.ACKNOWLEDGED, WorkflowState.ACKNOWLEDGED));
        fits("post", "/v1/alerts/{alertId}/actions", nurse.call("POST", "/v1/alerts/a1/actions", body.replace("01\"", "02\"")));
        bench.workflow = action -> Optional.of(Wards.step("p1", "a1", action.getActionId(), WorkflowEventType.REFUSED, WorkflowState.OPEN));
        fits("post", "/v1/alerts/{alertId}/actions", nurse.call("POST", "/v1/alerts/a1/actions", body.replace("01\"", "03\"")));
        fits("post", "/v1/actions", nurse.call("POST", "/v1/actions", "{\"actions\":[" + body.replace("01\"", "04\"").replace("{", "{\"alertId\":\"a1\",") + "]}"));
    }

    /** The check can fail. */
    @Test
    void shouldFindAnAnswerThatDoesNotFit() {
        ObjectNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/Worklist");
        schema.set("components", document.get("components"));
        JsonSchema compiled = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        assertThat(compiled.validate(JSON.createObjectNode().put("asOf", "yesterday").put("position", "x-1"))).hasSizeGreaterThanOrEqualTo(2);
    }
}
