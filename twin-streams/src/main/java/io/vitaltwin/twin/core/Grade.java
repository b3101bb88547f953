package io.vitaltwin.twin.core;

/** Grade of a registered device. UNKNOWN: not registered; trusted less than CONSUMER. Stored in state by number: append only. */
public enum Grade { CLINICAL, MEDICAL_HOME, CONSUMER, UNKNOWN }
