/** How the system itself does: counts only, no patient. */
import { Part, html, nothing } from './lit.js';
import { get } from './api.js';
import { number, t, word } from './i18n.js';
import { live } from './live.js';
import { settings } from './settings.js';
import { store } from './store.js';
import { problemText } from './actions.js';

/** For roles whose live connection does not tell of it. */
const ASK_MILLIS = 10_000;

class Ops extends Part {
  constructor() {
    super();
    this.follow(store, 'ops');
    this.follow(live, 'state', 'tick');
    this.follow(settings, 'change');
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => this.load(), ASK_MILLIS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    try {
      this.asked = await get('v1/ops');
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    document.title = `${t('nav.ops')} · ${t('app.title')}`;
    const ops = store.ops ?? this.asked;
    if (!ops) {
      return html`<div class="empty" aria-busy=${this.problem ? nothing : 'true'}><h1>${t('nav.ops')}</h1><p role="status">${this.problem ? problemText(this.problem) : t('loading')}</p></div>`;
    }
    const sent = ops.notifications ?? {};
    return html`<div class="page"><h1>${t('nav.ops')}</h1><p class="hint">${t('ops.text')}</p>
      <div class="figures">
        ${figure('ops.lag', sum(ops.lag, 'lag'), '')}${figure('ops.dlq', ops.dlq, 'ops.dlq.text')}${figure('ops.violations', sum(ops.violations, 'count'), 'ops.violations.text')}
        ${figure('ops.sent', sent.sent, '')}${figure('ops.pending', sent.pending, '')}${figure('ops.undelivered', sent.failed, 'ops.undelivered.text')}
      </div>
      <div class="panels">
        ${panel('ops.lag', ['column.group', 'column.topic', '#column.lag'], (ops.lag ?? []).map(one => [one.group, one.topic, one.lag]))}
        ${panel('ops.fates', ['column.fate', '#column.count', '#column.share'], fates(ops.fates))}
        ${panel('ops.violations', ['column.why', 'column.stage', '#column.count'], (ops.violations ?? []).map(one => [word('violation', one.reason), word('stage', one.stage), one.count]))}
        ${panel('ops.quality', ['column.model', '#verdict.ACCEPT', '#verdict.SUSPECT', '#verdict.REJECT', '#column.doubt'], (ops.quality ?? []).map(quality))}
        ${panel('ops.channels', ['column.channel', 'column.breaker', '#column.sent', '#column.undelivered'],
          (sent.byChannel ?? []).map(one => [one.channel, one.state ? html`<span class="badge" data-breaker=${one.state}>${word('breaker', one.state)}</span>` : '–', one.sent, one.failed]))}
      </div></div>`;
  }
}
customElements.define('vt-ops', Ops);

const sum = (list, key) => (list ?? []).reduce((total, one) => total + (one[key] ?? 0), 0);

function figure(key, value, text) {
  return html`<div class="figure"><span>${t(key)}</span><b>${typeof value === 'number' ? number(value, 0) : '–'}</b>${text ? html`<small>${t(text)}</small>` : nothing}</div>`;
}

function fates(counts) {
  const entries = Object.entries(counts ?? {}).filter(([, count]) => typeof count === 'number');
  const all = entries.reduce((total, [, count]) => total + count, 0);
  return entries.map(([fate, count]) => [word('fate', fate.toUpperCase()), count, all ? `${number(100 * count / all, 2)} %` : '–']);
}

function quality(one) {
  const all = (one.accept ?? 0) + (one.suspect ?? 0) + (one.reject ?? 0);
  return [one.model ?? (one.kind === 'all' ? t('any') : one.kind ?? '–'), one.accept, one.suspect, one.reject, all && typeof one.accept === 'number' ? `${number(100 * ((one.suspect ?? 0) + (one.reject ?? 0)) / all, 1)} %` : '–'];
}

/** A column whose key begins with # holds numbers. */
function panel(title, columns, rows) {
  const numeric = column => column.startsWith('#') ? 'num' : '';
  return html`<section class="panel"><h2>${t(title)}</h2>${rows.length === 0 ? html`<p class="quiet">${t('ops.none')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label=${t(title)}>
    <table class="facts"><thead><tr>${columns.map(column => html`<th scope="col" class=${numeric(column)}>${t(column.replace('#', ''))}</th>`)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${row.map((cell, i) => html`<td class=${numeric(columns[i])}>${typeof cell === 'number' ? number(cell, 0) : cell ?? '–'}</td>`)}</tr>`)}</tbody></table></div>`}</section>`;
}
