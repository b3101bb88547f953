import assert from 'node:assert/strict';
import { test } from 'node:test';
import kafkajs from 'kafkajs';
import { readArguments } from '../lib/arguments.js';
import { addLz4 } from '../lib/lz4.js';
import { batch, reading } from '../lib/readings.js';
import { Watch } from '../lib/watch.js';

const ALL = ['--bootstrap', 'b:1', '--registry', 'http://r', '--patient', 'p', '--device', 'd'];

test('arguments: all four are taken, the prefix has a default', () => {
  assert.deepEqual({ ...readArguments(ALL) }, { bootstrap: 'b:1', registry: 'http://r', patient: 'p', device: 'd', prefix: 'vt.' });
  assert.equal(readArguments([...ALL, '--prefix', 'x.']).prefix, 'x.');
});

test('arguments: what is missing or unknown is named in one line', () => {
  assert.throws(() => readArguments(ALL.slice(0, 4)), /^Error: missing --patient, --device; usage: .*$/);
  assert.throws(() => readArguments([...ALL, '--nonsense']), /^Error: .*--nonsense.*usage: .*$/);
});

test('watch: finds what was read before, and what comes later', async () => {
  const watch = new Watch();
  watch.add({ topic: 'a', value: 1 });
  assert.equal((await watch.until('a', (record) => record.value === 1, 'one')).value, 1);
  const later = watch.until('a', (record) => record.value === 2, 'two');
  watch.add({ topic: 'b', value: 2 });
  watch.add({ topic: 'a', value: 2 });
  assert.deepEqual(await later, { topic: 'a', value: 2 });
});

test('watch: says what did not come', async () => {
  const watch = new Watch();
  watch.add({ topic: 'a', value: 1 });
  await assert.rejects(watch.until('a', () => false, 'the other', 1), /the other: not on a after 1 ms; 1 records read there/);
});

test('lz4: what was packed is unpacked', async () => {
  addLz4();
  const codec = kafkajs.CompressionCodecs[kafkajs.CompressionTypes.LZ4]();
  const text = Buffer.from('heart_rate '.repeat(1_000));
  const packed = await codec.compress({ buffer: text });
  assert.ok(packed.length < text.length / 10);
  assert.deepEqual(await codec.decompress(packed), text);
});

test('readings: a batch carries an id of its own', () => {
  const one = batch('d', 0, 1_000, [reading('spo2', 97, '%', 900)]);
  assert.notEqual(one.batchId, batch('d', 1, 1_000, []).batchId);
  assert.equal(one.readings[0].value, 97);
});
