package io.vitaltwin.twin.core;

/** What the patient was doing when measured. Stored in state by number: append only. */
public enum Context { SLEEP, REST, LIGHT, VIGOROUS, UNKNOWN }
