package io.vitaltwin.twin.core;

/** Which hands an alert belongs in. */
public enum Lane { PHYSIOLOGICAL, TECHNICAL, ADMINISTRATIVE }
