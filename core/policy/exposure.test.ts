import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connections, isNothing } from './connections'
import type { Connections } from './decision'
import { describeExposureChange } from './describe-exposure'
import { diff } from './diff'
import { endOf } from './evaluate'
import { exposureChange } from './exposure-change'
import { exposures } from './exposure'
import { workloadKey } from './model'
import { portLine } from './port-text'
import type { Reach } from './reach'
import { compiledOf, options, policies, workloads } from './test-arbitrary'
import { compilePolicies } from './compile'
import { defaultOptions } from './profile'
import { fromPods, labels, netpol, pods } from './lint/test-lint'
import { modelOf } from './test-model'

const pairs = (reach: readonly Reach[]) =>
  reach
    .flatMap(({ ports, workloads: found }) => found.map((one) => `${workloadKey(one)} ${portLine(ports)}`))
    .toSorted()

test('whoever is exposed to whom is what connections say of the pair', () => {
  fc.assert(
    fc.property(policies, options, fc.nat(workloads.length - 1), (all, how, i) => {
      const compiled = compiledOf(all, how)
      const of = exposures(compiled)
      const own = workloads[i]
      if (!own) return
      for (const direction of ['ingress', 'egress'] as const) {
        const told = of(i, direction)?.layers.both
        const wanted = (grade: keyof Connections) =>
          workloads
            .flatMap((other) => {
              const [from, to] = direction === 'ingress' ? [other, own] : [own, other]
              const found = other === own ? {} : connections(compiled, endOf(from), endOf(to))[grade]
              return isNothing(found) ? [] : [`${workloadKey(other)} ${portLine(found)}`]
            })
            .toSorted()
        expect(pairs(told?.allowed ?? [])).toEqual(wanted('allowed'))
        expect(pairs(told?.open ?? [])).toEqual(wanted('open'))
      }
    }),
    { numRuns: 40 },
  )
})

test('a change of exposure is the difference of the connections', () => {
  fc.assert(
    fc.property(policies, policies, options, (all, other, how) => {
      const [before, after] = [compiledOf(all, how), compiledOf([...all.slice(1), ...other.slice(0, 1)], how)]
      const differences = diff(before, after)
      const told = exposureChange(before, after).filter(({ direction }) => direction === 'ingress')
      for (const kind of ['added', 'closed', 'opened'] as const) {
        const wanted = differences.flatMap(({ from, to, [kind]: ports }) =>
          from.type === 'workload' &&
          to.type === 'workload' &&
          from.after &&
          to.after &&
          from.key !== to.key &&
          !isNothing(ports)
            ? [`${workloadKey(to.after)} ${workloadKey(from.after)} ${portLine(ports)}`]
            : [],
        )
        const found = told.flatMap((one) => pairs(one[kind]).map((line) => `${workloadKey(one.workload)} ${line}`))
        expect(found.toSorted()).toEqual(wanted.toSorted())
      }
    }),
    { numRuns: 40 },
  )
})

const compiled = (...objects: readonly object[]) =>
  compilePolicies(
    modelOf(
      pods,
      objects.map((one) => ({ ...one })),
    ),
    defaultOptions,
  )

test('layers, namespaces and addresses are told apart', () => {
  const of = exposures(
    compiled(
      netpol('p', {
        podSelector: labels('db'),
        ingress: [
          { ...fromPods('web'), ports: [{ port: 5432 }] },
          {
            from: [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '192.0.3.0/24' } }],
            ports: [{ port: 5432 }],
          },
        ],
      }),
    ),
  )
  const { both, network, mesh } = of(1, 'ingress')?.layers ?? {}
  expect(both).toEqual(network)
  expect(both?.allowed.map(({ ports, namespaces, outside }) => [portLine(ports), namespaces, outside.length])).toEqual([
    ['TCP 5432', [{ namespace: 'shop', workloads: 1 }], 1],
  ])
  expect(mesh?.allowed.map(({ ports, workloads: found }) => [portLine(ports), found.length])).toEqual([['all', 4]])
})

test('an opening is said in a sentence', () => {
  const narrow = netpol('p', { podSelector: labels('db'), ingress: [fromPods('web')] })
  const wide = netpol('p', {
    podSelector: labels('db'),
    ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }], ports: [{ port: 5432 }] }, fromPods('web')],
  })
  const changes = exposureChange(compiled(narrow), compiled(wide))
  expect(changes.flatMap(describeExposureChange)).toContain(
    'Opens shop/db to 2 more workloads (1 in batch, 1 in kube-system) on TCP 5432.',
  )
  expect(exposureChange(compiled(narrow), compiled(narrow))).toEqual([])
})
