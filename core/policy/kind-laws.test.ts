import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connections } from './connections'
import { diff } from './diff'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { endTable } from './index/end-table'
import { policyIndex } from './index/policy-index'
import { edgeVerdict } from './index/replay'
import { policyKinds } from './kinds'
import { refKey } from './normal-form'
import { policyName } from './policy-name'
import { hasPort } from './port-set'
import { portProtocols } from './ports'
import { defaultOptions } from './profile'
import { compiledWith, ends, flow, objects, objectsOfKind, options, others, workloads } from './test-objects/all'

const stagedToo = { ...defaultOptions, staged: 'enforced' as const }
const ports = [1, 79, 80, 81, 443, 444, 8080, 65_535]

/** What these decide depends on other objects, which is what the laws below have beside them. */
const needOthers = ['linkerd AuthorizationPolicy', 'ServerAuthorization']

test('every kind has objects that are read, and that decide something', () => {
  for (const kind of policyKinds) {
    const compiled = fc
      .sample(objectsOfKind(kind), { numRuns: 40, seed: 1 })
      .map((object) => compiledWith([object], stagedToo))
    for (const { unread } of compiled) expect(unread).toEqual([])
    const decides = compiled.some(({ policies }) =>
      policies.some(({ blocks }) => blocks.some(({ rules }) => rules.length > 0)),
    )
    const name =
      kind.group === 'policy.linkerd.io' && kind.kind === 'AuthorizationPolicy' ? `linkerd ${kind.kind}` : kind.kind
    expect([name, decides]).toEqual([name, !kind.onlyReferredTo && !needOthers.includes(name)])
  }
})

describe('over objects of all kinds', () => {
  test('connections hold exactly the ports that evaluate allows or leaves open', () => {
    fc.assert(
      fc.property(objects, options, flow, (all, how, { from, to }) => {
        const compiled = compiledWith(all, how)
        const { allowed, open } = connections(compiled, from, to)
        for (const protocol of portProtocols)
          for (const port of ports) {
            const { verdict } = evaluate(compiled, { from, to, protocol, port })
            expect([protocol, port, hasPort(allowed[protocol] ?? [], port)]).toEqual([
              protocol,
              port,
              verdict === 'allowed',
            ])
            expect([protocol, port, hasPort(open[protocol] ?? [], port)]).toEqual([
              protocol,
              port,
              verdict === 'undefined',
            ])
          }
      }),
    )
  })

  test('the index says of every edge what evaluate says', () => {
    const table = endTable(workloads, others)
    fc.assert(
      fc.property(objects, options, (all, how) => {
        const compiled = compiledWith(all, how)
        const index = policyIndex(compiled, table)
        for (const [from, source] of ends.entries())
          for (const [to, destination] of ends.entries())
            for (const port of [80, 443, 8080]) {
              const { verdict } = evaluate(compiled, { from: source, to: destination, protocol: 'TCP', port })
              expect([from, to, port, edgeVerdict(index, { from, to, protocol: 'TCP', port })]).toEqual([
                from,
                to,
                port,
                verdict,
              ])
            }
      }),
      { numRuns: 50 },
    )
  })

  test('an explanation says what was decided, by whom, and where that is written', () => {
    fc.assert(
      fc.property(objects, options, flow, (all, how, one) => {
        const compiled = compiledWith(all, how)
        const decision = evaluate(compiled, one)
        const [first = '', second = '', ...more] = explain(compiled, one, decision)
        const word = { allowed: 'Allowed', denied: 'Denied', undefined: 'Undefined' }[decision.verdict]
        expect(first.startsWith(`${word}: `)).toBe(true)
        for (const sentence of [second, ...more]) expect(sentence).toMatch(/^\S.*\.$/s)
        const { policy, rule, steps } = decision.decidedBy
        if (!policy || !rule) return
        expect(second).toContain(policyName(policy))
        expect(second).toContain(`(${rule.path})`)
        expect(steps.flatMap(({ selecting }) => selecting).map(refKey)).toContain(refKey(policy))
        const rules = compiled.policies
          .filter(({ ref }) => refKey(ref) === refKey(policy))
          .flatMap(({ blocks }) => blocks.flatMap((block) => block.rules))
        expect(rules.map(({ path }) => path)).toContain(rule.path)
      }),
      { numRuns: 200 },
    )
  })

  test('nothing differs from itself, though every object is another one', () => {
    fc.assert(
      fc.property(objects, options, (all, how) => {
        expect(diff(compiledWith(all, how), compiledWith(structuredClone(all), how))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  test('the order in which objects come changes nothing', () => {
    fc.assert(
      fc.property(objects, options, flow, (all, how, one) => {
        const [a, b] = [compiledWith(all, how), compiledWith(all.toReversed(), how)]
        expect(evaluate(b, one).verdict).toBe(evaluate(a, one).verdict)
      }),
      { numRuns: 200 },
    )
  })
})
