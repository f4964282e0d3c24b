import { expect, it } from 'vitest'
import type { FlowCondition } from './flow-condition'
import { withShortLists } from './short-lists'
import { workload } from '../world-fixture'

const known = new Map(
  [1, 2, 3, 4, 5].map((id) => [
    id,
    { id, from: workload('web'), to: workload('db'), port: id, protocol: 'tcp' as const },
  ]),
)
const edges = (...ids: number[]): FlowCondition => ({ type: 'edges', ids: new Set(ids) })
const not = (of: FlowCondition): FlowCondition => ({ type: 'not', of })
const facets: FlowCondition = { type: 'facets', ids: new Set([1, 2, 3, 4, 5]) }
const text: FlowCondition = { type: 'summary', text: 'x' }

it.each<[string, FlowCondition, FlowCondition]>([
  ['a list of few edges stays', edges(2, 4), edges(2, 4)],
  ['a list of most is told by the others', edges(1, 3, 4, 5), not(edges(2))],
  ['also within others', { type: 'and', of: [text, edges(1, 2, 3)] }, { type: 'and', of: [text, not(edges(4, 5))] }],
  ['also under a not', not({ type: 'or', of: [edges(2, 3, 5)] }), not({ type: 'or', of: [not(edges(1, 4))] })],
  ['facets are few', facets, facets],
])('%s', (_, condition, expected) => expect(withShortLists(condition, known)).toEqual(expected))
