/** What a person chooses for this browser: language, colours, single-key shortcuts. Kept in the browser, never sent. */
export const LANGUAGES = ['en', 'nl', 'de'];
export const THEMES = ['system', 'light', 'dark', 'contrast'];

const KEY = 'vt.settings';

class Settings extends EventTarget {
  constructor() {
    super();
    const kept = read();
    this.language = LANGUAGES.includes(kept.language) ? kept.language : preferred();
    this.theme = THEMES.includes(kept.theme) ? kept.theme : 'system';
    this.shortcuts = kept.shortcuts !== false;
    this.apply();
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => this.apply());
    }
  }

  set(change) {
    Object.assign(this, change);
    try {
      localStorage.setItem(KEY, JSON.stringify({ language: this.language, theme: this.theme, shortcuts: this.shortcuts }));
    } catch {
      // A browser that keeps nothing still shows what was chosen until the page is closed.
    }
    this.apply();
  }

  apply() {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const more = matchMedia('(prefers-contrast: more)').matches;
    document.documentElement.dataset.theme = this.theme !== 'system' ? this.theme : more ? 'contrast' : dark ? 'dark' : 'light';
    document.documentElement.lang = this.language;
    this.dispatchEvent(new Event('change'));
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function preferred() {
  const wanted = (navigator.languages ?? []).map(language => language.slice(0, 2));
  return wanted.find(language => LANGUAGES.includes(language)) ?? 'en';
}

export const settings = new Settings();
