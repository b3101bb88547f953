/** One patient in the worklist. */
import { Part, html, nothing, repeat } from './lit.js';
import { session } from './api.js';
import { t, word, hourMinute, dayTime } from './i18n.js';
import { live } from './live.js';
import { actions } from './actions.js';
import { address } from './route.js';
import { isCalling, speaking } from './order.js';
import { actionButtons, choices } from './handling.js';
import { ageOf, ago, prioritySign, readable, sparkline, stateSign, tagBadges, vitalChip } from './signs.js';

const VITALS_SHOWN = 4;

class Row extends Part {
  static properties = { row: {}, active: { type: Boolean }, selected: { type: Boolean }, form: {}, more: { type: Boolean }, place: {}, now: {}, connection: {}, language: {}, busy: {} };

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute('role', 'listitem');
  }

  updated() {
    this.tabIndex = this.active ? 0 : -1;
    this.dataset.priority = this.row.priority ?? 'NONE';
    this.dataset.state = this.row.state;
    this.dataset.patient = this.row.patientId;
    this.dataset.calling = speaking(this.row).some(isCalling) ? 'yes' : 'no';
    this.setAttribute('aria-posinset', this.place?.[0] ?? 1);
    this.setAttribute('aria-setsize', this.place?.[1] ?? 1);
    this.setAttribute('aria-label', this.summary());
  }

  /** What is read out when the row gets the focus. */
  summary() {
    const [top] = speaking(this.row);
    return [top ? t('row.priority', { priority: word('priority', top.priority) }) : word('rowState', this.row.state), this.row.patientId,
      this.hidden() ? '' : top?.text ?? '', top ? word('state', top.state) : ''].filter(Boolean).join(', ');
  }

  hidden() {
    return this.row.state === 'WITHHELD';
  }

  render() {
    const alerts = speaking(this.row);
    const [top, ...others] = alerts;
    return html`
      <div class="line">
        ${this.pick(top)}
        <div class="sign-cell">${top ? prioritySign(top.priority, !isCalling(top)) : stateSign(this.row.state)}</div>
        <div class="who">
          <a class="patient" href=${address('patient', this.row.patientId)} tabindex=${this.active ? 0 : -1}>${this.row.patientId}</a>
          ${top && this.row.state !== 'ALERT' ? stateSign(this.row.state) : nothing}
          <span class="small">${this.row.newestReading ? ago('row.heard', this.row.newestReading, this.now) : this.hidden() ? nothing : t('row.neverHeard')}</span>
        </div>
        <div class="what">${top ? this.reason(top) : this.quiet()}${this.vitals()}</div>
        <div class="trend">${this.hidden() || this.row.state === 'NO_CONSENT' ? nothing : sparkline(this.row.spark)}</div>
        <div class="own">${top ? this.owner(top) : nothing}</div>
        <div class="do">${top && session.mayAct ? actionButtons(this.row, top, this.form?.alert === top.alertId ? this.form.kind : '', kind => this.choose(top, kind), this.active) : nothing}
          ${others.length ? html`<button type="button" class="plain more" tabindex=${this.active ? 0 : -1} aria-expanded=${String(!!this.more)} @click=${() => this.tell('more')}>
            ${this.more ? t('row.less') : t('row.more', { n: others.length, count: others.length })}</button>` : nothing}</div>
      </div>
      ${this.formOf(top)}
      ${this.more ? html`<ul class="others">${repeat(others, alert => alert.alertId, alert => this.other(alert))}</ul>` : nothing}`;
  }

  pick(top) {
    return html`<div class="pick">${top && session.mayAct ? html`<label><span class="sr">${t('row.select', { patient: this.row.patientId })}</span>
      <input type="checkbox" tabindex=${this.active ? 0 : -1} .checked=${!!this.selected} @change=${() => this.tell('pick')}></label>` : nothing}</div>`;
  }

  /** Words of the server are in the language of the rule, which is English. */
  reason(alert) {
    const text = this.hidden() ? t('withheld.text') : alert.text || word('rule', alert.rule);
    return html`<p class="reason"><span lang=${this.hidden() || !alert.text ? nothing : 'en'}>${text}</span>
      <span class="since">${ageOf(alert.raised, this.now)}</span>
      ${alert.lane === 'PHYSIOLOGICAL' ? nothing : html`<span class="badge lane">${word('lane', alert.lane)}</span>`}
      ${alert.members?.length ? html`<span class="badge tag">${t('row.storm', { n: alert.members.length, count: alert.members.length })}</span>` : nothing}
      ${this.hidden() ? nothing : tagBadges(alert.tags)}</p>`;
  }

  quiet() {
    return html`<p class="reason quiet">${t(`rowState.${this.row.state}.text`)}</p>`;
  }

  vitals() {
    const vitals = readable(this.hidden() || this.row.state === 'NO_CONSENT' ? [] : this.first(this.row.vitals ?? []));
    if (vitals.length === 0) {
      return nothing;
    }
    return html`<div class="vitals">${vitals.slice(0, VITALS_SHOWN).map(vital => vitalChip(vital, this.now))}
      ${vitals.length > VITALS_SHOWN ? html`<a class="small" tabindex=${this.active ? 0 : -1} href=${address('patient', this.row.patientId)}>${t('row.allVitals', { count: vitals.length - VITALS_SHOWN })}</a>` : nothing}</div>`;
  }

  /** What the alert is about comes first. */
  first(vitals) {
    const about = this.row.priority ? this.row.spark?.vital : '';
    return about ? [...vitals.filter(vital => vital.vital === about), ...vitals.filter(vital => vital.vital !== about)] : vitals;
  }

  owner(alert) {
    return html`<span class="state-word" data-state=${alert.state}>${word('state', alert.state)}${this.until(alert)}</span>
      <span class="small">${alert.assignee ? html`${t('row.owner')} <strong>${alert.assignee === session.now.user ? t('row.you') : alert.assignee}</strong>` : t('row.noOwner')}</span>
      ${alert.acknowledgedBy ? html`<span class="small">${t('row.acknowledgedBy', { who: alert.acknowledgedBy === session.now.user ? t('row.you') : alert.acknowledgedBy })}, ${ago('ago', alert.acknowledgedAt, this.now)}</span>` : nothing}
      ${alert.step && isCalling(alert) ? html`<span class="small">${word('step', alert.step)}</span>` : nothing}`;
  }

  until(alert) {
    if (alert.state !== 'SNOOZED' || !alert.snoozedUntil) {
      return nothing;
    }
    const end = Date.parse(alert.snoozedUntil);
    return html` ${t('row.until', { time: end - this.now > 12 * 3_600_000 ? dayTime(end) : hourMinute(end) })}`;
  }

  other(alert) {
    return html`<li data-alert=${alert.alertId} data-priority=${alert.priority}>
      <div class="line">
        ${prioritySign(alert.priority, !isCalling(alert))}${this.reason(alert)}
        <div class="own">${this.owner(alert)}</div>
        ${session.mayAct ? actionButtons(this.row, alert, this.form?.alert === alert.alertId ? this.form.kind : '', kind => this.choose(alert, kind), this.active) : nothing}
      </div>${this.formOf(alert)}</li>`;
  }

  formOf(alert) {
    return alert && this.form?.alert === alert.alertId
      ? html`<vt-alert-form .row=${this.row} .alert=${alert} .kind=${this.form.kind} @done=${() => this.tell('form', null)}></vt-alert-form>` : nothing;
  }

  /** Does what the key or the button says, for the alert on top. */
  choose(alert, kind) {
    const choice = choices(alert).find(one => one.kind === kind);
    if (!choice) {
      return;
    }
    if (!choice.form) {
      actions.act(this.row, alert, kind);
    } else if (actions.allowed()) {
      this.tell('form', this.form?.alert === alert.alertId && this.form.kind === kind ? null : { alert: alert.alertId, kind });
    }
  }

  press(key) {
    const [top] = speaking(this.row);
    const choice = top && session.mayAct && choices(top).find(one => one.key === key);
    if (choice) {
      this.choose(top, choice.kind);
    }
    return !!choice;
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail: { row: this.row, value: detail }, bubbles: true }));
  }
}
customElements.define('vt-row', Row);

/** Properties that every row gets from what holds for the whole page. */
export const surroundings = () => ({ now: live.now, connection: live.state });
