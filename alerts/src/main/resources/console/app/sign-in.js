/** Signing in, and the new password that a first one asks for. */
import { Part, html, nothing } from './lit.js';
import { call, get, session } from './api.js';
import { t } from './i18n.js';
import { problemText } from './actions.js';
import { settingsForm } from './settings-form.js';

class SignIn extends Part {
  constructor() {
    super();
    this.error = '';
    this.busy = false;
    this.methods = { local: true, oidc: false };
    this.follow(session, 'change');
  }

  async firstUpdated() {
    try {
      this.methods = await get('v1/session/methods', { quiet: true });
    } catch (problem) {
      this.error = problemText(problem);
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  render() {
    return html`
      <main class="sign-in" id="main">
        <div class="card">
          <h1><img src="icon.svg" alt="" width="40" height="40"> ${t('app.name')}</h1>
          <p class="notice-line">${t('notPrimary.long')}</p>
          ${this.reason()}
          ${session.now ? this.change() : this.enter()}
        </div>
        ${settingsForm()}
      </main>`;
  }

  reason() {
    const known = { ended: 'signIn.ended', code: 'signIn.codeUsed', unreachable: 'problem.unreachable' };
    const key = session.now ? '' : known[session.reason];
    return key && !this.error ? html`<p class="told" role="status">${t(key)}</p>` : nothing;
  }

  enter() {
    return html`
      ${this.methods.local ? html`<form @submit=${this.submit}>
        <label class="field">${t('signIn.user')}<input name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
        <label class="field">${t('signIn.password')}<input name="password" type="password" autocomplete="current-password" required></label>
        ${this.said()}
        <button type="submit" class="act main wide" ?disabled=${this.busy}>${t('signIn.enter')}</button>
      </form>` : this.said()}
      ${this.methods.oidc ? html`<a class="act wide" href="v1/session/oidc">${t('signIn.oidc')}</a>` : nothing}
      <p class="hint">${t('signIn.code')}</p>`;
  }

  change() {
    return html`<form @submit=${this.newPassword}>
      <p class="told">${t('signIn.mustChange')}</p>
      <input class="sr" name="user" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${session.now.user}>
      <label class="field">${t('signIn.old')}<input name="old" type="password" autocomplete="current-password" required></label>
      <label class="field">${t('signIn.new')}<input name="new" type="password" autocomplete="new-password" required></label>
      <label class="field">${t('signIn.again')}<input name="again" type="password" autocomplete="new-password" required></label>
      ${this.said()}
      <button type="submit" class="act main wide" ?disabled=${this.busy}>${t('signIn.change')}</button>
      <button type="button" class="act wide" @click=${signOut}>${t('signOut')}</button>
    </form>`;
  }

  said() {
    return this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing;
  }

  async submit(event) {
    event.preventDefault();
    const { user, password } = Object.fromEntries(new FormData(event.target));
    await this.attempt(async () => session.set(await call('POST', 'v1/session', { user, password }, { quiet: true })), 'signIn.wrong');
  }

  async newPassword(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    if (values.new !== values.again) {
      this.error = t('signIn.differ');
      this.requestUpdate();
      return;
    }
    await this.attempt(async () => {
      await call('PUT', 'v1/session/password', { old: values.old, new: values.new }, { quiet: true });
      session.set(await get('v1/session', { quiet: true }));
    }, 'signIn.wrongOld');
  }

  async attempt(act, wrong) {
    this.busy = true;
    this.error = '';
    this.requestUpdate();
    try {
      await act();
    } catch (problem) {
      this.error = problem.status === 401 ? t(wrong) : problemText(problem);
    }
    this.busy = false;
    this.requestUpdate();
  }
}
customElements.define('vt-sign-in', SignIn);

export async function signOut() {
  try {
    await call('DELETE', 'v1/session', undefined, { quiet: true });
  } finally {
    session.set(null);
  }
}
