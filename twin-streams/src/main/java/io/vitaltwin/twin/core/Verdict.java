package io.vitaltwin.twin.core;

/** ACCEPT: use it. SUSPECT: kept and shown, raises no HIGH alone, feeds no baseline. REJECT: not a measurement of this patient. */
public enum Verdict { ACCEPT, SUSPECT, REJECT }
