/** The address of the page: `#/worklist?priority=HIGH`. Everything that a person chose stands in it, so it can be kept and sent to a colleague. */
class Route extends EventTarget {
  constructor() {
    super();
    this.read();
    addEventListener('hashchange', () => this.read());
  }

  read() {
    const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
    this.parts = path.split('/').filter(Boolean).map(part => decode(part));
    this.parameters = Object.fromEntries(new URLSearchParams(search));
    this.dispatchEvent(new Event('change'));
  }

  get page() {
    return this.parts[0] ?? '';
  }

  /** Goes there without a step back to here. */
  replace(...parts) {
    history.replaceState(null, '', address(...parts));
    this.read();
  }

  go(...parts) {
    location.hash = address(...parts);
  }

  /** Changes what stands behind the question mark, without a step back in the browser's history. */
  with(parameters) {
    const kept = Object.fromEntries(Object.entries({ ...this.parameters, ...parameters }).filter(([, value]) => value));
    const search = new URLSearchParams(kept).toString();
    history.replaceState(null, '', `#/${this.parts.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`);
    this.read();
  }
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const address = (...parts) => `#/${parts.map(encodeURIComponent).join('/')}`;

/** The one-time code in the address, such as `#code=…`; it is taken out of the address at once. Empty: none. */
export function takeCode() {
  const found = /[#?&]code=([^&]+)/.exec(location.hash);
  if (!found) {
    return '';
  }
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  route.read();
  return decode(found[1]);
}

export const route = new Route();
