package io.vitaltwin.twin.core.news2;

/** What the patient is prescribed to breathe; it stands in for a flow that nobody measured. */
public enum Prescription { NONE, AIR, OXYGEN }
