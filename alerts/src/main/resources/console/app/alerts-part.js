/** Alerts of one patient: each can be answered, and opened to see what it rests on and what people did. */
import { Part, html, nothing, repeat } from './lit.js';
import { get, session } from './api.js';
import { dayTime, number, t, word } from './i18n.js';
import { live } from './live.js';
import { actions, problemText } from './actions.js';
import { isCalling } from './order.js';
import { actionButtons, choices } from './handling.js';
import { ageOf, gradeBadge, prioritySign, shown, tagBadges, unit, verdictBadge } from './signs.js';

class Alerts extends Part {
  static properties = { row: {}, alerts: {}, now: {}, connection: {} };

  constructor() {
    super();
    this.opened = new Set();
    this.form = null;
    this.follow(actions, 'change');
  }

  render() {
    return html`<ul class="alerts">${repeat(this.alerts, alert => alert.alertId, alert => this.alert(alert))}</ul>`;
  }

  alert(alert) {
    const open = this.opened.has(alert.alertId);
    const form = this.form?.alert === alert.alertId ? this.form.kind : '';
    return html`<li class="alert" data-priority=${alert.priority} data-alert=${alert.alertId} data-calling=${isCalling(alert) ? 'yes' : 'no'}>
      <div class="alert-line">
        ${prioritySign(alert.priority, !isCalling(alert))}
        <div class="what"><p class="reason"><span lang="en">${alert.text || word('rule', alert.rule)}</span> <span class="since">${ageOf(alert.raised, this.now)}</span>
          ${alert.lane === 'PHYSIOLOGICAL' ? nothing : html`<span class="badge lane">${word('lane', alert.lane)}</span>`} ${tagBadges(alert.tags)}</p>
          <p class="small">${word('rule', alert.rule)} · ${word('state', alert.state)}${alert.assignee ? html` · ${t('row.owner')} ${alert.assignee}` : nothing}
            ${alert.cleared ? html` · ${t('alert.cleared')} ${ageOf(alert.cleared, this.now)}` : nothing}</p></div>
        ${session.mayAct ? actionButtons(this.row, alert, form, kind => this.choose(alert, kind)) : nothing}
        <button type="button" class="plain" aria-expanded=${String(open)} @click=${() => this.toggle(alert)}>${t(open ? 'alert.less' : 'alert.why')}</button>
      </div>
      ${form ? html`<vt-alert-form .row=${this.row} .alert=${alert} .kind=${form} @done=${() => this.close(alert)}></vt-alert-form>` : nothing}
      ${open ? html`<vt-alert-detail .row=${this.row} .alert=${alert} .stamp=${alert.updated}></vt-alert-detail>` : nothing}</li>`;
  }

  choose(alert, kind) {
    const choice = choices(alert).find(one => one.kind === kind);
    if (!choice.form) {
      actions.act(this.row, alert, kind);
    } else if (actions.allowed()) {
      this.form = this.form?.alert === alert.alertId && this.form.kind === kind ? null : { alert: alert.alertId, kind };
      this.requestUpdate();
    }
  }

  close(alert) {
    const kind = this.form?.kind;
    this.form = null;
    this.requestUpdate();
    this.updateComplete.then(() => this.querySelector(`[data-alert="${CSS.escape(alert.alertId)}"] [data-kind="${kind}"]`)?.focus());
  }

  toggle(alert) {
    if (!this.opened.delete(alert.alertId)) {
      this.opened.add(alert.alertId);
    }
    this.requestUpdate();
  }
}
customElements.define('vt-alerts', Alerts);

class PastAlerts extends Part {
  static properties = { row: {}, stamp: {} };

  willUpdate(changed) {
    if (changed.has('stamp') || changed.get('row')?.patientId !== this.row.patientId && changed.has('row')) {
      this.load();
    }
  }

  async load() {
    try {
      this.alerts = (await get(`v1/patients/${encodeURIComponent(this.row.patientId)}/alerts?state=all`)).alerts;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    if (this.problem) {
      return html`<p class="quiet" role="alert">${problemText(this.problem)}</p>`;
    }
    if (!this.alerts) {
      return html`<p class="quiet" role="status">${t('loading')}</p>`;
    }
    return this.alerts.length ? html`<vt-alerts .row=${this.row} .alerts=${this.alerts} .now=${live.now} .connection=${live.state}></vt-alerts>` : html`<p class="quiet">${t('alert.nonePast')}</p>`;
  }
}
customElements.define('vt-past-alerts', PastAlerts);

class AlertDetail extends Part {
  static properties = { row: {}, alert: {}, stamp: {} };

  constructor() {
    super();
    this.follow(actions, 'change');
    this.onAlert = event => event.detail.alertId === this.alert.alertId && this.load();
  }

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('alert', this.onAlert);
  }

  disconnectedCallback() {
    live.removeEventListener('alert', this.onAlert);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('stamp')) {
      this.load();
    }
  }

  async load() {
    try {
      this.detail = await get(`v1/alerts/${encodeURIComponent(this.alert.alertId)}?patient=${encodeURIComponent(this.row.patientId)}`);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    if (!this.detail) {
      return html`<p class="quiet" role="status">${this.problem ? problemText(this.problem) : t('loading')}</p>`;
    }
    const { events = [], workflow = [], notifications = [] } = this.detail;
    const newest = events.reduce((last, one) => !last || one.appendTime > last.appendTime ? one : last, null);
    return html`<div class="detail">
      ${newest ? this.why(newest) : nothing}
      ${newest?.evidence?.length ? this.evidence(newest.evidence) : nothing}
      <h3>${t('alert.history')}</h3>
      ${this.history(events, workflow, notifications)}
      ${this.undo()}</div>`;
  }

  why(event) {
    const thresholds = Object.entries(event.thresholds ?? {});
    return html`<h3>${t('alert.whyTitle')}</h3><p lang="en" class="why">${event.text}</p>
      <p class="small">${t(`information.${event.informationType ?? 'DESCRIPTIVE'}`)} ${t('alert.rule', { rule: word('rule', event.rule), version: event.ruleSetVersion })}
      ${thresholds.length ? html`<br>${t('alert.thresholds')} ${thresholds.map(([name, value]) => `${name} ${typeof value === 'number' ? number(value, 2) : value}`).join(' · ')}` : nothing}</p>
      ${(event.tags ?? []).length ? html`<ul class="small">${event.tags.map(tag => html`<li><b>${word('tag', tag)}</b> ${word('tagLong', tag)}</li>`)}</ul>` : nothing}`;
  }

  evidence(list) {
    return html`<h3>${t('alert.evidence')}</h3><div class="scroll" tabindex="0" role="region" aria-label=${t('alert.evidence')}><table class="facts wide-table"><thead><tr><th scope="col">${t('column.vital')}</th><th scope="col" class="num">${t('column.value')}</th>
      <th scope="col">${t('column.time')}</th><th scope="col">${t('column.device')}</th><th scope="col">${t('column.grade')}</th><th scope="col">${t('column.verdict')}</th><th scope="col">${t('column.record')}</th></tr></thead>
      <tbody>${list.map(one => html`<tr><th scope="row">${word('vital', one.vital)}</th><td class="num"><b>${shown(one.value, one.vital)}</b> ${unit(one.unit)}${one.sigma ? html` <span class="small">± ${shown(one.sigma)}</span>` : nothing}</td>
        <td>${dayTime(Date.parse(one.effectiveTime))} <span class="small">${ageOf(one.effectiveTime, live.now)}</span></td><td>${one.deviceId}</td><td>${gradeBadge(one.grade)}</td><td>${verdictBadge(one.verdict, one.reasons)}</td>
        <td class="small"><code>${one.topic}-${one.partition}@${one.offset}${one.index ? `.${one.index}` : ''}</code></td></tr>`)}</tbody></table></div>`;
  }

  /** What the rules, the people and the messages did, in one line of time. */
  history(events, workflow, notifications) {
    const all = [
      ...events.map(one => ({ time: one.appendTime, kind: 'event', text: word('alertEvent', one.event), more: word('priority', one.priority), priority: one.priority })),
      ...workflow.map(one => ({ time: one.time, kind: 'workflow', text: word('workflowEvent', one.type), more: [one.actor, one.reason && word('workflowReason', one.reason)].filter(Boolean).join(': ') })),
      ...notifications.map(one => ({ time: one.time, kind: 'notification', text: word('notification', one.state), more: [word('step', one.step), one.channel, one.recipient, one.reason].filter(Boolean).join(', ') })),
    ].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
    return html`<ol class="history">${all.map(one => html`<li data-kind=${one.kind}><time datetime=${one.time}>${dayTime(Date.parse(one.time))}</time>
      <span><b>${one.text}</b> ${one.more}</span></li>`)}</ol>`;
  }

  /** The newest thing this person did to the alert can be taken back from here, too. */
  undo() {
    const given = [...this.detail.workflow ?? []].reverse().find(one => one.actionId && one.type !== 'REFUSED');
    const done = actions.done.get(this.alert.alertId) ?? (given?.actor === session.now.user && given.type !== 'UNDONE' && given.type !== 'COMMENTED'
      ? { alertId: this.alert.alertId, patient: this.row.patientId, actionId: given.actionId } : null);
    return done && done.kind !== 'COMMENT' && session.mayAct ? html`<p><button type="button" class="act" data-kind="UNDO" aria-disabled=${actions.possible ? nothing : 'true'}
      @click=${() => actions.undo([done])}>${t('alert.undo')}</button></p>` : nothing;
  }
}
customElements.define('vt-alert-detail', AlertDetail);
