/** What a person does with alerts: sends it, offers to take it back, and remembers what can still be taken back. */
import { call, session, uuid } from './api.js';
import { hasWord, t, word } from './i18n.js';
import { live } from './live.js';
import { store } from './store.js';
import { notices } from './notices.js';

/** How long the offer to take back stays on the screen. */
const OFFER_MILLIS = 10_000;
const KEPT = 'vt.done';

class Actions extends EventTarget {
  constructor() {
    super();
    /** Alerts with an action under way. */
    this.pending = new Set();
    /** Alert -> the newest action of this tab on it. */
    this.done = new Map(kept());
    session.addEventListener('change', () => {
      if (!session.now) {
        this.done.clear();
        this.keep();
      }
    });
  }

  get possible() {
    return session.mayAct && live.state === 'live';
  }

  /** @returns whether the workflow took it */
  async act(row, alert, kind, more = {}) {
    if (!this.allowed()) {
      return false;
    }
    const action = { patient: row.patientId, actionId: uuid(), kind, seenPriority: alert.priority, ...more };
    this.pend([alert.alertId], true);
    try {
      const result = await call('POST', `v1/alerts/${encodeURIComponent(alert.alertId)}/actions`, action);
      return this.told({ ...action, alertId: alert.alertId }, result);
    } catch (problem) {
      notices.warn(this.sorry(problem));
      return false;
    } finally {
      this.pend([alert.alertId], false);
    }
  }

  told(action, result) {
    if (result?.applied !== true) {
      notices.say(t('action.waiting'));
      return true;
    }
    if (action.kind === 'UNDO') {
      this.forget(action.alertId);
      notices.say(t('action.undone', { patient: action.patient }));
    } else {
      this.remember(action);
      const text = t(`action.done.${action.kind}`, { patient: action.patient });
      if (undoable(action)) {
        notices.offer(text, t('undo'), () => this.undo([action]), OFFER_MILLIS);
      } else {
        notices.say(text);
      }
    }
    return true;
  }

  /** Acknowledges many alerts at once. @param picks pairs of row and alert */
  async acknowledgeAll(picks) {
    if (!this.allowed() || picks.length === 0) {
      return;
    }
    const actions = picks.map(({ row, alert }) => ({
      alertId: alert.alertId, patient: row.patientId, actionId: uuid(), kind: 'ACKNOWLEDGE', seenPriority: alert.priority,
    }));
    const taken = await this.bulk(actions);
    taken.forEach(action => this.remember(action));
    if (taken.length) {
      notices.offer(t('action.bulk', { n: taken.length, count: taken.length }), t('undo'), () => this.undo(taken), OFFER_MILLIS);
    }
    if (taken.length < actions.length) {
      notices.warn(t('action.bulkLeft', { n: actions.length - taken.length, count: actions.length - taken.length }));
    }
  }

  async bulk(actions) {
    this.pend(actions.map(action => action.alertId), true);
    try {
      const { results } = await call('POST', 'v1/actions', { actions });
      return actions.filter((action, i) => results[i]?.applied === true);
    } catch (problem) {
      notices.warn(this.sorry(problem));
      return [];
    } finally {
      this.pend(actions.map(action => action.alertId), false);
    }
  }

  /** Takes back actions of this person. */
  async undo(done) {
    if (!this.allowed()) {
      return;
    }
    if (done.length === 1) {
      const [action] = done;
      await this.act({ patientId: action.patient }, { alertId: action.alertId }, 'UNDO', { undoes: action.actionId });
      return;
    }
    const back = await this.bulk(done.map(action => ({
      alertId: action.alertId, patient: action.patient, actionId: uuid(), kind: 'UNDO', undoes: action.actionId,
    })));
    back.forEach(action => this.forget(action.alertId));
    notices.say(t('action.bulkUndone', { n: back.length, count: back.length }));
  }

  undoNewest() {
    const newest = [...this.done.values()].filter(undoable).pop();
    if (newest) {
      this.undo([newest]);
    } else {
      notices.say(t('action.nothingToUndo'));
    }
  }

  allowed() {
    if (!session.mayAct) {
      notices.warn(t('action.notYou'));
    } else if (live.state !== 'live') {
      notices.warn(t('action.notConnected'));
    }
    return this.possible;
  }

  pend(ids, is) {
    ids.forEach(id => is ? this.pending.add(id) : this.pending.delete(id));
    this.dispatchEvent(new Event('change'));
    store.changed();
  }

  remember(action) {
    this.done.delete(action.alertId);
    this.done.set(action.alertId, { alertId: action.alertId, patient: action.patient, actionId: action.actionId, kind: action.kind });
    this.keep();
  }

  forget(alertId) {
    this.done.delete(alertId);
    this.keep();
  }

  /** Without any text, so that nothing that a person wrote stays in the browser. */
  keep() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify([...this.done].slice(-100)));
    } catch {
      // Without a memory the history of this tab ends when the page is closed.
    }
    this.dispatchEvent(new Event('change'));
  }

  sorry(problem) {
    if (problem.status === 409) {
      const code = problem.body.reason;
      return t('action.refused', { why: hasWord('refusal', code) ? word('refusal', code) : problem.body.detail || code || problem.message });
    }
    return problemText(problem);
  }
}

/** What went wrong, as a sentence. */
export function problemText(problem) {
  const known = { 0: 'problem.unreachable', 403: 'problem.forbidden', 404: 'problem.unknown', 429: 'problem.tooMany', 501: 'problem.notBuilt', 503: 'problem.loading' };
  const key = known[problem.status];
  if (problem.status === 429) {
    return t(key, { seconds: problem.retryAfter || 60 });
  }
  if (key) {
    return t(key);
  }
  const errors = (problem.body?.errors ?? []).map(error => error.detail).join(' ');
  return t('problem.detail', { detail: errors || problem.message || problem.status });
}

function undoable(action) {
  return action.kind !== 'COMMENT' && action.kind !== 'UNDO';
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

export const actions = new Actions();
