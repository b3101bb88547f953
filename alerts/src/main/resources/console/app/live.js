/**
 * The live connection: what the server tells, in order and without a hole. It asks for what follows the last event that it has seen, so a break loses
 * nothing. fetch instead of EventSource, since that hides why it was turned away and sends no Last-Event-ID on its first call.
 */
import { EventParser } from './sse.js';
import { session } from './api.js';

/** The server tells something at least every 10 s; after this time without a byte the connection counts as lost. */
const SILENT_AFTER = 25_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

class Live extends EventTarget {
  constructor() {
    super();
    this.reset();
    addEventListener('offline', () => this.cut());
    addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.retryNow());
  }

  reset() {
    /** connecting, live, lost, or none: this role has no live view. */
    this.state = 'connecting';
    /** Server's time of the newest beat or answer, in milliseconds; 0: none yet. */
    this.now = 0;
    this.lastId = '';
    this.lostSince = 0;
    delete document.documentElement.dataset.connection;
  }

  /** @param lastId what was seen last; empty: from now on */
  start(lastId) {
    this.stop();
    this.lastId = lastId ?? '';
    this.run = { stopped: false };
    this.loop(this.run);
  }

  stop() {
    if (this.run) {
      this.run.stopped = true;
      this.run.abort?.abort();
      this.run.wake?.();
    }
    clearTimeout(this.watchdog);
    this.run = null;
  }

  /** The server's clock as an answer tells it; never goes back. */
  tick(time) {
    const millis = typeof time === 'number' ? time : Date.parse(time);
    if (millis > this.now) {
      this.now = millis;
      this.dispatchEvent(new Event('tick'));
    }
  }

  cut() {
    this.run?.abort?.abort();
  }

  retryNow() {
    this.run?.wake?.();
  }

  async loop(run) {
    let wait = FIRST_WAIT;
    while (!run.stopped) {
      try {
        await this.read(run, () => {
          wait = FIRST_WAIT;
        });
      } catch (error) {
        if (error.final) {
          return;
        }
      }
      if (run.stopped) {
        return;
      }
      this.become('lost');
      await pause(wait, run);
      wait = Math.min(LONGEST_WAIT, wait * 2);
    }
  }

  async read(run, began) {
    run.abort = new AbortController();
    this.watch(run);
    const headers = { Accept: 'text/event-stream' };
    if (this.lastId) {
      headers['Last-Event-ID'] = this.lastId;
    }
    const answer = await fetch('v1/stream', { headers, signal: run.abort.signal, cache: 'no-store', credentials: 'same-origin' });
    if (run.stopped) {
      return;
    }
    this.turnedAway(answer);
    began();
    this.become('live');
    const parser = new EventParser(event => !run.stopped && this.tell(event));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done && !run.stopped; part = await reader.read()) {
      this.watch(run);
      parser.push(part.value);
    }
  }

  turnedAway(answer) {
    if (answer.ok) {
      return;
    }
    const error = new Error(`stream: ${answer.status}`);
    if (answer.status === 401) {
      error.final = true;
      session.set(null, 'ended');
    } else if (answer.status === 403) {
      error.final = true;
      this.become('none');
    }
    throw error;
  }

  watch(run) {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => run.abort?.abort(), SILENT_AFTER);
  }

  tell(event) {
    if (event.id) {
      this.lastId = event.id;
    }
    const data = event.data ? JSON.parse(event.data) : {};
    if (event.type === 'beat') {
      this.tick(data.now);
    } else {
      this.dispatchEvent(new CustomEvent(event.type, { detail: data }));
    }
  }

  become(state) {
    if (state === this.state) {
      return;
    }
    this.state = state;
    this.lostSince = state === 'lost' ? performance.now() : 0;
    document.documentElement.dataset.connection = state;
    this.dispatchEvent(new Event('state'));
  }
}

function pause(millis, run) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, millis);
    run.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

export const live = new Live();
