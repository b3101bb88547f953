package io.vitaltwin.schemas.privacy;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

import java.util.Optional;

/** Between the pseudonyms that people and devices use, and the aliases that stand on topics while encryption is on. */
public final class Pseudonyms {

    /** Stands where a patient would, for all of whom nothing else is said. It names nobody, so it is no pseudonym and gets no alias. */
    public static final String EVERYBODY_ELSE = "*";

    private static final String FIELD = "patientId";

    private final KeyVault vault;

    public Pseudonyms(KeyVault vault) {
        this.vault = vault;
    }

    /**
     * The alias under which records of this patient are written; one that is an alias already stays.
     *
     * @throws PatientErased when the patient was erased
     */
    public String aliasOf(String patient) {
        return staysAsItIs(patient) ? patient : vault.keyOf(patient).alias().text();
    }

    /** As {@link #aliasOf}, and makes none: empty when nothing was ever written for this patient. */
    public Optional<String> knownAliasOf(String patient) {
        return staysAsItIs(patient) ? Optional.of(patient) : vault.find(patient).map(key -> key.alias().text());
    }

    private boolean staysAsItIs(String patient) {
        return patient.equals(EVERYBODY_ELSE) || isAliasHere(patient);
    }

    private boolean isAliasHere(String patient) {
        return Alias.of(patient).filter(alias -> vault.byAlias(alias) instanceof KeyVault.Found.Key).isPresent();
    }

    /** Whom people know the patient as; the text itself when it is no alias of a patient who is known here. */
    public String patientOf(String alias) {
        return Alias.of(alias).flatMap(vault::patientOf).orElse(alias);
    }

    /** Puts the alias in place of the pseudonym into a record that names its patient. */
    public void hide(SpecificRecord record) {
        Schema.Field field = record.getSchema().getField(FIELD);
        if (field != null && record.get(field.pos()) != null) {
            record.put(field.pos(), aliasOf(record.get(field.pos()).toString()));
        }
    }

    /** Puts the pseudonym that people know in place of the alias. */
    public void show(SpecificRecord record) {
        Schema.Field field = record.getSchema().getField(FIELD);
        if (field != null && record.get(field.pos()) != null) {
            record.put(field.pos(), patientOf(record.get(field.pos()).toString()));
        }
    }
}
