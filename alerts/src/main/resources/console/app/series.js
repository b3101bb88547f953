/** From the server's points to what is drawn. No page. */

export const timeOf = point => typeof point.t === 'number' ? point.t : Date.parse(point.t);

/**
 * Columns for one chart. A line joins accepted points only where no gap lies between them: null breaks it, undefined lets it pass. Doubtful points stand
 * on their own, and rejected ones are crosses.
 *
 * @returns times in seconds; line, lowest and highest of the bucket, doubtful, rejected; then low, middle and high of the forecast
 */
export function columns(points, gapAfterMillis, cone = []) {
  const rows = [];
  let before;
  for (const point of points) {
    const at = timeOf(point);
    if (typeof point.value !== 'number') {
      continue;
    }
    if (point.verdict === 'REJECT') {
      rows.push({ at, rejected: point.value });
      continue;
    }
    if (before !== undefined && gapAfterMillis > 0 && at - before > gapAfterMillis) {
      rows.push({ at: before + (at - before) / 2, line: null, low: null, high: null });
    }
    before = at;
    rows.push(point.verdict === 'SUSPECT' ? { at, doubtful: point.value } : { at, line: point.value, low: point.min ?? point.value, high: point.max ?? point.value });
  }
  for (const point of cone) {
    rows.push({ at: point.t, coneLow: point.low, coneMiddle: point.value, coneHigh: point.high });
  }
  rows.sort((a, b) => a.at - b.at);
  const pick = name => rows.map(row => row[name]);
  return [rows.map(row => row.at / 1000), pick('line'), pick('low'), pick('high'), pick('doubtful'), pick('rejected'), pick('coneLow'), pick('coneMiddle'), pick('coneHigh')];
}

/** The forecast of the vital, sorted; empty where there is none. Only interstitial glucose is forecast where the vital is not named. */
export function coneOf(forecast, vital) {
  if (!forecast) {
    return [];
  }
  const own = forecast[vital] ?? ((forecast.vital ?? 'glucose_interstitial') === vital ? forecast : null);
  return (Array.isArray(own) ? own : own?.points ?? [])
    .map(point => ({ t: typeof point.t === 'string' ? Date.parse(point.t) : point.t ?? point.millis, value: point.value, low: point.low, high: point.high }))
    .filter(point => Number.isFinite(point.t) && Number.isFinite(point.low) && Number.isFinite(point.high))
    .sort((a, b) => a.t - b.t);
}

/** Lowest and highest that must be seen: the values, and the limits as far as they are near. */
export function extent(data, limits, personal) {
  const values = data.slice(1).flat().filter(value => typeof value === 'number');
  if (values.length === 0) {
    return [0, 1];
  }
  let low = Math.min(...values);
  let high = Math.max(...values);
  const room = Math.max(high - low, Math.abs(high) * 0.1, 1);
  for (const edge of [limits?.low, limits?.high, personal?.low, personal?.high]) {
    if (typeof edge === 'number' && edge > low - room && edge < high + room) {
      low = Math.min(low, edge);
      high = Math.max(high, edge);
    }
  }
  const margin = Math.max((high - low) * 0.08, 0.5);
  return [low - margin, high + margin];
}
