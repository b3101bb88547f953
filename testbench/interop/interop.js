import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readArguments } from './lib/arguments.js';
import { Cluster } from './lib/cluster.js';
import { batch, reading } from './lib/readings.js';

/** mg/dL; CGM_URGENT_LOW begins at 55. */
const URGENT_LOW = 50;

const options = argumentsOrExit();
const { patient, device } = options;
const cluster = new Cluster(options);
const readings = cluster.topic('readings');
const twins = cluster.topic('twins');
const alerts = cluster.topic('alerts');
const violations = cluster.topic('consent-violations');

const measuredAt = Date.now() - 1_000;
const low = batch(device, 0, Date.now(), [reading('glucose_interstitial', URGENT_LOW, 'mg/dL', measuredAt)]);
let sent;

before(() => cluster.open(twins, alerts, violations));

after(() => cluster.close());

test('a reading sent from Node is applied to the twin', async () => {
  sent = await cluster.send(readings, patient, low);
  const snapshot = await twinWhere('the applied reading', (twin) => glucoseOf(twin)?.effectiveTime === measuredAt);
  const glucose = glucoseOf(snapshot);
  assert.equal(glucose.value, URGENT_LOW);
  assert.equal(glucose.unit, 'mg/dL');
  assert.equal(glucose.deviceId, device);
  assert.equal(glucose.verdict, 'ACCEPT');
  assert.equal(snapshot.fates.applied, 1);
});

test('its alert is decoded, and its evidence names the record that was sent', async () => {
  const { key, value: alert } = await cluster.watch.until(alerts, (record) => isOurs(record) && restsOn(record.value, sent), 'an alert about the record');
  assert.equal(key, patient);
  assert.equal(alert.patientId, patient);
  assert.equal(alert.rule, 'CGM_URGENT_LOW');
  assert.equal(alert.event, 'RAISED');
  assert.equal(alert.priority, 'HIGH');
  assert.equal(alert.lane, 'PHYSIOLOGICAL');
  assert.equal(alert.informationType, 'DESCRIPTIVE');
  assert.ok(alert.text.length > 0, 'the alert says nothing');
  const evidence = alert.evidence.find((item) => pointsAt(item, sent));
  assert.equal(evidence.value, URGENT_LOW);
  assert.equal(evidence.deviceId, device);
  assert.equal(evidence.grade, 'MEDICAL_HOME');
  assert.equal(evidence.effectiveTime, measuredAt);
});

test('the same batch again is a duplicate', async () => {
  await cluster.send(readings, patient, low);
  const snapshot = await twinWhere('the duplicate', (twin) => twin.fates.duplicate === 1);
  assert.equal(snapshot.fates.applied, 1);
  const raised = cluster.watch.of(alerts).filter((record) => isOurs(record) && restsOn(record.value, sent) && record.value.event === 'RAISED');
  assert.equal(raised.length, 1);
});

test('a vital that nobody registered is refused, and its value goes nowhere', async () => {
  await cluster.send(readings, patient, batch(device, 1, Date.now(), [reading('location', 52.52, 'deg', Date.now())]));
  const { value: violation } = await cluster.watch.until(violations, (record) => isOurs(record) && record.value.vital === 'location', 'a violation');
  assert.equal(violation.reason, 'HYPERCOLLECTION');
  assert.equal(violation.stage, 'COLLECT');
  assert.equal(violation.count, 1);
  assert.ok(!JSON.stringify(violation).includes('52.52'), 'the violation holds the value');
  await twinWhere('the refusal', (twin) => twin.fates.refused === 1);
});

function argumentsOrExit() {
  try {
    return readArguments(process.argv.slice(2));
  } catch (problem) {
    console.error(`interop: ${problem.message}`);
    process.exit(2);
  }
}

async function twinWhere(what, fits) {
  return (await cluster.watch.until(twins, (record) => isOurs(record) && fits(record.value), `a snapshot with ${what}`)).value;
}

function isOurs(record) {
  return record.key === patient && record.value !== null;
}

function glucoseOf(twin) {
  return twin.vitals.find((vital) => vital.vital === 'glucose_interstitial');
}

function restsOn(alert, record) {
  return alert.evidence.some((item) => pointsAt(item, record));
}

function pointsAt(evidence, record) {
  return evidence.topic === record.topic && evidence.partition === record.partition && evidence.offset === record.offset;
}
