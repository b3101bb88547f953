/** The worklist: who needs somebody, most urgent first. */
import { Part, html, nothing, repeat } from './lit.js';
import { session } from './api.js';
import { t, word } from './i18n.js';
import { live } from './live.js';
import { settings } from './settings.js';
import { store } from './store.js';
import { actions, problemText } from './actions.js';
import { address, route } from './route.js';
import { compareRows, counts, misplaced, passes, speaking } from './order.js';
import { mayAcknowledge } from './handling.js';
import { prioritySign } from './signs.js';
import { typing } from './shell.js';
import './row.js';
import './blocks.js';

const FILTERS = ['priority', 'lane', 'state', 'owner', 'team', 'q'];
const PRIORITIES = ['HIGH', 'MEDIUM', 'LOW', 'INFO'];
/** A pointer that rests on the list holds its order no longer than this. */
const LONGEST_HOLD_MILLIS = 20_000;
const LEAVING_MILLIS = 1_500;

class Worklist extends Part {
  constructor() {
    super();
    this.selected = new Set();
    this.opened = new Set();
    this.form = null;
    this.activeId = '';
    this.shown = [];
    this.follow(store, 'rows');
    this.follow(live, 'tick', 'state');
    this.follow(route, 'change');
    this.follow(actions, 'change');
    this.follow(settings, 'change');
  }

  firstUpdated() {
    document.title = `${t('nav.worklist')} · ${t('app.title')}`;
    const team = this.filters().team ?? '';
    if (team !== store.team) {
      store.load(team);
    }
  }

  filters() {
    return Object.fromEntries(FILTERS.map(name => [name, route.parameters[name] ?? '']));
  }

  /** The rows that pass, in order; while somebody is about to answer one, rows do not move away under the hand. */
  willUpdate() {
    const filters = this.filters();
    const rows = [...store.rows.values()].filter(row => passes(row, filters, session.now.user)).sort(compareRows);
    const place = new Map(this.shown.map((row, i) => [row.patientId, i]));
    const key = JSON.stringify(filters);
    if (this.holds() && key === this.shownFor) {
      const known = rows.filter(row => place.has(row.patientId)).sort((a, b) => place.get(a.patientId) - place.get(b.patientId));
      const fresh = rows.filter(row => !place.has(row.patientId));
      this.shown = [...known, ...fresh];
    } else {
      this.shown = rows;
    }
    this.shownFor = key;
    this.moved = misplaced(this.shown);
    if (!this.shown.some(row => row.patientId === this.activeId)) {
      this.activeId = this.shown[0]?.patientId ?? '';
    }
    this.selected.forEach(id => store.rows.get(id)?.alerts?.length || this.selected.delete(id));
  }

  holds() {
    return this.form !== null || this.inside && performance.now() - this.inside < LONGEST_HOLD_MILLIS;
  }

  render() {
    if (!store.loaded) {
      return html`<div class="empty" aria-busy="true"><h1>${t('nav.worklist')}</h1><p role="status">${store.problem ? problemText(store.problem) : t('loading')}</p></div>`;
    }
    return html`
      <h1 class="sr">${t('nav.worklist')}</h1>
      ${this.head()}
      ${this.moved.length ? this.movedBar() : nothing}
      <div class="list-head" aria-hidden="true"><span></span><span>${t('column.priority')}</span><span>${t('column.patient')}</span><span>${t('column.reason')}</span>
        <span>${t('column.trend')}</span><span>${t('column.state')}</span><span>${t('column.action')}</span></div>
      ${this.list()}`;
  }

  list() {
    if (this.shown.length === 0) {
      return html`<div class="empty"><p>${t(store.rows.size ? 'worklist.noMatch' : 'worklist.empty')}</p>
        ${store.rows.size ? html`<button type="button" class="act" @click=${() => this.clear()}>${t('filter.clear')}</button>` : nothing}</div>`;
    }
    return html`<vt-blocks class="rows" role="list" aria-label=${t('worklist.label', { n: this.shown.length, count: this.shown.length })}
      .items=${this.shown} .draw=${(row, i) => this.row(row, i)} .keyOf=${row => row.patientId} .stamp=${{}}
      @keydown=${this.key} @focusin=${this.focused} @pointerenter=${this.enter} @pointermove=${this.enter} @pointerleave=${this.leave}
      @pick=${event => this.pick(event.detail.row)} @more=${event => this.more(event.detail.row)} @form=${event => this.openForm(event.detail)}></vt-blocks>`;
  }

  row(row, i) {
    const busy = (row.alerts ?? []).some(alert => actions.pending.has(alert.alertId));
    const open = this.form && (row.alerts ?? []).some(alert => alert.alertId === this.form.alert);
    return html`<vt-row .row=${row} .active=${row.patientId === this.activeId} .selected=${this.selected.has(row.patientId)} .form=${open ? this.form : null}
      .more=${this.opened.has(row.patientId)} .place=${this.placeOf(i)} .now=${live.now} .connection=${live.state} .language=${settings.language} .busy=${busy}></vt-row>`;
  }

  /** One array per place, so that a row whose place has not changed is not drawn again. */
  placeOf(i) {
    this.places = this.places?.total === this.shown.length ? this.places : { total: this.shown.length, of: new Map() };
    if (!this.places.of.has(i)) {
      this.places.of.set(i, [i + 1, this.shown.length]);
    }
    return this.places.of.get(i);
  }

  head() {
    const count = counts(store.rows.values());
    const filters = this.filters();
    const active = FILTERS.some(name => filters[name]);
    return html`
      <search class="filters" aria-label=${t('filter.label')}>
        <div class="priorities" role="group" aria-label=${t('filter.priority')}>${PRIORITIES.map(priority => html`
          <button type="button" class="count" aria-pressed=${String(filters.priority === priority)} @click=${() => this.filter({ priority: filters.priority === priority ? '' : priority })}>
            ${prioritySign(priority, count[priority] === 0)} <b>${count[priority]}</b></button>`)}</div>
        <button type="button" class="act fold" aria-expanded=${String(!!this.unfolded)} @click=${() => this.fold()}>${t('filter.label')}${active ? ' •' : ''}</button>
        <div class="foldable" data-open=${this.unfolded ? 'yes' : 'no'}>
        ${this.choice('lane', ['PHYSIOLOGICAL', 'TECHNICAL', 'ADMINISTRATIVE'], code => word('lane', code), filters)}
        ${this.choice('state', ['CALLING', 'ANY_ALERT', 'OPEN', 'ESCALATED', 'LATCHED', 'SNOOZED', 'ACKNOWLEDGED', 'NO_DATA', 'NO_CONSENT', 'WITHHELD', 'OK'],
          code => t(`filter.state.${code}`), filters)}
        ${this.choice('owner', ['me', 'none', ...this.owners()], code => code === 'me' || code === 'none' ? t(`filter.owner.${code}`) : code, filters)}
        ${session.now.teams?.length > 1 ? this.choice('team', session.now.teams, code => code, filters) : nothing}
        <label class="search"><span class="sr">${t('filter.q')}</span><input type="search" name="q" placeholder=${t('filter.q')} .value=${filters.q} @input=${event => this.filter({ q: event.target.value })}></label>
        ${active ? html`<button type="button" class="plain" @click=${() => this.clear()}>${t('filter.clear')}</button>` : nothing}
        </div>
      </search>
      <div class="toolbar">${this.bulk()}<span class="found" role="status">${t('worklist.found', { n: this.shown.length, count: this.shown.length, all: store.rows.size })}</span></div>`;
  }

  /** On a small screen the filters stay out of the way until they are asked for. */
  fold() {
    this.unfolded = !this.unfolded;
    this.requestUpdate();
  }

  choice(name, codes, label, filters) {
    return html`<label class="filter"><span>${t(`filter.${name}`)}</span><select name=${name} @change=${event => this.filter({ [name]: event.target.value })}>
      <option value="" ?selected=${!filters[name]}>${t('filter.all')}</option>
      ${codes.map(code => html`<option value=${code} ?selected=${filters[name] === code}>${label(code)}</option>`)}</select></label>`;
  }

  owners() {
    const names = new Set();
    store.rows.forEach(row => (row.alerts ?? []).forEach(alert => alert.assignee && alert.assignee !== session.now.user && names.add(alert.assignee)));
    return [...names].sort();
  }

  bulk() {
    const chosen = this.shown.filter(row => this.selected.has(row.patientId));
    const possible = this.shown.filter(row => speaking(row).some(mayAcknowledge));
    return html`<div class="bulk" role="group" aria-label=${t('bulk.label')}>
      <label class="check"><input type="checkbox" .checked=${chosen.length > 0 && chosen.length === possible.length} .indeterminate=${chosen.length > 0 && chosen.length < possible.length}
        ?disabled=${possible.length === 0} @change=${event => this.pickAll(event.target.checked ? possible : [])}> ${t('bulk.all')}</label>
      <button type="button" class="act" ?disabled=${chosen.length === 0} aria-disabled=${live.state !== 'live' ? 'true' : nothing} @click=${() => this.acknowledge(chosen)}>
        ${chosen.length ? t('bulk.acknowledge', { n: chosen.length, count: chosen.length }) : t('bulk.none')}</button></div>`;
  }

  movedBar() {
    const higher = this.moved.filter(row => row.priority === 'HIGH').length;
    return html`<div class="moved" role="status" @pointerenter=${this.enter} @pointerleave=${this.leave}><span>${higher ? t('moved.high', { n: higher, count: higher }) : t('moved.text')}</span>
      <button type="button" class="act" @click=${() => this.sort()}>${t('moved.sort')} <kbd>.</kbd></button></div>`;
  }

  sort() {
    this.inside = 0;
    this.form = null;
    this.requestUpdate();
  }

  filter(change) {
    this.form = null;
    this.inside = 0;
    route.with(change);
    if ('team' in change) {
      store.load(change.team);
    }
  }

  clear() {
    this.filter(Object.fromEntries(FILTERS.map(name => [name, ''])));
  }

  pick(row) {
    if (!this.selected.delete(row.patientId)) {
      this.selected.add(row.patientId);
    }
    this.requestUpdate();
  }

  pickAll(rows) {
    this.selected = new Set(rows.map(row => row.patientId));
    this.requestUpdate();
  }

  more(row) {
    if (!this.opened.delete(row.patientId)) {
      this.opened.add(row.patientId);
    }
    this.requestUpdate();
  }

  openForm({ row, value }) {
    this.form = value;
    if (value && speaking(row)[0]?.alertId !== value.alert) {
      this.opened.add(row.patientId);
    }
    this.requestUpdate();
    if (!value) {
      this.updateComplete.then(() => this.focus(row.patientId));
    }
  }

  async acknowledge(rows) {
    const picks = rows.flatMap(row => speaking(row).filter(mayAcknowledge).map(alert => ({ row, alert })));
    await actions.acknowledgeAll(picks);
    this.selected.clear();
    this.requestUpdate();
  }

  enter() {
    this.inside = performance.now();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.requestUpdate(), LONGEST_HOLD_MILLIS + 50);
  }

  /** A moment later, so that the pointer can come back, or reach the button that sorts. */
  leave() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.inside = 0;
      this.requestUpdate();
    }, LEAVING_MILLIS);
  }

  focused(event) {
    const row = event.target.closest('vt-row');
    if (row && row.row.patientId !== this.activeId) {
      this.activeId = row.row.patientId;
      this.requestUpdate();
    }
    this.inside = performance.now();
  }

  key(event) {
    const row = event.target.closest('vt-row');
    if (!row || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    const i = this.shown.findIndex(one => one.patientId === row.row.patientId);
    const moves = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: this.shown.length - 1, PageDown: i + 8, PageUp: i - 8 };
    const letters = settings.shortcuts ? { j: i + 1, k: i - 1 } : {};
    const to = moves[event.key] ?? letters[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.focus(this.shown[Math.max(0, Math.min(this.shown.length - 1, to))]?.patientId);
    } else if (event.key === 'Enter' && event.target === row) {
      event.preventDefault();
      location.hash = address('patient', row.row.patientId);
    } else if (settings.shortcuts && this.letter(event.key, row)) {
      event.preventDefault();
    }
  }

  letter(key, row) {
    switch (key) {
      case 'x': this.pick(row.row); return true;
      case 'm': this.more(row.row); return true;
      default: return row.press(key);
    }
  }

  async focus(patientId) {
    const i = this.shown.findIndex(row => row.patientId === patientId);
    if (i < 0) {
      return;
    }
    this.activeId = patientId;
    this.inside = performance.now();
    this.requestUpdate();
    await this.updateComplete;
    await this.querySelector('vt-blocks').reveal(i);
    const row = this.querySelector(`vt-row[data-patient="${CSS.escape(patientId)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  connectedCallback() {
    super.connectedCallback();
    this.keys = event => this.pageKey(event);
    addEventListener('keydown', this.keys);
  }

  disconnectedCallback() {
    removeEventListener('keydown', this.keys);
    clearTimeout(this.rest);
    super.disconnectedCallback();
  }

  pageKey(event) {
    if (!settings.shortcuts || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      this.querySelector('input[type=search]')?.focus();
    } else if (event.key === '.') {
      this.sort();
    } else if ((event.key === 'j' || event.key === 'ArrowDown') && !event.target.closest?.('vt-row') && event.target === document.body) {
      event.preventDefault();
      this.focus(this.activeId);
    }
  }
}
customElements.define('vt-worklist', Worklist);
