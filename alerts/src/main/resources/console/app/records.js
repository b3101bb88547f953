/** Lists that are asked for when they are looked at: consents and disclosures. */
import { Part, html } from './lit.js';
import { get } from './api.js';
import { dayTime, number, t, word } from './i18n.js';
import { problemText } from './actions.js';

/** Asks for one list and shows it; `name` and `by`, the time that orders it, come from the elements below. */
class Listed extends Part {
  static properties = { patient: {}, stamp: {} };

  willUpdate(changed) {
    if (changed.has('patient')) {
      this.items = null;
    }
    if (changed.has('patient') || changed.has('stamp')) {
      this.load();
    }
  }

  async load() {
    const patient = this.patient;
    try {
      const answer = await get(`v1/patients/${encodeURIComponent(patient)}/${this.name}`);
      if (patient === this.patient) {
        this.items = (answer[this.name] ?? []).toSorted((a, b) => Date.parse(b[this.by] ?? 0) - Date.parse(a[this.by] ?? 0));
        this.problem = null;
      }
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    if (this.problem) {
      return html`<p class="quiet" role="alert">${problemText(this.problem)}</p>`;
    }
    if (!this.items) {
      return html`<p class="quiet" role="status">${t('loading')}</p>`;
    }
    if (this.items.length === 0) {
      return html`<p class="quiet">${t(`${this.name}.none`)}</p>`;
    }
    return html`<p class="hint">${t(`${this.name}.text`)}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t(`tab.${this.name}`)}><table class="facts wide-table"><thead><tr>${this.columns().map(column => html`<th scope="col">${t(column)}</th>`)}</tr></thead>
      <tbody>${this.items.map(item => html`<tr>${this.cells(item).map(cell => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
  }
}

const time = iso => iso ? html`<time datetime=${iso} title=${iso}>${dayTime(Date.parse(iso))}</time>` : '–';
const list = (family, codes) => (codes ?? []).map(code => word(family, code)).join(', ') || t('any');

class Consents extends Listed {
  name = 'consents';
  by = 'knownAt';

  columns() {
    return ['column.version', 'column.status', 'column.purposes', 'column.classes', 'column.period', 'column.known'];
  }

  cells(consent) {
    const period = consent.period ?? {};
    const from = period.start ?? period.from;
    const to = period.end ?? period.to;
    return [consent.version, html`<span class="badge" data-status=${consent.status}>${word('consentStatus', consent.status)}</span>`, list('purpose', consent.purposes),
      list('vital', consent.classes), typeof consent.period === 'string' ? consent.period : html`${from ? time(from) : t('open.start')} – ${to ? time(to) : t('open.end')}`, time(consent.knownAt)];
  }
}
customElements.define('vt-consents', Consents);

class Disclosures extends Listed {
  name = 'disclosures';
  by = 'time';

  columns() {
    return ['column.time', 'column.actor', 'column.role', 'column.egress', 'column.purpose', 'column.vitals'];
  }

  cells(one) {
    const count = typeof one.count === 'number' ? ` (${number(one.count, 0)})` : '';
    return [time(one.time), one.actor, word('role', one.role) || '–', word('egress', one.egress), word('purpose', one.purpose), list('vital', one.vitals) + count];
  }
}
customElements.define('vt-disclosures', Disclosures);
