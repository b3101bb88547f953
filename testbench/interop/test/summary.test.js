import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf } from '../lib/summary.js';

const GOOD = {
  readings: 100,
  fates: { APPLIED: 80, DUPLICATE: 5, LATE: 4, REFUSED: 10, DEAD: 1 },
  alerts: { raised: 5, byRule: { SPO2_CRIT: 1, HR_TACHY_REST: 1, CGM_HYPO_L1: 2, NEWS2_HIGH: 1 } },
  violations: { records: 3, readings: 10 },
  quality: { ACCEPT: 70, SUSPECT: 10, REJECT: 4 },
  patients: 7,
  latencyMillis: { p50: 40, p99: 200 },
  readySeconds: 9.5,
  version: '1',
};

const problemsWith = (change) => problemsOf(JSON.stringify({ ...GOOD, ...change }));

test('a good summary has no problem', () => {
  assert.deepEqual(problemsWith({}), []);
});

test('what is not JSON, or lacks a number, is named', () => {
  assert.match(problemsOf('done')[0], /not JSON/);
  assert.deepEqual(problemsWith({ patients: undefined }), ['patients is not a number of 0 or more']);
  assert.deepEqual(problemsWith({ fates: { ...GOOD.fates, DEAD: undefined } }), ['fates.DEAD is not a number of 0 or more']);
  assert.deepEqual(problemsWith({ version: '' }), ['version is missing']);
  assert.deepEqual(problemsWith({ alerts: { raised: 1 } }), ['alerts.byRule is not a count by rule']);
  assert.ok(problemsOf('null').length > 10);
});

const contradictions = [
  ['fates that do not add up', { readings: 101 }, /add up to 100, readings are 101/],
  ['refusals without violations', { violations: { records: 3, readings: 9 } }, /10 readings refused, 9 in violations/],
  ['no violation', { violations: { records: 0, readings: 10 } }, /no consent violations/],
  ['nothing suspect', { quality: { ACCEPT: 80, SUSPECT: 0, REJECT: 4 } }, /no SUSPECT/],
  ['verdicts that do not add up', { quality: { ACCEPT: 71, SUSPECT: 10, REJECT: 4 } }, /verdicts do not add up/],
  ['three rule families', { alerts: { raised: 4, byRule: { SPO2_CRIT: 1, SPO2_LOW: 1, CGM_HYPO_L1: 1, HR_BRADY: 1 } } }, /alerts of 3 rule families/],
  ['percentiles the wrong way round', { latencyMillis: { p50: 201, p99: 200 } }, /median latency/],
  ['a slow start', { readySeconds: 25 }, /ready after 25 s/],
];

for (const [what, change, expected] of contradictions) {
  test(`${what}: named, and nothing else`, () => {
    const problems = problemsWith(change);
    assert.equal(problems.length, 1, problems.join('; '));
    assert.match(problems[0], expected);
  });
}
