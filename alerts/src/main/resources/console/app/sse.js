/** Takes a text/event-stream apart. Comments are dropped; an event without data is told with an empty text. */
export class EventParser {
  constructor(tell) {
    this.tell = tell;
    this.rest = '';
    this.clear();
  }

  clear() {
    this.type = '';
    this.data = [];
    this.id = undefined;
  }

  push(text) {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop();
    lines.forEach(line => this.line(line));
  }

  line(line) {
    if (line === '') {
      if (this.type || this.data.length) {
        this.tell({ type: this.type || 'message', data: this.data.join('\n'), id: this.id });
      }
      this.clear();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      return;
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      this.type = value;
    } else if (field === 'data') {
      this.data.push(value);
    } else if (field === 'id') {
      this.id = value;
    }
  }
}
