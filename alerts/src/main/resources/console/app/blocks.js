/**
 * A long list of which only what is near the window is drawn. Items stand in blocks; a block that is far away keeps its last height and nothing else, so
 * the scroll bar tells the truth and 2,000 rows cost as much as fifty.
 */
import { Part, html, nothing, repeat } from './lit.js';

const SIZE = 10;
const GUESS_PIXELS = 84;
const MARGIN_PIXELS = 600;

class Blocks extends Part {
  static properties = { items: {}, draw: {}, keyOf: {}, stamp: {} };

  constructor() {
    super();
    this.near = new Set([0, 1]);
    this.heights = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.watcher = new IntersectionObserver(entries => this.seen(entries), { rootMargin: `${MARGIN_PIXELS}px 0px` });
    this.watched = new Set();
    this.requestUpdate();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    super.disconnectedCallback();
  }

  render() {
    const blocks = [];
    for (let from = 0; from < this.items.length; from += SIZE) {
      blocks.push(from / SIZE);
    }
    return blocks.map(block => html`<div class="block" role="presentation" data-block=${block}>${this.near.has(block)
      ? repeat(this.items.slice(block * SIZE, block * SIZE + SIZE), this.keyOf, (item, i) => this.draw(item, block * SIZE + i)) : nothing}</div>`);
  }

  updated() {
    const last = Math.ceil(this.items.length / SIZE) - 1;
    for (const element of this.children) {
      const block = Number(element.dataset.block);
      const count = block === last ? this.items.length - block * SIZE : SIZE;
      element.style.minHeight = this.near.has(block) ? '' : `${(this.heights.get(block) ?? GUESS_PIXELS * SIZE) / SIZE * count}px`;
      if (!this.watched.has(element)) {
        this.watched.add(element);
        this.watcher.observe(element);
      }
    }
  }

  seen(entries) {
    let changed = false;
    for (const entry of entries) {
      const block = Number(entry.target.dataset.block);
      if (entry.isIntersecting !== this.near.has(block) && !(this.near.has(block) && entry.target.contains(document.activeElement))) {
        changed = true;
        if (entry.isIntersecting) {
          this.near.add(block);
        } else {
          this.heights.set(block, entry.boundingClientRect.height);
          this.near.delete(block);
        }
      }
    }
    if (changed) {
      this.requestUpdate();
    }
  }

  /** Draws the block of the item, so that it can be given the focus. */
  async reveal(i) {
    const block = Math.floor(i / SIZE);
    if (!this.near.has(block)) {
      this.near.add(block);
      this.requestUpdate();
    }
    await this.updateComplete;
    await Promise.all([...this.children[block]?.children ?? []].map(row => row.updateComplete));
  }
}
customElements.define('vt-blocks', Blocks);
