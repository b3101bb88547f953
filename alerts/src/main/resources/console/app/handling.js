/** Buttons and small forms with which a person answers an alert; the same in the worklist and on the patient's page. */
import { Part, html, nothing } from './lit.js';
import { session } from './api.js';
import { t, span, word } from './i18n.js';
import { live } from './live.js';
import { actions } from './actions.js';

/** Lengths that can be chosen, in minutes; the workflow allows at most 60 min for HIGH and 24 h for the others. */
const SNOOZE_HIGH = [10, 15, 30, 60];
const SNOOZE = [15, 30, 60, 120, 240, 480, 720, 1440];
const QUICK = ['checking', 'called', 'planned', 'device'];

export const mayAcknowledge = alert => alert.state !== 'RESOLVED' && alert.state !== 'ACKNOWLEDGED';
const maySnooze = alert => alert.state !== 'RESOLVED' && alert.state !== 'LATCHED' && alert.holds !== false;

/** What can be done with the alert as it stands: kind, word, key, whether it opens a form. */
export function choices(alert) {
  if (alert.state === 'RESOLVED') {
    return [{ kind: 'REOPEN', key: '', form: true }, { kind: 'COMMENT', key: 'n', form: true }];
  }
  return [
    ...mayAcknowledge(alert) ? [{ kind: 'ACKNOWLEDGE', key: 'a', form: false }] : [],
    ...maySnooze(alert) ? [{ kind: 'SNOOZE', key: 's', form: true }] : [],
    { kind: 'COMMENT', key: 'n', form: true },
    { kind: 'ASSIGN', key: 'o', form: true },
    { kind: 'RESOLVE', key: 'r', form: true },
  ];
}

/** @param tab whether Tab stops at the buttons */
export function actionButtons(row, alert, open, choose, tab = true) {
  const busy = actions.pending.has(alert.alertId);
  return html`<div class="acts" role="group" aria-label=${t('action.group', { patient: row.patientId, rule: word('rule', alert.rule) })}>
    ${choices(alert).map(choice => html`
      <button type="button" class=${choice.kind === 'ACKNOWLEDGE' ? 'act main' : 'act'} data-kind=${choice.kind} tabindex=${tab ? nothing : -1}
          aria-disabled=${busy || live.state !== 'live' ? 'true' : nothing} aria-expanded=${choice.form ? String(open === choice.kind) : nothing}
          @click=${() => choose(choice.kind)}>${t(`action.${choice.kind}`)}</button>`)}
  </div>`;
}

/** One form for one alert. Tells `done` when it is to be closed. */
class AlertForm extends Part {
  static properties = { row: {}, alert: {}, kind: {} };

  constructor() {
    super();
    this.error = '';
    this.follow(actions, 'change');
    this.follow(live, 'state');
  }

  firstUpdated() {
    (this.querySelector('input:checked') ?? this.querySelector('input, select, textarea'))?.focus();
  }

  render() {
    const busy = actions.pending.has(this.alert.alertId);
    const title = `title-${this.alert.alertId}`;
    return html`
      <form class="answer" aria-labelledby=${title} novalidate @submit=${this.submit} @keydown=${this.escape}>
        <p class="title" id=${title}>${t(`form.${this.kind}`, { patient: this.row.patientId })}</p>
        ${this.fields()}
        ${this.error ? html`<p class="error" role="alert" id="error-${this.alert.alertId}">${this.error}</p>` : nothing}
        <div class="buttons">
          <button type="submit" class="act main" aria-disabled=${busy ? 'true' : nothing}>${t(`action.${this.kind}`)}</button>
          <button type="button" class="act" @click=${this.close}>${t('cancel')}</button>
        </div>
      </form>`;
  }

  fields() {
    switch (this.kind) {
      case 'SNOOZE': return html`${this.lengths()}${this.words(true)}`;
      case 'ASSIGN': return html`${this.people()}`;
      case 'RESOLVE': return html`${this.outcomes()}${this.words(false)}`;
      default: return this.words(true);
    }
  }

  lengths() {
    const high = this.alert.priority === 'HIGH';
    return html`<fieldset><legend>${t('form.until')}</legend><div class="choices">${(high ? SNOOZE_HIGH : SNOOZE).map((minutes, i) => html`
      <label><input type="radio" name="minutes" value=${minutes} ?checked=${i === (high ? 1 : 2)}> ${span(minutes)}</label>`)}</div>
      <p class="hint">${t('form.snoozeHint')}</p></fieldset>`;
  }

  outcomes() {
    return html`<fieldset><legend>${t('form.outcome')}</legend><div class="choices">${['TRUE', 'FALSE', 'UNSURE'].map(outcome => html`
      <label><input type="radio" name="outcome" value=${outcome}> ${word('outcome', outcome)}</label>`)}</div></fieldset>`;
  }

  people() {
    return html`<label class="field">${t('form.assignee')}
      <input name="assignee" autocomplete="off" spellcheck="false" maxlength="120" required .value=${session.now.user}></label>
      <p class="hint">${t('form.assigneeHint')}</p>`;
  }

  words(needed) {
    return html`
      <label class="field">${t(needed ? `form.text.${this.kind}` : 'form.text.optional')}
        <textarea name="text" rows="2" maxlength="2000" ?required=${needed} aria-invalid=${this.error ? 'true' : nothing}></textarea></label>
      ${this.kind === 'SNOOZE' ? html`<div class="quick" role="group" aria-label=${t('form.quick')}>${QUICK.map(key => html`
        <button type="button" class="chip" @click=${() => this.put(t(`form.quick.${key}`))}>${t(`form.quick.${key}`)}</button>`)}</div>` : nothing}`;
  }

  put(text) {
    this.querySelector('textarea').value = text;
  }

  async submit(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    const text = (values.text ?? '').trim();
    const more = text ? { text } : {};
    this.error = this.missing(values, text);
    this.requestUpdate();
    if (this.error) {
      event.target.querySelector('[name=text], [name=assignee], [name=outcome]')?.focus();
      return;
    }
    if (this.kind === 'SNOOZE') {
      more.until = new Date(live.now + values.minutes * 60_000).toISOString();
    } else if (this.kind === 'ASSIGN') {
      more.assignee = values.assignee.trim();
    } else if (this.kind === 'RESOLVE') {
      more.outcome = values.outcome;
    }
    if (await actions.act(this.row, this.alert, this.kind, more)) {
      this.close();
    }
  }

  missing(values, text) {
    if (this.kind === 'ASSIGN') {
      return values.assignee.trim() ? '' : t('form.missing.assignee');
    }
    if (this.kind === 'RESOLVE') {
      return values.outcome ? '' : t('form.missing.outcome');
    }
    return text ? '' : t('form.missing.text');
  }

  escape(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    }
  }

  close() {
    this.dispatchEvent(new CustomEvent('done', { bubbles: true }));
  }
}
customElements.define('vt-alert-form', AlertForm);
