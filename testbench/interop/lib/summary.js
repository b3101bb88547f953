/** Rule families of a rule; a rule that is not named here is a family of its own. */
const FAMILIES = [
  ['SPO2', /^(COPD_)?SPO2_/],
  ['HR', /^HR_/],
  ['CGM_LOW', /^CGM_(URGENT_LOW|HYPO)/],
  ['CGM_HIGH', /^CGM_HYPER/],
  ['NEWS2', /^NEWS2_/],
  ['SILENCE', /^(DEVICE_SILENT|CGM_SIGNAL_LOSS)$/],
];

const FATES = ['APPLIED', 'DUPLICATE', 'LATE', 'REFUSED', 'DEAD'];

/** What is wrong with a demo's summary, one sentence each; none when it is good. */
export function problemsOf(line) {
  let summary;
  try {
    summary = JSON.parse(line);
  } catch (problem) {
    return [`the last line is not JSON: ${problem.message}`];
  }
  return numbersMissing(summary).concat(numbersMissing(summary).length > 0 ? [] : contradictions(summary));
}

function numbersMissing(summary) {
  const paths = ['readings', 'patients', 'readySeconds', ...FATES.map((fate) => `fates.${fate}`), 'alerts.raised', 'violations.records',
    'violations.readings', 'quality.ACCEPT', 'quality.SUSPECT', 'quality.REJECT', 'latencyMillis.p50', 'latencyMillis.p99'];
  const missing = paths.filter((path) => !(at(summary, path) >= 0)).map((path) => `${path} is not a number of 0 or more`);
  if (typeof summary?.version !== 'string' || summary.version === '') {
    missing.push('version is missing');
  }
  if (!Object.values(summary?.alerts?.byRule ?? { none: null }).every((count) => count > 0)) {
    missing.push('alerts.byRule is not a count by rule');
  }
  return missing;
}

function contradictions({ readings, fates, alerts, violations, quality, patients, latencyMillis, readySeconds }) {
  const families = new Set(Object.keys(alerts.byRule).map(familyOf));
  const checks = [
    [readings > 0, 'no readings'],
    [patients > 0, 'no patients'],
    [sum(FATES.map((fate) => fates[fate])) === readings, `fates add up to ${sum(FATES.map((fate) => fates[fate]))}, readings are ${readings}`],
    [fates.REFUSED === violations.readings, `${fates.REFUSED} readings refused, ${violations.readings} in violations`],
    [violations.records > 0, 'no consent violations'],
    [violations.records <= violations.readings, 'more violation records than refused readings'],
    [quality.SUSPECT > 0, 'no SUSPECT reading'],
    [quality.ACCEPT + quality.SUSPECT + quality.REJECT === fates.APPLIED + fates.LATE, 'verdicts do not add up to the readings that were judged'],
    [families.size >= 4, `alerts of ${families.size} rule families (${[...families].join(', ')}), at least 4 expected`],
    [latencyMillis.p50 <= latencyMillis.p99, 'the median latency is above the 99th percentile'],
    [readySeconds < 25, `ready after ${readySeconds} s, at most 25 expected`],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem);
}

function familyOf(rule) {
  return FAMILIES.find(([, rules]) => rules.test(rule))?.[0] ?? rule;
}

function at(value, path) {
  return path.split('.').reduce((inner, key) => inner?.[key], value);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
