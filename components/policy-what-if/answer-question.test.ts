import { expect, test } from 'vitest'
import type { ModelObject } from '@/core/policy/model'
import { prepareGround, whatIf } from '@/core/policy/what-if'
import { edge, groundOf, policy, workload } from '@/core/policy/what-if/test-ground'
import { answerer } from './answer-question'

const prepared = prepareGround(groundOf([], [edge(workload('web'), workload('db'), 5432)]))
const shut = policy('db', { app: 'db' }, { policyTypes: ['Ingress'] })
const broken = { ...shut, spec: { podSelector: 'db' } }
const put = (object: ModelObject) => [{ change: 'put', object } as const]
const ask = (object: ModelObject) => ({ ask: 'what-if', of: { changes: put(object), staged: null } }) as const

test('text that cannot be read is answered as it could last be read', () => {
  const answer = answerer(prepared)
  expect(answer(ask(broken))).toMatchObject({ problems: [{ stands: 'as-it-is' }] })
  expect(answer(ask(shut))).toEqual(whatIf(prepared, put(shut)))
  expect(answer(ask(broken))).toMatchObject({
    problems: [{ stands: 'last-readable' }],
    effects: { 'newly-denied': { edges: 1 } },
  })
})

test('reasons are those of the last what-if', () => {
  const answer = answerer(prepared)
  answer(ask(shut))
  const [id = ''] = prepared.ground.edges.map((one) => one.id)
  expect(answer({ ask: 'why', of: { ids: [id], at: 1 } })).toEqual({
    [id]: 'NetworkPolicy shop/db selects it for ingress, and no rule of it allows TCP 5432 from shop/web.',
  })
})
