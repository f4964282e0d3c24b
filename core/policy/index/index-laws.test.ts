import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connections } from '../connections'
import { evaluate } from '../evaluate'
import { hasPort } from '../port-set'
import { portProtocols } from '../ports'
import type { Block } from '../normal-form'
import { defaultOptions, type Options } from '../profile'
import { allEnds, compiledOf, options, others, policies, policyOf, workloads } from '../test-arbitrary'
import { adminTier } from '../tiers'
import { hasBit } from './bitset'
import { endTable } from './end-table'
import { reachability } from './matrix'
import { editIndex, policyIndex } from './policy-index'
import { edgeVerdict, replayChange } from './replay'

const table = endTable(workloads, others)
const edges = allEnds.flatMap((_, from) =>
  allEnds.flatMap((_, to) => [80, 443, 8080].map((port) => ({ from, to, protocol: 'TCP' as const, port }))),
)
const runs = { numRuns: 60 }

test('the index says of every edge what evaluate says', () => {
  fc.assert(
    fc.property(policies, options, (all, how) => {
      const compiled = compiledOf(all, how)
      const index = policyIndex(compiled, table)
      for (const { from, to, protocol, port } of edges) {
        const [source, destination] = [allEnds[from], allEnds[to]]
        if (!source || !destination) continue
        const told = edgeVerdict(index, { from, to, protocol, port })
        const wanted = evaluate(compiled, { from: source, to: destination, protocol, port }).verdict
        if (told !== wanted)
          expect({ from, to, protocol, port, told }).toEqual({ from, to, protocol, port, told: wanted })
      }
    }),
    runs,
  )
})

test('the matrix holds who reaches whom on some port', () => {
  fc.assert(
    fc.property(policies, options, (all, how) => {
      const compiled = compiledOf(all, how)
      const { allowed, possible } = reachability(policyIndex(compiled, table))
      for (const [from, row] of allowed.entries())
        for (let to = 0; to < workloads.length; to++) {
          const [source, destination] = [allEnds[from], allEnds[to]]
          if (!source || !destination) continue
          const found = connections(compiled, source, destination)
          const some = (ports: object) => Object.keys(ports).length > 0
          expect([from, to, hasBit(row, to)]).toEqual([from, to, some(found.allowed)])
          expect([from, to, hasBit(possible[from] ?? row, to)]).toEqual([
            from,
            to,
            some(found.allowed) || some(found.open),
          ])
        }
    }),
    runs,
  )
})

test('an index that is edited says what a new one says, and replays only what changed', () => {
  fc.assert(
    fc.property(policies, policies, options, (all, other, how) => {
      const before = policyIndex(compiledOf(all, how), table)
      const was = edges.map((edge) => edgeVerdict(before, edge))
      const draft = compiledOf([...all.slice(1), ...other.slice(0, 1)], how)
      const after = editIndex(before, draft)
      const anew = policyIndex(draft, table)
      const change = replayChange(before, after, edges)
      const verdicts = edges.map((edge) => edgeVerdict(anew, edge))
      for (const [i, edge] of edges.entries()) expect(edgeVerdict(after, edge)).toBe(verdicts[i])
      const differing = edges.flatMap((_, i) => (was[i] === verdicts[i] ? [] : [i]))
      expect([...change.newlyDenied, ...change.newlyAllowed, ...change.newlyOpen].sort((a, b) => a - b)).toEqual(
        differing,
      )
    }),
    runs,
  )
})

test('whom an edit does not concern have the same rows, asked for before or not', () => {
  fc.assert(
    fc.property(policies, options, (all, how) => {
      const before = policyIndex(compiledOf(all, how), table)
      const after = editIndex(before, compiledOf(all, how))
      for (const direction of ['ingress', 'egress'] as const)
        for (let i = 0; i < workloads.length; i++) expect(after.row(direction, i)).toBe(before.row(direction, i))
    }),
    runs,
  )
})

test('connections hold exactly the ports that evaluate allows or leaves open', () => {
  fc.assert(
    fc.property(policies, options, fc.constantFrom(...allEnds), fc.constantFrom(...allEnds), (all, how, from, to) => {
      const compiled = compiledOf(all, how)
      const { allowed, open } = connections(compiled, from, to)
      for (const protocol of portProtocols)
        for (const port of [1, 79, 80, 81, 100, 101, 442, 443, 8080, 8081, 65_535]) {
          const { verdict } = evaluate(compiled, { from, to, protocol, port })
          expect(hasPort(allowed[protocol] ?? [], port)).toBe(verdict === 'allowed')
          expect(hasPort(open[protocol] ?? [], port)).toBe(verdict === 'undefined')
        }
    }),
    { numRuns: 150 },
  )
})

test('two policies of one priority that differ are open, whichever comes first', () => {
  const block = (action: 'allow' | 'deny'): Block => ({
    direction: 'ingress',
    tier: adminTier.name,
    order: 10,
    subject: { is: 'place', places: ['workload'] },
    isolates: false,
    rules: [{ action, path: 'spec', peer: { is: 'anything' }, ports: null }],
  })
  const both = [policyOf('a', [block('deny')]), policyOf('b', [block('allow')])]
  const verdict = (how: Options) =>
    edgeVerdict(policyIndex(compiledOf(both, how), table), { from: 0, to: 1, protocol: 'TCP', port: 80 })
  expect(verdict(defaultOptions)).toBe('undefined')
  expect(verdict({ ...defaultOptions, profile: 'calico' })).toBe('denied')
})
