/** The words of the page, from one file per language. */
import { settings } from './settings.js';

const files = new Map();
let words = {};
let plurals = new Intl.PluralRules('en');

/** Loads the chosen language; to be awaited before the first text is asked for. */
export async function loadWords() {
  const language = settings.language;
  if (!files.has(language)) {
    const answer = await fetch(`i18n/${language}.json`);
    if (!answer.ok) {
      throw new Error(`i18n/${language}.json: ${answer.status}`);
    }
    files.set(language, await answer.json());
  }
  words = files.get(language);
  plurals = new Intl.PluralRules(language);
}

/** The sentence with its places filled; with `n`, the form for that number where the language has two. A key without a sentence shows as itself. */
export function t(key, places = {}) {
  const form = 'n' in places ? words[`${key}.${plurals.select(places.n)}`] ?? words[`${key}.other`] : undefined;
  const sentence = form ?? words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => name in places ? String(places[name]) : whole);
}

/** The word for a code, or the code itself, made legible, where this version has no word for it. */
export function word(family, code) {
  if (code === undefined || code === null || code === '') {
    return '';
  }
  return words[`${family}.${code}`] ?? String(code).replaceAll('_', ' ').toLowerCase();
}

/** Whether there is a word for the code. */
export function hasWord(family, code) {
  return words[`${family}.${code}`] !== undefined;
}

const formats = new Map();

function format(name, options) {
  const key = `${settings.language} ${name}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(settings.language, { hourCycle: 'h23', ...options }));
  }
  return formats.get(key);
}

export const clock = millis => format('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(millis);
export const hourMinute = millis => format('minute', { hour: '2-digit', minute: '2-digit' }).format(millis);
export const dayMonth = millis => format('day', { day: 'numeric', month: 'short' }).format(millis);
export const dayTime = millis => format('dayTime', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(millis);
export const full = millis => format('full', { dateStyle: 'full', timeStyle: 'long' }).format(millis);

export function number(value, digits = 1) {
  const key = `${settings.language} number ${digits}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(settings.language, { maximumFractionDigits: digits }));
  }
  return formats.get(key).format(value);
}

/** How long ago, in words: under a minute, minutes, hours, days. Empty without a time. */
export function age(time, now) {
  if (!time || !now) {
    return '';
  }
  const minutes = Math.floor(Math.max(0, now - Date.parse(time)) / 60_000);
  return minutes < 1 ? t('age.now') : span(minutes);
}

/** A length in words. */
export function span(minutes) {
  if (minutes < 60) {
    return t('age.minutes', { count: minutes });
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return minutes % 60 === 0 || hours >= 10 ? t('age.hours', { count: hours }) : t('age.hoursMinutes', { hours, minutes: minutes % 60 });
  }
  return t('age.days', { count: Math.floor(hours / 24) });
}
