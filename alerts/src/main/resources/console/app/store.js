/** What the page knows of all patients: one row each, kept up to date by the live connection. */
import { get, query, session } from './api.js';
import { live } from './live.js';
import { isCalling } from './order.js';

class Store extends EventTarget {
  constructor() {
    super();
    this.clear();
    live.addEventListener('row', event => this.put(event.detail));
    live.addEventListener('gone', event => this.remove(event.detail.patientId));
    live.addEventListener('reset', () => this.load());
    live.addEventListener('ops', event => {
      this.ops = event.detail;
      this.dispatchEvent(new Event('ops'));
    });
  }

  clear() {
    this.rows = new Map();
    this.loaded = false;
    this.problem = null;
    this.ops = null;
    this.team = '';
  }

  /** Loads everything that the role may see and begins to follow it. */
  async begin() {
    this.clear();
    live.reset();
    if (session.mayAct) {
      await this.load();
    } else {
      live.start('');
    }
  }

  end() {
    clearTimeout(this.later);
    live.stop();
    live.reset();
    this.clear();
  }

  /** @param team only its patients; empty: all that one may see */
  async load(team = this.team) {
    this.team = team;
    clearTimeout(this.later);
    const of = session.now;
    try {
      const list = await get(`v1/worklist${query({ team })}`);
      if (session.now !== of || !of) {
        return;
      }
      this.rows = new Map(list.patients.map(row => [row.patientId, row]));
      this.loaded = true;
      this.problem = null;
      live.tick(list.asOf);
      live.start(list.position);
    } catch (problem) {
      this.problem = problem;
      if (session.now) {
        this.later = setTimeout(() => this.load(), 1000 * Math.max(2, problem.retryAfter ?? 0));
      }
    }
    this.changed();
  }

  put(row) {
    if (!session.mayAct && session.now?.patient !== row.patientId) {
      return;
    }
    const before = this.rows.get(row.patientId);
    if (this.team && !before) {
      this.reloadSoon();
      return;
    }
    this.rows.set(row.patientId, row);
    const known = new Map((before?.alerts ?? []).map(alert => [alert.alertId, alert.priority]));
    const fresh = (row.alerts ?? []).filter(alert => alert.priority === 'HIGH' && isCalling(alert) && known.get(alert.alertId) !== 'HIGH');
    if (this.loaded && fresh.length) {
      this.dispatchEvent(new CustomEvent('high', { detail: { row, alert: fresh[0] } }));
    }
    this.changed();
  }

  remove(patientId) {
    this.rows.delete(patientId);
    this.changed();
  }

  /** A row outside the chosen team may belong to it by now; only the server knows. */
  reloadSoon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.load(), 2000);
  }

  /** Told once per picture, however many rows have come. */
  changed() {
    if (this.told) {
      return;
    }
    this.told = true;
    const tell = () => {
      this.told = false;
      this.dispatchEvent(new Event('rows'));
    };
    if (document.visibilityState === 'visible') {
      requestAnimationFrame(tell);
    } else {
      setTimeout(tell, 200);
    }
  }
}

export const store = new Store();
