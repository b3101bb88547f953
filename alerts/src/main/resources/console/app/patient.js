/** One patient: what the devices say and what the patient says, trends, alerts with their why, and who may see what. */
import { Part, html, nothing } from './lit.js';
import { get, session } from './api.js';
import { t, word } from './i18n.js';
import { live } from './live.js';
import { settings } from './settings.js';
import { store } from './store.js';
import { problemText } from './actions.js';
import { address, route } from './route.js';
import { isCalling, speaking } from './order.js';
import { ageOf, ago, gradeBadge, prioritySign, readable, shown, stateSign, unit, verdictBadge } from './signs.js';
import { news2Table } from './news2.js';
import { deviceTable, limitTable } from './tables.js';
import './trends.js';
import './alerts-part.js';
import './records.js';

const TABS = ['trends', 'alerts', 'news2', 'devices', 'plan', 'consents', 'disclosures'];
/** Changes come in bursts; the whole is asked for once after each. */
const SETTLE_MILLIS = 700;

class Patient extends Part {
  static properties = { patient: {} };

  constructor() {
    super();
    this.follow(live, 'tick', 'state');
    this.follow(route, 'change');
    this.follow(settings, 'change');
    this.onRow = event => event.detail.patientId === this.patient && this.loadSoon();
    this.onReset = () => this.loadSoon();
  }

  connectedCallback() {
    super.connectedCallback();
    for (const type of ['row', 'alert', 'gone']) {
      live.addEventListener(type, this.onRow);
    }
    live.addEventListener('reset', this.onReset);
  }

  disconnectedCallback() {
    for (const type of ['row', 'alert', 'gone']) {
      live.removeEventListener(type, this.onRow);
    }
    live.removeEventListener('reset', this.onReset);
    clearTimeout(this.later);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('patient')) {
      this.data = null;
      this.problem = null;
      this.load();
    }
  }

  async load() {
    const patient = this.patient;
    try {
      const data = await get(`v1/patients/${encodeURIComponent(patient)}`);
      if (patient === this.patient) {
        this.data = data;
        this.problem = null;
        live.tick(data.asOf);
      }
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  loadSoon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.load(), SETTLE_MILLIS);
  }

  /** The newest row: the live one where there is one. */
  get row() {
    return store.rows.get(this.patient) ?? this.data?.row;
  }

  render() {
    document.title = `${this.patient} · ${t('app.title')}`;
    if (this.problem && !(this.data && this.problem.status === 0)) {
      return html`<div class="empty"><h1>${this.patient}</h1><p role="alert">${problemText(this.problem)}</p>
        <a class="act" href="#/">${t('back')}</a> <button type="button" class="act" @click=${() => this.load()}>${t('retry')}</button></div>`;
    }
    if (!this.data) {
      return html`<div class="empty" aria-busy="true"><h1>${this.patient}</h1><p role="status">${t('loading')}</p></div>`;
    }
    const row = this.row;
    return html`
      ${this.head(row)}
      ${row.state === 'WITHHELD' ? html`<div class="empty withheld">${stateSign('WITHHELD')}<p>${t('rowState.WITHHELD.text')}</p></div>` : this.body(row)}`;
  }

  head(row) {
    const [top] = speaking(row);
    return html`<div class="patient-head">
      ${session.mayAct ? html`<a class="plain back" href="#/worklist"><span aria-hidden="true">←</span> ${t('nav.worklist')}</a>` : nothing}
      <h1>${this.patient}</h1>
      ${top ? prioritySign(top.priority, !isCalling(top)) : stateSign(row.state)}
      ${top && row.state !== 'ALERT' ? stateSign(row.state) : nothing}
      <span class="small">${row.newestReading ? ago('row.heard', row.newestReading, live.now) : row.state === 'WITHHELD' ? nothing : t('row.neverHeard')}</span>
      ${this.score()}
      ${session.role === 'PATIENT' ? html`<a class="act export" href=${`v1/patients/${encodeURIComponent(this.patient)}/export`} download>${t('patient.export')}</a>` : nothing}
    </div>`;
  }

  score() {
    const score = this.data.news2;
    if (!score || this.row.state === 'WITHHELD') {
      return nothing;
    }
    const text = score.complete ? String(score.knownSum) : t('news2.range', { low: score.minPossible ?? score.knownSum, high: score.maxPossible });
    return html`<a class="score" href=${address('patient', this.patient) + '?tab=news2'}>NEWS2 <b>${text}</b>${score.complete ? nothing
      : html` <span class="small">${t('news2.missing', { n: score.missing?.length ?? 0, count: score.missing?.length ?? 0 })}</span>`}</a>`;
  }

  body(row) {
    const tab = TABS.includes(route.parameters.tab) ? route.parameters.tab : 'trends';
    return html`
      <div class="sides">
        <section class="side" aria-labelledby="device-says"><h2 id="device-says">${t('patient.deviceSays')}</h2>${this.deviceSays(row)}</section>
        <section class="side" aria-labelledby="patient-says"><h2 id="patient-says">${t('patient.patientSays')}</h2>${this.patientSays()}</section>
      </div>
      ${this.open(row)}
      <div class="tabs" role="tablist" aria-label=${t('patient.tabs')} @keydown=${this.tabKey}>${TABS.map(name => html`
        <button type="button" role="tab" id="tab-${name}" aria-controls="panel" aria-selected=${String(tab === name)} tabindex=${tab === name ? 0 : -1}
          @click=${() => route.with({ tab: name })}>${t(`tab.${name}`)}</button>`)}</div>
      <section id="panel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">${this.panel(tab)}</section>`;
  }

  deviceSays(row) {
    const vitals = readable(row.vitals ?? []);
    if (row.state === 'NO_CONSENT' || vitals.length === 0) {
      return html`<p class="quiet">${t(row.state === 'NO_CONSENT' ? 'rowState.NO_CONSENT.text' : 'patient.noVitals')}</p>`;
    }
    return html`${row.state === 'NO_DATA' ? html`<p class="quiet">${t('rowState.NO_DATA.text')}</p>` : nothing}
      <table class="facts"><thead><tr><th scope="col">${t('column.vital')}</th><th scope="col" class="num">${t('column.value')}</th><th scope="col" class="roomy">${t('column.age')}</th>
        <th scope="col">${t('column.grade')}</th><th scope="col">${t('column.verdict')}</th></tr></thead>
      <tbody>${vitals.map(vital => html`<tr data-verdict=${vital.verdict ?? nothing}><th scope="row">${vital.long ?? word('vital', vital.vital)}<span class="small tight">${ageOf(vital.effectiveTime, live.now)}</span></th>
        <td class="num"><b>${vital.text ?? shown(vital.value, vital.vital)}</b> ${unit(vital.unit)}${vital.sigma ? html` <span class="small">± ${shown(vital.sigma)}</span>` : nothing}</td>
        <td class="roomy">${ageOf(vital.effectiveTime, live.now)}</td><td>${gradeBadge(vital.grade)}</td><td>${verdictBadge(vital.verdict, vital.reasons)}</td></tr>`)}</tbody></table>`;
  }

  patientSays() {
    const says = this.data.says ?? [];
    if (says.length === 0) {
      return html`<p class="quiet">${t('patient.saysNothing')}</p>`;
    }
    return html`<ul class="says">${says.map(one => html`<li>
      <p><b>${word('says', one.word) || word('rule', one.word)}</b> <span class="badge">${word('reportKind', one.kind)}</span>
        ${one.disagreement ? html`<span class="badge disagree">${t('patient.disagreement')}</span>` : nothing}</p>
      <p class="small">${ago('ago', one.effectiveTime, live.now)}${one.untilTime ? html` – ${ago('ago', one.untilTime, live.now)}` : nothing}</p></li>`)}</ul>`;
  }

  open(row) {
    const alerts = row.alerts?.length ? row.alerts : this.data.openAlerts ?? [];
    return alerts.length === 0 ? nothing : html`<section class="open" aria-labelledby="open-alerts"><h2 id="open-alerts">${t('patient.open', { n: alerts.length, count: alerts.length })}</h2>
      <vt-alerts .row=${row} .alerts=${alerts} .now=${live.now} .connection=${live.state}></vt-alerts></section>`;
  }

  panel(tab) {
    switch (tab) {
      case 'alerts': return html`<vt-past-alerts .row=${this.row} .stamp=${this.data}></vt-past-alerts>`;
      case 'news2': return news2Table(this.data.news2);
      case 'devices': return deviceTable(this.data.devices ?? []);
      case 'plan': return limitTable(this.data.limits ?? {}, this.data.plan);
      case 'consents': return html`<vt-consents .patient=${this.patient} .stamp=${this.data}></vt-consents>`;
      case 'disclosures': return html`<vt-disclosures .patient=${this.patient} .stamp=${this.data}></vt-disclosures>`;
      default: return html`<vt-trends .patient=${this.patient} .row=${this.row} .forecast=${this.data.forecast} .stamp=${this.data}></vt-trends>`;
    }
  }

  tabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = TABS.indexOf(event.target.id.slice(4));
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? TABS.length - 1 : step ? (now + step + TABS.length) % TABS.length : -1;
    if (to >= 0) {
      event.preventDefault();
      route.with({ tab: TABS[to] });
      this.updateComplete.then(() => this.querySelector(`#tab-${TABS[to]}`)?.focus());
    }
  }
}
customElements.define('vt-patient', Patient);
