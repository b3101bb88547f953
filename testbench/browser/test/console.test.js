// The pure parts of the page, without a browser: order, filters, the event stream, the columns of a chart.
import assert from 'node:assert/strict';
import test from 'node:test';

const app = '../../../alerts/src/main/resources/console/app/';
const { compareRows, counts, misplaced, passes } = await import(`${app}order.js`);
const { EventParser } = await import(`${app}sse.js`);
const { columns, coneOf, extent } = await import(`${app}series.js`);

const row = (patientId, priority, oldestUnacknowledged, alerts = []) => ({ patientId, priority, oldestUnacknowledged, alerts, state: priority ? 'ALERT' : 'OK' });

test('the highest priority comes first, then the oldest unacknowledged, then the id', () => {
  const rows = [row('e'), row('d', 'LOW', '2026-01-01T00:00:00.000Z'), row('c', 'HIGH'), row('b', 'HIGH', '2026-01-01T00:00:01.000Z'), row('a', 'HIGH', '2026-01-01T00:00:00.000Z'), row('aa')];
  assert.deepEqual(rows.sort(compareRows).map(one => one.patientId), ['a', 'b', 'c', 'd', 'aa', 'e']);
});

test('a row is misplaced only below one of lower priority', () => {
  const rows = [row('a', 'HIGH'), row('b', 'LOW'), row('c', 'HIGH'), row('d', 'LOW'), row('e')];
  assert.deepEqual(misplaced(rows).map(one => one.patientId), ['c']);
  assert.deepEqual(misplaced([row('a', 'HIGH'), row('b', 'HIGH', '2026-01-01T00:00:00.000Z'), row('c'), row('d')]), []);
});

test('a null priority counts as none', () => {
  assert.ok(compareRows(row('a', null, null), row('b', 'INFO', null)) > 0);
});

test('filters let through what they name and nothing else', () => {
  const one = row('p1', 'HIGH', undefined, [{ lane: 'TECHNICAL', state: 'SNOOZED', text: 'Nothing heard', rule: 'DEVICE_SILENT', assignee: 'me1', priority: 'HIGH' }]);
  const filter = more => passes(one, { lane: '', priority: '', state: '', owner: '', q: '', ...more }, 'me1');
  assert.equal(filter({}), true);
  assert.equal(filter({ priority: 'HIGH' }), true);
  assert.equal(filter({ priority: 'LOW' }), false);
  assert.equal(filter({ lane: 'TECHNICAL' }), true);
  assert.equal(filter({ lane: 'PHYSIOLOGICAL' }), false);
  assert.equal(filter({ state: 'CALLING' }), false);
  assert.equal(filter({ state: 'ANY_ALERT' }), true);
  assert.equal(filter({ state: 'SNOOZED' }), true);
  assert.equal(filter({ owner: 'me' }), true);
  assert.equal(filter({ owner: 'none' }), false);
  assert.equal(filter({ owner: 'me2' }), false);
  assert.equal(filter({ q: 'NOTHING' }), true);
  assert.equal(filter({ q: 'fever' }), false);
});

test('alerts are counted by priority and by whether somebody has answered', () => {
  const alerts = [{ priority: 'HIGH', state: 'OPEN' }, { priority: 'HIGH', state: 'ACKNOWLEDGED' }, { priority: 'LOW', state: 'LATCHED' }];
  assert.deepEqual(counts([row('p1', 'HIGH', undefined, alerts), row('p2')]), { HIGH: 2, MEDIUM: 0, LOW: 1, INFO: 0, calling: 2, patients: 2 });
});

test('an event stream may be cut anywhere', () => {
  const text = 'event: row\r\nid: e-1\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: comment\n\nevent: beat\ndata:{"now":2}\n\n';
  for (let size = 1; size < text.length; size++) {
    const told = [];
    const parser = new EventParser(event => told.push(event));
    for (let at = 0; at < text.length; at += size) {
      parser.push(text.slice(at, at + size));
    }
    assert.deepEqual(told, [{ type: 'row', data: '{"a":\n1}', id: 'e-1' }, { type: 'beat', data: '{"now":2}', id: undefined }], `pieces of ${size}`);
  }
});

const at = (minute, value, verdict = 'ACCEPT') => ({ t: minute * 60_000, value, verdict });

test('a gap is not joined, and one at the limit is', () => {
  assert.deepEqual(columns([at(0, 1), at(3, 2)], 180_000)[1], [1, 2]);
  assert.deepEqual(columns([at(0, 1), at(4, 2)], 180_000)[1], [1, null, 2]);
});

test('doubtful points stand on their own and rejected ones are no part of the line', () => {
  const [, line, , , doubtful, rejected] = columns([at(0, 1), at(1, 9, 'SUSPECT'), at(2, 99, 'REJECT'), at(3, 2)], 600_000);
  assert.deepEqual(line, [1, undefined, undefined, 2]);
  assert.deepEqual(doubtful, [undefined, 9, undefined, undefined]);
  assert.deepEqual(rejected, [undefined, undefined, 99, undefined]);
});

test('a rejected point does not bridge a gap', () => {
  assert.ok(columns([at(0, 1), at(2, 5, 'REJECT'), at(4, 2)], 180_000)[1].includes(null));
});

test('the forecast is of glucose where the vital is not named, and of nothing else', () => {
  const forecast = { originMillis: 0, points: [{ millis: 600_000, value: 5, low: 4, high: 6 }, { millis: 300_000, value: 5, low: 4.5, high: 5.5 }] };
  assert.deepEqual(coneOf(forecast, 'glucose_interstitial').map(point => point.t), [300_000, 600_000]);
  assert.deepEqual(coneOf(forecast, 'heart_rate'), []);
  assert.deepEqual(coneOf(null, 'glucose_interstitial'), []);
});

test('limits that are near are in view and far ones do not flatten the line', () => {
  const data = columns([at(0, 70), at(1, 72)], 600_000);
  assert.ok(extent(data, { low: 68, high: 300 })[0] < 68);
  assert.ok(extent(data, { low: 68, high: 300 })[1] < 100);
  assert.deepEqual(extent([[]], null), [0, 1]);
});
