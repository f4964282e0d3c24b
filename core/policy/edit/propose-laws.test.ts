import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import { evaluate } from '../evaluate'
import type { PolicyGround } from '../ground'
import { defaultOptions } from '../profile'
import { modelWith, objects } from '../test-objects/all'
import { changedModel } from '../what-if/changed-model'
import { endOfGround } from '../what-if/ground-end'
import { groundOf } from '../what-if/test-ground'
import type { Wish } from './proposal'
import { proposeEdits } from './propose-edits'
import { readDraftText } from './read-draft-text'

const wishes = fc.record({
  wish: fc.constantFrom('allow' as const, 'deny' as const),
  from: fc.nat({ max: 5 }),
  to: fc.nat({ max: 5 }),
  port: fc.constantFrom(80, 443, 9999),
  profile: fc.constantFrom('generic' as const, 'cilium' as const, 'calico' as const),
})

test(
  'every proposal, among any policies, does what was wished and is valid where all was',
  { timeout: 120_000 },
  () => {
    let made = 0
    fc.assert(
      fc.property(objects, wishes, (all, { wish, from, to, port, profile }) => {
        const model = modelWith(all)
        const ground: PolicyGround = { ...groundOf([], []), model, profile }
        const edge = {
          from: { type: 'workload', workload: from % model.workloads.length },
          to: { type: 'workload', workload: to % model.workloads.length },
          protocol: 'TCP',
          port,
        } as const
        const asked: Wish = { wish, edge }
        for (const { changes, sentence } of proposeEdits(ground, asked).proposals) {
          made++
          const draft = changes.map(({ after }) => {
            const { objects: read, problems } = readDraftText(after)
            expect([sentence, problems.filter(({ severity }) => severity === 'error')]).toEqual([sentence, []])
            return { change: 'put' as const, object: read[0]?.object ?? {} }
          })
          const compiled = compilePolicies(changedModel(model, draft), { ...defaultOptions, profile })
          const [source, target] = [endOfGround(ground, edge.from), endOfGround(ground, edge.to)]
          if (!source || !target) continue
          const { verdict } = evaluate(compiled, { from: source, to: target, protocol: 'TCP', port })
          expect([sentence, verdict]).toEqual([sentence, wish === 'allow' ? 'allowed' : 'denied'])
        }
      }),
      { numRuns: 25 },
    )
    expect(made).toBeGreaterThan(0)
  },
)
