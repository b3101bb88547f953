/** Who was shown what, for those who audit: one patient at a time, by the pseudonym. */
import { Part, html, nothing } from './lit.js';
import { t } from './i18n.js';
import { address, route } from './route.js';
import './records.js';

class Audit extends Part {
  constructor() {
    super();
    this.follow(route, 'change');
  }

  render() {
    const patient = route.parts[1] ?? '';
    return html`<div class="page"><h1>${t('nav.disclosures')}</h1>
      <form class="inline" @submit=${this.submit}><label class="field">${t('column.patient')}<input name="patient" required autocomplete="off" spellcheck="false" .value=${patient}></label>
        <button type="submit" class="act main">${t('show')}</button></form>
      ${patient ? html`<h2>${patient}</h2><vt-disclosures .patient=${patient}></vt-disclosures>` : nothing}</div>`;
  }

  submit(event) {
    event.preventDefault();
    location.hash = address('disclosures', new FormData(event.target).get('patient').trim());
  }
}
customElements.define('vt-audit', Audit);
