/** What always stands at the top: where one is, that this is no primary alarm, how the connection stands, who one is. */
import { Part, html, nothing } from './lit.js';
import { session } from './api.js';
import { clock, t, word } from './i18n.js';
import { live } from './live.js';
import { settings } from './settings.js';
import { store } from './store.js';
import { counts } from './order.js';
import { address } from './route.js';
import { actions } from './actions.js';
import { settingsForm } from './settings-form.js';
import { signOut } from './sign-in.js';

const PAGES = { NURSE: ['worklist'], PHYSICIAN: ['worklist'], OPS: ['ops'], AUDITOR: ['ops', 'disclosures'], PATIENT: ['patient'] };
const KEYS = [['↑ ↓, j k', 'rows'], ['Home End', 'ends'], ['Enter', 'open'], ['a', 'ACKNOWLEDGE'], ['s', 'SNOOZE'], ['n', 'COMMENT'], ['o', 'ASSIGN'], ['r', 'RESOLVE'],
  ['x', 'select'], ['m', 'more'], ['u', 'undo'], ['/', 'search'], ['.', 'sort'], ['Esc', 'close'], ['?', 'help']];

class Shell extends Part {
  static properties = { page: {} };

  constructor() {
    super();
    this.follow(live, 'state', 'tick');
    this.follow(settings, 'change');
    this.follow(store, 'rows');
    this.keys = event => this.key(event);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.keys);
    this.timer = setInterval(() => live.state === 'lost' && this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    removeEventListener('keydown', this.keys);
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  render() {
    return html`
      <a class="skip" href="#main" @click=${this.skip}>${t('skip')}</a>
      <header class="bar">
        <a class="brand" href="#/"><img src="icon.svg" alt="" width="24" height="24"><span>${t('app.name')}</span></a>
        <nav aria-label=${t('nav')}>${(PAGES[session.role] ?? []).map(page => html`
          <a href=${address(page)} aria-current=${this.page === page ? 'page' : nothing}>${t(`nav.${page}`)}</a>`)}</nav>
        <p class="not-primary"><strong>${t('notPrimary.short')}</strong><span> ${t('notPrimary.rest')}</span></p>
        ${this.tally()}
        ${this.connection()}
        <button type="button" class="plain who" popovertarget="menu">
          <span class="sr">${t('menu')}</span><span class="user">${session.now.user}</span><span class="role">${word('role', session.role)}</span><span aria-hidden="true">▾</span></button>
      </header>
      <div id="menu" popover class="menu">
        <p><strong>${session.now.user}</strong><br>${word('role', session.role)}</p>
        ${settingsForm()}
        <button type="button" class="act wide" @click=${this.help}>${t('help.title')} <kbd>?</kbd></button>
        <button type="button" class="act wide" @click=${signOut}>${t('signOut')}</button>
      </div>
      ${live.state === 'lost' ? this.lost() : nothing}
      ${this.shortcuts()}`;
  }

  /** Calls for the person who looks at another page: how many wait at each priority. */
  tally() {
    if (!session.mayAct || !store.loaded) {
      return nothing;
    }
    const count = counts(store.rows.values());
    return html`<p class="tally">${t('tally', { n: count.calling, count: count.calling })}</p>`;
  }

  connection() {
    const time = live.now ? clock(live.now) : '';
    const text = live.state === 'live' ? t('connection.live', { time }) : t(`connection.${live.state}`);
    return html`<p class="connection" data-state=${live.state} role="status"><span class="dot" aria-hidden="true"></span><span>${text}</span></p>`;
  }

  lost() {
    const seconds = Math.floor((performance.now() - live.lostSince) / 1000);
    return html`<div class="lost"><p role="alert"><strong>${t('lost.title')}</strong> ${t('lost.text', { time: live.now ? clock(live.now) : '–' })}</p>
      <p><span aria-live="off">${t('lost.since', { count: seconds })}</span>
      <button type="button" class="act" @click=${() => live.retryNow()}>${t('lost.retry')}</button></p></div>`;
  }

  shortcuts() {
    return html`<dialog class="help" aria-labelledby="help-title">
      <h2 id="help-title">${t('help.title')}</h2>
      <p>${t('help.text')}</p>
      <dl>${KEYS.map(([keys, what]) => html`<div><dt>${keys.split(', ').map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${t(`help.${what}`)}</dd></div>`)}</dl>
      <form method="dialog"><button class="act main" type="submit">${t('close')}</button></form>
    </dialog>`;
  }

  skip(event) {
    event.preventDefault();
    document.getElementById('main').focus();
  }

  help() {
    this.querySelector('#menu')?.hidePopover();
    this.querySelector('dialog').showModal();
  }

  key(event) {
    if (!settings.shortcuts || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (event.key === '?') {
      event.preventDefault();
      this.help();
    } else if (event.key === 'u' && session.mayAct) {
      actions.undoNewest();
    }
  }
}
customElements.define('vt-shell', Shell);

export function typing(target) {
  return target.matches?.('input:not([type=checkbox]):not([type=radio]), textarea, select') || Boolean(target.closest?.('dialog[open]'));
}
