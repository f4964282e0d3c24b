import type { EndMatch } from '../end-match'
import { namespaceNamed } from '../end-match'
import { policyName, shownKind } from '../policy-name'
import { countBits } from '../index/bitset'
import { selectorAt } from '../label-selector'
import type { PolicyRef } from '../normal-form'
import { field, isAbsent, itemsAt, type Reader, readerOf } from '../read'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { count } from './words'

export const splitPeer: LintRule = {
  name: 'split-peer',
  about:
    'A namespace selector and a pod selector are two peers (a dash before each), where both were likely meant together.',
  find: (context) =>
    context.policies.flatMap(({ policy, object }) => {
      if (object === null || !/^(?:StagedKubernetes)?NetworkPolicy$/.test(shownKind(policy.ref))) return []
      const spec = field(readerOf(object), 'spec')
      return (['ingress', 'egress'] as const).flatMap((direction) =>
        (itemsAt(field(spec, direction)) ?? []).flatMap((rule) => {
          const peers = itemsAt(field(rule, direction === 'ingress' ? 'from' : 'to')) ?? []
          return peers.flatMap((peer, i) => findingAt(context, policy.ref, peer, peers[i + 1]))
        }),
      )
    }),
}

function findingAt(context: LintContext, ref: PolicyRef, first: Reader, second: Reader | undefined): readonly Found[] {
  if (!second || !hasOnly(first, 'namespaceSelector') || !hasOnly(second, 'podSelector')) return []
  const spaces = selectorAt(field(first, 'namespaceSelector'))
  const labels = selectorAt(field(second, 'podSelector'))
  if (!spaces || !labels || spaces.op === 'any' || labels.op === 'any') return []
  const pods = (namespace: Extract<EndMatch, { is: 'workload' }>['namespace']) =>
    countBits(context.matching({ is: 'workload', namespace, labels }).may)
  const [here, there] = [pods(namespaceNamed(ref.namespace ?? '')), pods({ by: 'labels', labels: spaces })]
  if (there === 0) return []
  const surely = here === 0
  return [
    {
      severity: surely ? 'warning' : 'info',
      policy: ref,
      path: second.path,
      message: `${policyName(ref)} has two peers here: every pod of some namespaces, or pods with these labels in its own namespace (${
        surely ? 'none is there' : count(here, 'workload')
      }). ${count(there, 'workload')} in those namespaces ${there === 1 ? 'has' : 'have'} the labels${surely ? ', so both were likely meant together' : ''}.`,
      remedy: 'If both must hold, make it one peer: remove the dash before podSelector.',
    },
  ]
}

const hasOnly = (peer: Reader, name: 'namespaceSelector' | 'podSelector'): boolean =>
  ['namespaceSelector', 'podSelector', 'ipBlock'].every((one) => isAbsent(field(peer, one)) === (one !== name))
