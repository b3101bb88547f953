/** Language, colours and shortcuts, as they are chosen in this browser. */
import { html } from './lit.js';
import { t } from './i18n.js';
import { LANGUAGES, THEMES, settings } from './settings.js';

/** Each language in its own words. */
const NAMES = { en: 'English', nl: 'Nederlands', de: 'Deutsch' };

export function settingsForm() {
  return html`<div class="settings">
    <label>${t('settings.language')}<select name="language" @change=${event => settings.set({ language: event.target.value })}>
      ${LANGUAGES.map(language => html`<option value=${language} lang=${language} ?selected=${settings.language === language}>${NAMES[language]}</option>`)}
    </select></label>
    <label>${t('settings.theme')}<select name="theme" @change=${event => settings.set({ theme: event.target.value })}>
      ${THEMES.map(theme => html`<option value=${theme} ?selected=${settings.theme === theme}>${t(`theme.${theme}`)}</option>`)}
    </select></label>
    <label class="check"><input type="checkbox" name="shortcuts" .checked=${settings.shortcuts}
      @change=${event => settings.set({ shortcuts: event.target.checked })}> ${t('settings.shortcuts')}</label>
  </div>`;
}
