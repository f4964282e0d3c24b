import type { FlowCondition } from '@/core/flows/flow-condition'

/** Statuses from here on have an index. */
const indexedStatus = 400

/**
 * A condition as SQL on the columns of a raw record; `value` gives a value its place holder. Statuses are written
 * into the text, so that the planner sees which index they have.
 */
export function conditionSql(condition: FlowCondition, value: (v: unknown) => string): string {
  switch (condition.type) {
    case 'all':
      return 'true'
    case 'none':
      return 'false'
    case 'edges':
      return `edge_id = any(${value([...condition.ids])}::int[])`
    case 'facets':
      return `facet_id = any(${value([...condition.ids])}::int[])`
    case 'status': {
      const range = `status between ${Math.trunc(condition.from)} and ${Math.trunc(condition.to)}`
      return condition.from >= indexedStatus ? `(${range} and status >= ${indexedStatus})` : `(${range})`
    }
    case 'summary':
      return `summary collate "C" ilike ${value(`%${literal(condition.text)}%`)}`
    case 'line':
      return `summary collate "C" ilike any (${value(condition.patterns.map((pattern) => literal(pattern).replaceAll('*', '%')))}::text[])`
    case 'not':
      // A record without a status is in no range, so it is outside of each.
      return `(${conditionSql(condition.of, value)}) is not true`
    case 'and':
    case 'or':
      return `(${condition.of.map((part) => conditionSql(part, value)).join(` ${condition.type} `)})`
  }
}

/** Text in which nothing stands for anything else. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')
