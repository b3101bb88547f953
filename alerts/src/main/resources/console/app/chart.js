/** One trend, drawn by uPlot. Colours come from the style sheet, so that it follows the theme; all charts share one cursor. */
import uPlot from '../vendor/uplot/uPlot.esm.js';
import { clock, dayMonth, dayTime, hourMinute, number } from './i18n.js';
import { columns, extent, timeOf } from './series.js';

/** Sizes for letters of 15 pixels; on a very large screen the letters grow, and the charts with them. */
const LETTER_PIXELS = 15;
const HEIGHT = 118;
const AXIS_WIDTH = 52;
const sync = uPlot.sync('patient');

export class Chart {
  /** @param read is told what stands under the cursor; null: nothing does */
  constructor(place, read) {
    this.place = place;
    this.read = read;
    this.onKey = event => this.key(event);
    place.addEventListener('keydown', this.onKey);
  }

  show(series, markers, cone, from, to) {
    this.series = series;
    this.markers = markers;
    this.range = [from / 1000, to / 1000];
    this.data = columns(series.points ?? [], series.gapAfterMillis, cone);
    this.colours = colours(this.place);
    this.scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / LETTER_PIXELS;
    this.height = Math.round(HEIGHT * this.scale);
    const edge = extent(this.data, series.limits, series.personal);
    this.plot?.destroy();
    this.plot = new uPlot(this.options(edge), this.data, this.place);
  }

  options(edge) {
    const { ink, muted, grid, line, doubt, cone } = this.colours;
    const px = size => Math.round(size * this.scale);
    const axis = { stroke: muted, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1, size: 4 }, font: `${px(11)}px ${this.colours.font}` };
    const hidden = { stroke: 'transparent', width: 0, points: { show: false } };
    return {
      width: Math.max(200, this.place.clientWidth), height: this.height, legend: { show: false }, padding: [px(14), px(20), 0, 0],
      cursor: { sync: { key: sync.key, scales: ['x', null] }, drag: { x: false, y: false }, y: false, points: { size: 7, fill: ink }, focus: { prox: -1 } },
      scales: { x: { time: true, range: () => this.range }, y: { range: () => edge } },
      axes: [{ ...axis, size: px(26), space: px(70), values: (plot, splits) => this.times(splits) }, { ...axis, size: px(AXIS_WIDTH), space: px(22), values: (plot, splits) => splits.map(value => number(value)) }],
      series: [{},
        { stroke: line, width: 1.75 * this.scale, spanGaps: false, points: { show: this.data[0].length < 120, size: 4, fill: line, stroke: line } },
        hidden, hidden,
        { stroke: doubt, width: 0, paths: () => null, points: { show: true, size: px(8), width: 1.75 * this.scale, fill: this.colours.surface, stroke: doubt } },
        { stroke: muted, width: 0, paths: () => null, points: { show: false } },
        hidden, { stroke: cone, width: 1.5 * this.scale, dash: [5, 4], points: { show: false } }, hidden],
      bands: [{ series: [3, 2], fill: this.colours.spread }, { series: [8, 6], fill: this.colours.coneFill }],
      hooks: { drawClear: [plot => this.bands(plot)], draw: [plot => this.marks(plot)], setCursor: [plot => this.cursor(plot)] },
    };
  }

  times(splits) {
    const hours = (this.range[1] - this.range[0]) / 3600;
    return splits.map(second => hours > 72 ? dayMonth(second * 1000) : hourMinute(second * 1000));
  }

  /** The limits of the plan and what is usual for this person, behind the line. */
  bands(plot) {
    const { limits, personal } = this.series;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    if (typeof personal?.low === 'number' && typeof personal?.high === 'number') {
      const top = plot.valToPos(personal.high, 'y', true);
      ctx.fillStyle = this.colours.personal;
      ctx.fillRect(bbox.left, top, bbox.width, plot.valToPos(personal.low, 'y', true) - top);
    }
    if (typeof personal?.median === 'number') {
      level(ctx, bbox, plot.valToPos(personal.median, 'y', true), this.colours.personalLine, [2, 4]);
    }
    for (const [edge, side] of [[limits?.low, 1], [limits?.high, -1]]) {
      if (typeof edge === 'number') {
        const y = plot.valToPos(edge, 'y', true);
        const end = side > 0 ? bbox.top + bbox.height : bbox.top;
        ctx.fillStyle = this.colours.limit;
        ctx.fillRect(bbox.left, Math.min(y, end), bbox.width, side > 0 ? Math.max(0, end - y) : Math.max(0, y - end));
        level(ctx, bbox, y, this.colours.limitLine, [6, 3]);
      }
    }
    ctx.restore();
  }

  marks(plot) {
    const { ctx, bbox } = plot;
    const ratio = (devicePixelRatio || 1) * this.scale;
    ctx.save();
    for (const marker of this.markers) {
      const at = timeOf(marker) / 1000;
      if (at >= this.range[0] && at <= this.range[1]) {
        const x = plot.valToPos(at, 'x', true);
        ctx.strokeStyle = this.colours.muted;
        ctx.lineWidth = ratio;
        ctx.setLineDash([2 * ratio, 3 * ratio]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.setLineDash([]);
        shape(ctx, x, bbox.top - 6 * ratio, 5 * ratio, marker, this.colours);
      }
    }
    this.crosses(plot, ctx, ratio);
    ctx.restore();
  }

  crosses(plot, ctx, ratio) {
    ctx.strokeStyle = this.colours.muted;
    ctx.lineWidth = 1.5 * ratio;
    this.data[5].forEach((value, i) => {
      if (typeof value === 'number') {
        const x = plot.valToPos(this.data[0][i], 'x', true);
        const y = Math.min(plot.bbox.top + plot.bbox.height - 5 * ratio, Math.max(plot.bbox.top + 5 * ratio, plot.valToPos(value, 'y', true)));
        const arm = 3.5 * ratio;
        ctx.beginPath();
        ctx.moveTo(x - arm, y - arm);
        ctx.lineTo(x + arm, y + arm);
        ctx.moveTo(x + arm, y - arm);
        ctx.lineTo(x - arm, y + arm);
        ctx.stroke();
      }
    });
  }

  cursor(plot) {
    const i = plot.cursor.idx;
    if (i === null || i === undefined) {
      this.read(null);
      return;
    }
    const value = this.data[1][i] ?? this.data[4][i] ?? this.data[7][i];
    const at = this.data[0][i] * 1000;
    this.read(`${typeof value === 'number' ? number(value) : '–'} · ${dayTime(at)}:${clock(at).slice(-2)}`);
  }

  /** The cursor by keys: one point to the left or right. */
  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !this.plot || this.data[0].length === 0) {
      return;
    }
    event.preventDefault();
    const last = this.data[0].length - 1;
    const to = Math.max(0, Math.min(last, (this.plot.cursor.idx ?? (step > 0 ? -1 : last + 1)) + step));
    this.plot.setCursor({ left: this.plot.valToPos(this.data[0][to], 'x'), top: this.height / 2 }, true);
    sync.pub?.('mousemove', this.plot, this.plot.cursor.left, this.plot.cursor.top, this.plot.over.clientWidth, this.plot.over.clientHeight, to);
  }

  resize() {
    const width = Math.max(200, this.place.clientWidth);
    if (this.plot && Math.abs(this.plot.width - width) > 1) {
      this.plot.setSize({ width, height: this.height });
    }
  }

  destroy() {
    this.place.removeEventListener('keydown', this.onKey);
    this.plot?.destroy();
    this.plot = null;
  }
}

function level(ctx, bbox, y, colour, dash) {
  const ratio = devicePixelRatio || 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = ratio;
  ctx.setLineDash(dash.map(length => length * ratio));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** An alert has the shape and colour of its priority; an acknowledgement is a tick, a note a square, a report of the patient a ring. */
function shape(ctx, x, y, size, marker, colours) {
  ctx.beginPath();
  ctx.lineWidth = 1.5 * (devicePixelRatio || 1);
  ctx.strokeStyle = colours.ink;
  ctx.fillStyle = marker.kind === 'alert' ? colours.priority[marker.priority] ?? colours.muted : colours.surface;
  if (marker.kind === 'ack') {
    ctx.moveTo(x - size, y);
    ctx.lineTo(x - size / 4, y + size * 0.7);
    ctx.lineTo(x + size, y - size * 0.8);
    ctx.stroke();
    return;
  }
  if (marker.kind === 'alert' && marker.priority === 'HIGH') {
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.lineTo(x - size, y + size);
  } else if (marker.kind === 'alert' && marker.priority === 'MEDIUM') {
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
  } else if (marker.kind === 'note') {
    ctx.rect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
  } else {
    ctx.arc(x, y, size * 0.9, 0, 2 * Math.PI);
  }
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}

function colours(place) {
  const style = getComputedStyle(place);
  const of = name => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of('ink'), muted: of('muted'), grid: of('grid'), surface: of('surface'), line: of('line-ink'), doubt: of('line-ink'), cone: of('cone'), coneFill: of('cone-fill'),
    spread: of('spread'), personal: of('personal'), personalLine: of('personal-line'), limit: of('limit'), limitLine: of('limit-line'), font: style.fontFamily,
    priority: { HIGH: of('high'), MEDIUM: of('medium'), LOW: of('low'), INFO: of('surface') },
  };
}
