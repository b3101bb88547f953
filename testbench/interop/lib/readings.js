/** A reading as the schema wants it: effective time in milliseconds since the epoch, value as measured. */
export function reading(vital, value, unit, effectiveTime) {
  return { vital, effectiveTime, value, unit, context: 'REST', signalQuality: null, flags: [], original: null };
}

/** A batch of one device. The id is unique for the device: the same id again is the same batch. */
export function batch(deviceId, sequence, sentAt, readings) {
  return { batchId: `${deviceId}-${sentAt}-${sequence}`, deviceId, sentAt, sequence, readings };
}
