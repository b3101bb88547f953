/** NEWS2 with the age of each input and what is missing: a score that says what it does not know. */
import { html, nothing } from './lit.js';
import { t, word } from './i18n.js';
import { live } from './live.js';
import { ageOf, shown, unit, verdictBadge } from './signs.js';

export function news2Table(score) {
  if (!score) {
    return html`<p class="quiet">${t('news2.none')}</p>`;
  }
  const missing = score.missing ?? [];
  return html`
    <p class="lead">${score.complete ? html`NEWS2 <b>${score.knownSum}</b>` : html`${t('news2.atLeast')} <b>${score.minPossible ?? score.knownSum}</b>,
      ${t('news2.atMost')} <b>${score.maxPossible}</b>`} <span class="small">${t('news2.remote')}</span></p>
    <div class="scroll" tabindex="0" role="region" aria-label="NEWS2"><table class="facts wide-table"><thead><tr><th scope="col">${t('column.input')}</th><th scope="col" class="num">${t('column.value')}</th>
      <th scope="col">${t('column.age')}</th><th scope="col" class="num">${t('column.points')}</th></tr></thead>
      <tbody>${(score.inputs ?? []).map(input => html`<tr><th scope="row">${word('vital', input.vital)} ${(score.suspect ?? []).includes(input.vital) ? verdictBadge('SUSPECT') : nothing}</th><td class="num">${shown(input.value, input.vital)} ${unit(input.unit)}</td>
        <td>${ageOf(input.effectiveTime, live.now)}</td><td class="num"><b>${input.points ?? '–'}</b></td></tr>`)}
      ${missing.map(name => html`<tr class="missing"><th scope="row">${word('vital', name)}</th><td class="num">–</td><td>${t('news2.notKnown')}</td><td class="num">?</td></tr>`)}</tbody></table></div>
    ${missing.length ? html`<p class="hint">${t('news2.hint')}</p>` : nothing}
    <p class="hint">${t('news2.source')}</p>`;
}
