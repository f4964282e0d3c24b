import { expect, test } from 'vitest'
import type { FilterField, Side } from './filter-ast'
import { noFacts } from './filter-facts'
import { filterValues } from './filter-values'
import { edge, external, flows, workload, world } from '../world-fixture'

const subject = world([
  edge(workload('web'), workload('cart'), [flows(1), flows(1, { verdict: 'denied', reason: 'POLICY_DENIED' })]),
  edge(workload('cart'), workload('db', 'data'), [flows(1)], { port: 5432 }),
  edge(workload('web', 'edge'), workload('cart'), [flows(1)]),
  edge(workload('cart'), external('api.example'), [flows(1)], { port: 443 }),
])
const ask = (field: FilterField, text = '', side?: Side) =>
  filterValues(subject, { field, side, text, limit: 10 }, noFacts).map(({ value, edges }) => `${value} ${edges}`)

test.each<[FilterField, string, Side | undefined, string[]]>([
  ['ns', '', undefined, ['shop 4', 'data 1', 'edge 1']],
  ['ns', '', 'to', ['shop 2', 'data 1']],
  ['ns', 'd', undefined, ['data 1', 'edge 1']],
  ['from', '', undefined, ['cart 2', 'edge/web 1', 'shop/web 1']],
  ['to', 'ap', undefined, ['api.example 1']],
  ['name', 'we', undefined, ['web 2']],
  ['port', '', undefined, ['8080 2', '443 1', '5432 1']],
  ['verdict', '', undefined, ['allowed 4', 'denied 1']],
  ['reason', 'policy', undefined, ['POLICY_DENIED 1']],
  ['is', 'ext', undefined, ['external 1']],
  ['error', '', undefined, []],
])('%s:%s of %s', (field, text, side, expected) => expect(ask(field, text, side)).toEqual(expected))
