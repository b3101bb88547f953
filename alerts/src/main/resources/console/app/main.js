/** Begins: words, session, then the page that the role may see. */
import { Part, html, nothing } from './lit.js';
import { get, call, session } from './api.js';
import { loadWords, t } from './i18n.js';
import { settings } from './settings.js';
import { live } from './live.js';
import { store } from './store.js';
import { route, takeCode } from './route.js';
import { notices } from './notices.js';
import './shell.js';
import './sign-in.js';
import './worklist.js';
import './patient.js';
import './ops.js';
import './audit.js';

const HOME = { NURSE: 'worklist', PHYSICIAN: 'worklist', OPS: 'ops', AUDITOR: 'ops', PATIENT: 'patient' };

class App extends Part {
  constructor() {
    super();
    this.ready = false;
    this.follow(session, 'change');
    this.follow(route, 'change');
    this.follow(live, 'state');
    route.addEventListener('change', () => this.openAlert());
    store.addEventListener('rows', () => this.openAlert());
  }

  /** Messages link to an alert: the page of its patient is shown in its place. */
  openAlert() {
    if (route.page !== 'alert') {
      return;
    }
    const row = [...store.rows.values()].find(one => one.alerts?.some(alert => alert.alertId === route.parts[1]));
    if (row) {
      route.replace('patient', row.patientId);
    } else {
      this.requestUpdate();
    }
  }

  async firstUpdated() {
    session.addEventListener('change', () => this.signedInOrOut());
    settings.addEventListener('change', async () => {
      await loadWords();
      this.again();
    });
    store.addEventListener('high', event => this.announce(event.detail));
    await loadWords();
    await this.findSession();
    this.ready = true;
    this.again();
  }

  async findSession() {
    const code = takeCode();
    try {
      session.set(code ? await call('POST', 'v1/session', { code }, { quiet: true }) : await get('v1/session', { quiet: true }));
    } catch (problem) {
      session.set(null, code ? 'code' : problem.status === 401 ? '' : 'unreachable');
    }
  }

  signedInOrOut() {
    const user = session.now && !session.now.mustChangePassword ? session.now.user : '';
    if (user === this.user) {
      return;
    }
    this.user = user;
    if (user) {
      store.begin();
    } else {
      store.end();
    }
  }

  /** Everything is drawn anew, since the words have changed. */
  again() {
    document.title = t('app.title');
    this.requestUpdate();
    this.querySelectorAll('*').forEach(element => element.requestUpdate?.());
  }

  announce({ row, alert }) {
    notices.call(t('live.high', { patient: row.patientId, text: row.state === 'WITHHELD' ? t('withheld.text') : alert.text }));
  }

  render() {
    if (!this.ready) {
      return nothing;
    }
    if (!session.now || session.now.mustChangePassword) {
      return html`<vt-sign-in></vt-sign-in><vt-notices></vt-notices>`;
    }
    return html`<vt-shell .page=${this.page()}>${nothing}</vt-shell><main id="main" tabindex="-1">${this.view()}</main><vt-notices></vt-notices>`;
  }

  page() {
    return route.page || HOME[session.role] || '';
  }

  view() {
    const page = this.page();
    const role = session.role;
    if (page === 'patient') {
      const patient = route.parts[1] || session.now.patient;
      return patient && role !== 'OPS' && role !== 'AUDITOR' ? html`<vt-patient .patient=${patient}></vt-patient>` : this.nothingHere();
    }
    if (page === 'alert' && session.mayAct) {
      return html`<div class="empty" aria-busy=${String(!store.loaded)}><p role="status">${t(store.loaded ? 'alert.notHere' : 'loading')}</p>
        <a class="act" href="#/worklist">${t('back')}</a></div>`;
    }
    if (page === 'worklist' && session.mayAct) {
      return html`<vt-worklist></vt-worklist>`;
    }
    if (page === 'ops' && (role === 'OPS' || role === 'AUDITOR')) {
      return html`<vt-ops></vt-ops>`;
    }
    if (page === 'disclosures' && role === 'AUDITOR') {
      return html`<vt-audit></vt-audit>`;
    }
    return this.nothingHere();
  }

  nothingHere() {
    return html`<div class="empty"><h1>${t('nothing.title')}</h1><p>${t('nothing.text')}</p></div>`;
  }
}
customElements.define('vt-app', App);
