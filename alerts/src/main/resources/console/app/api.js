/** Calls of the server. Every answer that is no success becomes a Problem. */
class Session extends EventTarget {
  constructor() {
    super();
    this.now = null;
  }

  set(session, reason = '') {
    this.now = session;
    this.reason = reason;
    this.dispatchEvent(new Event('change'));
  }

  get role() {
    return this.now?.role ?? '';
  }

  get mayAct() {
    return this.role === 'NURSE' || this.role === 'PHYSICIAN';
  }
}

export const session = new Session();

/** An answer that is no success. `status` 0: no answer came. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail || body?.title || `HTTP ${status}`);
    this.status = status;
    this.body = body ?? {};
    this.retryAfter = retryAfter;
  }
}

/** @returns the body, or undefined where there is none */
export async function call(method, path, body, options = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET' && session.now?.csrf) {
    headers['X-CSRF-Token'] = session.now.csrf;
  }
  let answer;
  try {
    answer = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin', cache: 'no-store', signal: options.signal,
    });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, { detail: '' });
  }
  const json = await parse(answer);
  if (answer.ok) {
    return json;
  }
  if (answer.status === 401 && session.now && !options.quiet) {
    session.set(null, 'ended');
  }
  throw new Problem(answer.status, json, Number(answer.headers.get('Retry-After')) || 0);
}

async function parse(answer) {
  const text = await answer.text();
  if (!text) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return { detail: answer.statusText };
  }
}

export const get = (path, options) => call('GET', path, undefined, options);

/** `?a=b`, without what is empty. */
export function query(parameters) {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

/** An id that nobody else makes; also where the page is not served over TLS, where the browser has no randomUUID. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
