/** The one place that names the vendored library. */
export { LitElement, html, svg, nothing } from '../vendor/lit/index.js';
export { repeat } from '../vendor/lit-html/directives/repeat.js';

import { LitElement } from '../vendor/lit/index.js';

/** An element without a shadow: the style sheets of the page reach into it, and ids can be referred to across elements. */
export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Renders again whenever one of the sources tells of a change, as long as the element stands in the page. */
  follow(source, ...types) {
    const update = () => this.requestUpdate();
    this.followed ??= [];
    this.followed.push({ source, types, update });
    if (this.isConnected) {
      types.forEach(type => source.addEventListener(type, update));
    }
  }

  connectedCallback() {
    super.connectedCallback();
    (this.followed ?? []).forEach(({ source, types, update }) => types.forEach(type => source.addEventListener(type, update)));
  }

  disconnectedCallback() {
    (this.followed ?? []).forEach(({ source, types, update }) => types.forEach(type => source.removeEventListener(type, update)));
    super.disconnectedCallback();
  }
}
