/** Short messages at the edge of the screen, and the two live regions that read them out. */
import { Part, html, repeat } from './lit.js';
import { t } from './i18n.js';

const STAY_MILLIS = 6000;

class Notices extends EventTarget {
  constructor() {
    super();
    this.list = [];
    this.calls = [];
    this.count = 0;
  }

  say(text) {
    this.add({ text, kind: 'info' }, STAY_MILLIS);
  }

  /** Stays until it is closed: somebody must know that something was not done. */
  warn(text) {
    this.list = this.list.filter(notice => notice.text !== text);
    this.add({ text, kind: 'warn' }, 0);
  }

  offer(text, label, act, millis) {
    this.add({ text, kind: 'info', label, act }, millis);
  }

  /** Read out at once, whatever is being read. */
  call(text) {
    this.calls = [...this.calls.slice(-4), { id: ++this.count, text }];
    this.dispatchEvent(new Event('change'));
  }

  add(notice, millis) {
    const added = { ...notice, id: ++this.count };
    this.list = [...this.list.slice(-3), added];
    this.leave(added, millis);
    this.dispatchEvent(new Event('change'));
  }

  leave(notice, millis) {
    clearTimeout(notice.timer);
    if (millis > 0) {
      notice.millis = millis;
      notice.timer = setTimeout(() => this.close(notice), millis);
    }
  }

  /** Nobody is hurried: while the pointer or the focus is on it, it stays. */
  hold(notice) {
    clearTimeout(notice.timer);
  }

  close(notice) {
    clearTimeout(notice.timer);
    this.list = this.list.filter(other => other.id !== notice.id);
    this.dispatchEvent(new Event('change'));
  }
}

export const notices = new Notices();

class NoticesPart extends Part {
  constructor() {
    super();
    this.follow(notices, 'change');
  }

  render() {
    return html`
      <div class="sr" role="alert">${repeat(notices.calls, call => call.id, call => html`<p>${call.text}</p>`)}</div>
      <div class="notices" role="status" aria-live="polite">
        ${repeat(notices.list, notice => notice.id, notice => this.notice(notice))}
      </div>`;
  }

  notice(notice) {
    const again = () => notices.leave(notice, notice.millis ?? 0);
    return html`
      <div class="notice" data-kind=${notice.kind} @pointerenter=${() => notices.hold(notice)} @pointerleave=${again}
          @focusin=${() => notices.hold(notice)} @focusout=${again}>
        <span>${notice.text}</span>
        ${notice.act ? html`<button type="button" class="plain" @click=${() => {
          notices.close(notice);
          notice.act();
        }}>${notice.label}</button>` : ''}
        <button type="button" class="plain close" aria-label=${t('close')} @click=${() => notices.close(notice)}>×</button>
      </div>`;
  }
}
customElements.define('vt-notices', NoticesPart);
