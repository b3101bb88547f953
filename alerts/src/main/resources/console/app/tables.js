/** Devices and limits of one patient, as tables. */
import { html, nothing } from './lit.js';
import { hasWord, number, span, t, word } from './i18n.js';
import { live } from './live.js';
import { ageOf, gradeBadge, shown, unit } from './signs.js';

const KNOWN = new Set(['deviceId', 'grade', 'lastHeard', 'kind', 'vitals', 'batteryPercent', 'silent', 'cause']);

export function deviceTable(devices) {
  if (devices.length === 0) {
    return html`<p class="quiet">${t('device.none')}</p>`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('tab.devices')}><table class="facts wide-table"><thead><tr><th scope="col">${t('column.device')}</th><th scope="col">${t('column.grade')}</th>
      <th scope="col">${t('column.heard')}</th><th scope="col" class="num">${t('column.battery')}</th><th scope="col">${t('column.more')}</th></tr></thead>
    <tbody>${devices.map(device => html`<tr><th scope="row">${device.deviceId}${device.kind ? html` <span class="small">${device.kind}</span>` : nothing}</th><td>${gradeBadge(device.grade)}</td>
      <td>${ageOf(device.lastHeard, live.now)}</td><td class="num">${typeof device.batteryPercent === 'number' ? `${number(device.batteryPercent, 0)} %` : '–'}</td>
      <td class="small">${others(device)}</td></tr>`)}</tbody></table></div>`;
}

/** What a later server tells besides, as it is called there. */
function others(record) {
  return Object.entries(record).filter(([key, value]) => !KNOWN.has(key) && value !== null && value !== '' && typeof value !== 'object')
    .map(([key, value]) => fact(key, value)).join(', ') || '–';
}

export function limitTable(limits, plan) {
  const entries = Object.entries(limits);
  const facts = Object.entries(plan ?? {}).filter(([, value]) => value !== null && value !== '' && !(typeof value === 'object' && Object.keys(value).length === 0));
  return html`
    ${entries.length ? html`<div class="scroll" tabindex="0" role="region" aria-label=${t('tab.plan')}><table class="facts wide-table"><thead><tr><th scope="col">${t('column.vital')}</th><th scope="col" class="num">${t('column.low')}</th>
        <th scope="col" class="num">${t('column.high')}</th><th scope="col">${t('column.source')}</th></tr></thead>
      <tbody>${entries.map(([vital, limit]) => html`<tr><th scope="row">${word('vital', vital)}</th><td class="num">${shown(limit.low)} ${unit(limit.unit)}</td>
        <td class="num">${shown(limit.high)} ${unit(limit.unit)}</td><td>${limit.source ?? '–'}</td></tr>`)}</tbody></table></div>`
      : html`<p class="quiet">${t('plan.noLimits')}</p>`}
    ${facts.length ? html`<h3>${t('plan.title')}</h3><dl class="plan">${facts.map(([key, value]) => html`<div><dt>${word('field', key)}</dt><dd>${plain(value)}</dd></div>`)}</dl>` : nothing}`;
}

/** Lengths in milliseconds are told as people say them. */
function fact(key, value) {
  return `${word('field', key)}: ${key.endsWith('Millis') ? length(value) : plain(value)}`;
}

function length(millis) {
  return millis < 60_000 ? `${number(millis / 1000, 0)} s` : span(Math.round(millis / 60_000));
}

function plain(value) {
  if (Array.isArray(value)) {
    return value.map(plain).join(value.some(one => typeof one === 'object') ? ' · ' : ', ');
  }
  if (value && typeof value === 'object') {
    return Object.entries(value).filter(([, one]) => one !== null && one !== '').map(([key, one]) => fact(key, one)).join('; ');
  }
  return typeof value === 'number' ? number(value, 2) : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : hasWord('vital', value) ? word('vital', value) : String(value).replaceAll('_', ' ');
}
