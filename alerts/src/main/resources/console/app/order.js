/** The order of the worklist and what its filters let through. No state, no page. */
const RANK = { HIGH: 0, MEDIUM: 1, LOW: 2, INFO: 3 };
const CALLING = new Set(['OPEN', 'ESCALATED', 'LATCHED']);

export const isCalling = alert => CALLING.has(alert.state);

/** Highest open priority first, then the oldest unacknowledged, then the id; patients without an open alert come last. */
export function compareRows(a, b) {
  const rank = row => row.priority ? RANK[row.priority] ?? 3 : 4;
  const oldest = row => row.oldestUnacknowledged ? Date.parse(row.oldestUnacknowledged) : Infinity;
  return rank(a) - rank(b) || (oldest(a) < oldest(b) ? -1 : oldest(a) > oldest(b) ? 1 : 0) || (a.patientId < b.patientId ? -1 : a.patientId > b.patientId ? 1 : 0);
}

/** Rows with an alert that stand below a row of lower priority. Within one priority a row may stay where it was. */
export function misplaced(rows) {
  const rank = row => row.priority ? RANK[row.priority] ?? 3 : 4;
  let lowest = 0;
  return rows.filter(row => {
    lowest = Math.max(lowest, rank(row));
    return rank(row) < lowest;
  });
}

/** The alerts that speak for themselves: those of a storm are told by the storm. */
export function speaking(row) {
  return (row.alerts ?? []).filter(alert => !alert.storm);
}

/** Whether the row passes the filters; an empty filter lets everything through. `me`: the user that the owner `me` stands for. */
export function passes(row, filters, me) {
  const alerts = row.alerts ?? [];
  const some = test => alerts.some(test);
  const { lane, priority, state, owner, q } = filters;
  if (state === 'ANY_ALERT' ? alerts.length === 0 : state === 'CALLING' ? !some(isCalling) : state && !isRowState(row, state) && !some(a => a.state === state)) {
    return false;
  }
  if (lane && !some(alert => alert.lane === lane) || priority && row.priority !== priority) {
    return false;
  }
  if (owner && !(owner === 'none' ? some(alert => !alert.assignee) : some(alert => alert.assignee === (owner === 'me' ? me : owner)))) {
    return false;
  }
  return !q || matches(row, q.toLowerCase());
}

function isRowState(row, state) {
  return row.state === state;
}

function matches(row, q) {
  return row.patientId.toLowerCase().includes(q)
    || (row.alerts ?? []).some(alert => `${alert.text} ${alert.rule} ${alert.assignee ?? ''}`.toLowerCase().includes(q));
}

/** How many alerts of each priority stand, and how many of them nobody has answered. */
export function counts(rows) {
  const result = { HIGH: 0, MEDIUM: 0, LOW: 0, INFO: 0, calling: 0, patients: 0 };
  for (const row of rows) {
    result.patients++;
    for (const alert of row.alerts ?? []) {
      result[alert.priority] = (result[alert.priority] ?? 0) + 1;
      result.calling += isCalling(alert) ? 1 : 0;
    }
  }
  return result;
}
