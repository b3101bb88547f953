/** Stacked trends of one patient with one cursor; every chart also as a table. */
import { Part, html, nothing, repeat } from './lit.js';
import { get, query } from './api.js';
import { clock, dayTime, t, word } from './i18n.js';
import { live } from './live.js';
import { settings } from './settings.js';
import { problemText } from './actions.js';
import { route } from './route.js';
import { prioritySign, shown, unit, verdictBadge } from './signs.js';
import { Chart } from './chart.js';
import { coneOf } from './series.js';

const HOUR = 3_600_000;
export const SPANS = { '1h': HOUR, '6h': 6 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR };
const POINTS = 600;
const TABLE_ROWS = 500;

class Trends extends Part {
  static properties = { patient: {}, row: {}, forecast: {}, stamp: {} };

  constructor() {
    super();
    this.tables = new Set();
    this.charts = new Map();
    this.follow(route, 'change');
    this.follow(settings, 'change');
    this.resized = new ResizeObserver(() => this.charts.forEach(chart => chart.resize()));
  }

  connectedCallback() {
    super.connectedCallback();
    this.resized.observe(this);
  }

  disconnectedCallback() {
    this.resized.disconnect();
    this.charts.forEach(chart => chart.destroy());
    this.charts.clear();
    super.disconnectedCallback();
  }

  get span() {
    return route.parameters.span in SPANS ? route.parameters.span : '6h';
  }

  willUpdate(changed) {
    const asked = `${this.patient} ${this.span}`;
    if (asked !== this.asked || changed.has('stamp')) {
      if (asked !== this.asked) {
        this.trend = null;
        this.problem = null;
      }
      this.asked = asked;
      this.load(asked);
    }
  }

  async load(asked) {
    const to = live.now || Date.parse(this.row.newestReading);
    const from = to - SPANS[this.span];
    try {
      const trend = await get(`v1/patients/${encodeURIComponent(this.patient)}/trend${query({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: POINTS })}`);
      if (asked === this.asked) {
        this.trend = trend;
        this.problem = null;
      }
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    return html`
      <div class="spans" role="group" aria-label=${t('trend.span')}>${Object.keys(SPANS).map(span => html`
        <button type="button" class="count" aria-pressed=${String(this.span === span)} @click=${() => route.with({ span })}>${t(`span.${span}`)}</button>`)}
        <p class="key">${this.key()}</p></div>
      ${this.content()}`;
  }

  key() {
    return ['limits', 'personal', 'suspect', 'forecast', 'range'].map(name => html`<span><i data-key=${name}></i>${t(`trend.key.${name}`)}</span>`);
  }

  content() {
    if (this.problem) {
      return html`<p class="quiet boxed" role="alert">${this.problem.status === 501 ? t('trend.notBuilt') : problemText(this.problem)}</p>`;
    }
    if (!this.trend) {
      return html`<p class="quiet boxed" role="status">${t('loading')}</p>`;
    }
    const vitals = this.trend.vitals ?? [];
    if (vitals.length === 0) {
      return html`<p class="quiet boxed">${t('trend.empty')}</p>`;
    }
    return html`<div class="charts">${repeat(vitals, series => series.vital, series => this.part(series))}</div>${this.markers()}`;
  }

  part(series) {
    const points = series.points ?? [];
    // Codes, such as of consciousness, have no height: they are told as a table.
    const coded = points.length > 0 && !points.some(point => typeof point.value === 'number');
    const table = coded || this.tables.has(series.vital);
    const name = word('vital', series.vital);
    const last = points[points.length - 1];
    return html`<figure class="trend-figure" data-vital=${series.vital}>
      <figcaption><b>${name}</b> <span class="small">${unit(series.unit)}</span>
        <span class="readout" aria-hidden="true">${last ? html`${t('trend.newest')} <b>${shown(last.value, series.vital)}</b> ${dayTime(time(last))}` : t('trend.empty')}</span>
        <button type="button" class="plain" ?hidden=${coded} aria-pressed=${String(table)} @click=${() => this.toggle(series.vital)}>${t(table ? 'trend.chart' : 'trend.table')}<span class="sr"> ${name}</span></button></figcaption>
      ${table ? this.table(series, points) : html`<div class="chart" tabindex="0" role="img" aria-label=${this.words(series, points)} data-vital=${series.vital}></div>`}
    </figure>`;
  }

  words(series, points) {
    const values = points.filter(point => typeof point.value === 'number' && point.verdict !== 'REJECT');
    if (values.length === 0) {
      return `${word('vital', series.vital)}: ${t('trend.empty')}`;
    }
    const low = Math.min(...values.map(point => point.min ?? point.value));
    const high = Math.max(...values.map(point => point.max ?? point.value));
    return t('trend.words', { vital: word('vital', series.vital), unit: unit(series.unit), span: t(`span.${this.span}`), count: values.length, low: shown(low), high: shown(high), last: shown(values[values.length - 1].value) });
  }

  table(series, points) {
    const rows = points.slice(-TABLE_ROWS).reverse();
    const coarse = rows.some(point => point.min !== undefined && point.min !== point.max);
    return html`<div class="scroll tall" tabindex="0" role="region" aria-label=${word('vital', series.vital)}><table class="facts"><thead><tr><th scope="col">${t('column.time')}</th><th scope="col" class="num">${t('column.value')}</th>
      ${coarse ? html`<th scope="col" class="num">${t('column.lowest')}</th><th scope="col" class="num">${t('column.highest')}</th>` : nothing}<th scope="col">${t('column.verdict')}</th></tr></thead>
      <tbody>${rows.map(point => html`<tr><td>${dayTime(time(point))}<span class="small"> :${clock(time(point)).slice(-2)}</span></td><td class="num"><b>${shown(point.value, series.vital)}</b></td>
        ${coarse ? html`<td class="num">${shown(point.min)}</td><td class="num">${shown(point.max)}</td>` : nothing}<td>${verdictBadge(point.verdict, point.reasons)}</td></tr>`)}</tbody></table>
      ${points.length > TABLE_ROWS ? html`<p class="hint">${t('trend.tableCut', { count: TABLE_ROWS, all: points.length })}</p>` : nothing}</div>`;
  }

  markers() {
    const list = [...this.trend.markers ?? []].sort((a, b) => time(b) - time(a));
    return list.length === 0 ? nothing : html`<details class="markers" ?open=${list.length <= 12}><summary>${t('trend.markers', { n: list.length, count: list.length })}</summary><ol class="history">${list.map(marker => html`
      <li data-kind=${marker.kind}><time>${dayTime(time(marker))}</time><span>${marker.kind === 'alert' && marker.priority ? prioritySign(marker.priority) : html`<b>${t(`marker.${marker.kind}`)}</b>`} <span lang="en">${marker.label ?? ''}</span></span></li>`)}</ol></details>`;
  }

  toggle(vital) {
    if (!this.tables.delete(vital)) {
      this.tables.add(vital);
    }
    this.requestUpdate();
  }

  updated() {
    const places = new Map([...this.querySelectorAll('.chart')].map(element => [element.dataset.vital, element]));
    for (const [vital, chart] of this.charts) {
      if (places.get(vital) !== chart.place) {
        chart.destroy();
        this.charts.delete(vital);
      }
    }
    if (!this.trend) {
      return;
    }
    const cones = new Map((this.trend.vitals ?? []).map(series => [series.vital, coneOf(this.forecast, series.vital)]));
    const to = Math.max(time({ t: this.trend.to }), ...[...cones.values()].flatMap(cone => cone.length ? [cone[cone.length - 1].t] : []));
    for (const series of this.trend.vitals ?? []) {
      const place = places.get(series.vital);
      if (place) {
        const chart = this.charts.get(series.vital) ?? new Chart(place, text => this.read(series.vital, text));
        this.charts.set(series.vital, chart);
        chart.show(series, this.trend.markers ?? [], cones.get(series.vital), time({ t: this.trend.from }), to);
      }
    }
  }

  /** What stands under the cursor, written beside the name of each chart. */
  read(vital, text) {
    const place = this.querySelector(`figure[data-vital="${vital}"] .readout`);
    place?.setAttribute('data-cursor', text ?? '');
  }
}
customElements.define('vt-trends', Trends);

const time = point => typeof point.t === 'number' ? point.t : Date.parse(point.t);
