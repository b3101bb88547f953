/** Signs, badges and values: the small things that every view shows in the same way. */
import { html, svg, nothing } from './lit.js';
import { age, full, hasWord, number, t, word } from './i18n.js';

/** IEC 60601-1-8: one to three marks; each priority has a shape of its own besides its colour and its word. */
const SHAPES = {
  HIGH: svg`<path class="shape" d="M12 1.5 23 21.5H1Z"/><path class="mark" d="M7.7 17.2v1.8M12 17.2v1.8M16.3 17.2v1.8M7.7 12.4v3.1M12 9.2v6.3M16.3 12.4v3.1"/>`,
  MEDIUM: svg`<path class="shape" d="M12 1 23 12 12 23 1 12Z"/><path class="mark" d="M9.3 7.8v5.6M14.7 7.8v5.6M9.3 15.6v1.9M14.7 15.6v1.9"/>`,
  LOW: svg`<circle class="shape" cx="12" cy="12" r="10.5"/><path class="mark" d="M12 6v7.4M12 16v2.1"/>`,
  INFO: svg`<rect class="shape" x="2" y="2" width="20" height="20" rx="4"/><path class="mark" d="M12 10.5v7M12 6.2v2.1"/>`,
};

/** @param quiet somebody has answered: the outline only */
export function prioritySign(priority, quiet = false, label = word('priority', priority)) {
  return html`<span class="sign" data-priority=${priority} data-quiet=${quiet ? 'yes' : 'no'}>
    <svg viewBox="0 0 24 24" aria-hidden="true">${SHAPES[priority] ?? SHAPES.INFO}</svg><span>${label}</span></span>`;
}

const STATES = {
  OK: svg`<path d="M5 12h14"/>`,
  NO_DATA: svg`<path d="M3 12h5M16 12h5M10 9l4 6M14 9l-4 6"/>`,
  NO_CONSENT: svg`<circle cx="12" cy="12" r="9"/><path d="M5.6 5.6l12.8 12.8"/>`,
  WITHHELD: svg`<path d="M3 3l18 18M10 5.3A10 10 0 0 1 22 12a15 15 0 0 1-3 3.7M6 7a15 15 0 0 0-4 5 11 11 0 0 0 13 5.5"/>`,
};

/** What is so of a patient without an open alert; never green, never a promise. */
export function stateSign(state) {
  return html`<span class="sign state" data-state=${state}>
    <svg viewBox="0 0 24 24" aria-hidden="true">${STATES[state] ?? STATES.OK}</svg><span>${word('rowState', state)}</span></span>`;
}

const UNITS = { '/min': '/min', 'mm[Hg]': 'mmHg', Cel: '°C', '[degF]': '°F', '{steps}': '', '{score}': '', code: '', '1': '' };

export function unit(ucum) {
  return ucum ? UNITS[ucum] ?? ucum : '';
}

/** The value as a person reads it; a dash where there is none. */
export function shown(value, vital = '') {
  if (value === undefined || value === null || value === '') {
    return '–';
  }
  if (typeof value === 'number') {
    return number(value, Math.abs(value) >= 100 ? 0 : 1);
  }
  return hasWord(`code.${vital}`, value) ? word(`code.${vital}`, value) : String(value);
}

/** How the value was judged: a mark and a word, and the reasons to be read. */
export function verdictBadge(verdict, reasons = []) {
  const why = reasons.map(reason => word('reason', reason)).join(', ');
  const marks = { ACCEPT: '✓', SUSPECT: '?', REJECT: '×' };
  const label = word('verdict', verdict) + (why ? `: ${why}` : '');
  return html`<span class="badge verdict" data-verdict=${verdict ?? 'NONE'} title=${label}><span aria-hidden="true">${marks[verdict] ?? '·'}</span>
    <span class=${verdict === 'ACCEPT' ? 'sr' : ''}>${word('verdict', verdict) || t('verdict.none')}</span>
    ${why ? html`<span class="sr">: ${why}</span>` : nothing}</span>`;
}

export function gradeBadge(grade) {
  return html`<span class="badge grade" data-grade=${grade ?? 'UNKNOWN'} title=${word('gradeLong', grade ?? 'UNKNOWN')}>${word('grade', grade ?? 'UNKNOWN')}</span>`;
}

/** A time as its age, with the instant to be read. */
export function ageOf(time, now) {
  return time ? html`<time datetime=${time} title=${full(Date.parse(time))}>${age(time, now)}</time>` : html`<span>${t('age.never')}</span>`;
}

/** The same as a sentence: how long ago it was. */
export function ago(key, time, now) {
  return html`<time datetime=${time} title=${full(Date.parse(time))}>${t(key, { age: age(time, now) })}</time>`;
}

/** One vital now: value, unit, age, grade, judgement. */
export function vitalChip(vital, now) {
  return html`
    <div class="vital" data-verdict=${vital.verdict ?? 'NONE'} title=${vital.sigma ? t('vital.sigma', { sigma: number(vital.sigma, 1), unit: unit(vital.unit) }) : nothing}>
      <span class="name">${vital.label ?? word('vitalShort', vital.vital)}</span>
      <span class="value">${vital.text ?? shown(vital.value, vital.vital)}<small>${unit(vital.unit)}</small></span>
      <span class="about">${ageOf(vital.effectiveTime, now)} ${gradeBadge(vital.grade)} ${verdictBadge(vital.verdict, vital.reasons)}</span>
    </div>`;
}

/** The vitals as they are read: both pressures of one measurement in one. */
export function readable(vitals) {
  const find = name => vitals.find(vital => vital.vital === name);
  const high = find('bp_systolic');
  const low = find('bp_diastolic');
  if (!high || !low || high.effectiveTime !== low.effectiveTime) {
    return vitals;
  }
  const worse = high.verdict === 'ACCEPT' ? low : high;
  const both = { ...high, verdict: worse.verdict, reasons: worse.reasons, text: `${shown(high.value)}/${shown(low.value)}`, label: t('vitalShort.bp'), long: t('vital.bp') };
  return vitals.filter(vital => vital !== low).map(vital => vital === high ? both : vital);
}

/** A small line without axes; what is missing is a gap. */
export function sparkline(spark, label) {
  const points = spark?.points ?? [];
  const values = points.map(point => point[1]).filter(value => typeof value === 'number');
  if (values.length < 2) {
    return html`<span class="spark none">${t('spark.none')}</span>`;
  }
  const first = points[0][0];
  const width = Math.max(1, points[points.length - 1][0] - first);
  const low = Math.min(...values);
  const height = Math.max(Math.max(...values) - low, 1e-9);
  let pen = false;
  let path = '';
  for (const [at, value] of points) {
    if (typeof value === 'number') {
      const y = height < 1e-6 ? 14 : 25 - (value - low) / height * 22;
      path += `${pen ? 'L' : 'M'}${((at - first) / width * 116 + 2).toFixed(1)} ${y.toFixed(1)}`;
    }
    pen = typeof value === 'number';
  }
  const words = t('spark.label', { vital: word('vital', spark.vital), low: shown(low), high: shown(Math.max(...values)), unit: unit(spark.unit) });
  return html`<span class="spark" title=${words}><svg viewBox="0 0 120 28" preserveAspectRatio="none" role="img" aria-label=${words}>
    <path d=${path} vector-effect="non-scaling-stroke"/></svg><span class="name" aria-hidden="true">${label ?? word('vitalShort', spark.vital)}
    ${shown(low)}–${shown(Math.max(...values))}</span></span>`;
}

/** Marks of an alert, in words. */
export function tagBadges(tags = []) {
  return tags.map(tag => html`<span class="badge tag" title=${word('tagLong', tag)}>${word('tag', tag)}</span>`);
}
