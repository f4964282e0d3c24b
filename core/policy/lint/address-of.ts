import { addressMatchesIn } from '../address-parts'
import { describeEnd } from '../describe-match'
import type { AddressMatch } from '../end-match'
import { policyName } from '../policy-name'
import { addressesOf, parsedAddresses } from '../match-address'
import type { Workload } from '../model'
import { hasAddress } from '../ranges'
import type { Direction, PolicyRef, Rule } from '../normal-form'
import { type LintContext, numbersIn } from './context'
import type { LintRule } from './finding'
import { count, some, workloadNames } from './words'

export const addressOfNothing: LintRule = {
  name: 'address-of-nothing',
  about: 'A range of which the exceptions leave nothing.',
  find: (context) =>
    addresses(context).flatMap(({ ref, rule, match }) =>
      match.cidrs.length === 0 || addressesOf(match).length > 0
        ? []
        : [
            {
              severity: 'error',
              policy: ref,
              path: rule.path,
              message: `A range of ${policyName(ref)} matches no address: ${describeEnd(match)} leaves nothing.`,
              remedy: 'Remove the exception that covers it all, or the range.',
            },
          ],
    ),
}

export const addressOfPods: LintRule = {
  name: 'address-of-pods',
  about: 'A range holds addresses of pods: Cilium never matches pods so, and pods get new addresses.',
  find: (context) =>
    addresses(context).flatMap(({ ref, rule, match }) => {
      if (!isNarrow(match) || isHosts(context, match)) return []
      const inside = podsAt(context, match)
      if (inside.length === 0) return []
      const never = seesPods(context, match) === 'no'
      return [
        {
          severity: never ? 'warning' : 'info',
          policy: ref,
          path: rule.path,
          message: `${describeEnd(match)} in ${policyName(ref)} holds addresses of ${count(inside.length, 'workload')} (${workloadNames(inside)})${
            never
              ? ', and pods are never matched by their address here.'
              : ', and pods get other addresses when they start anew.'
          }`,
          remedy: 'Select pods by their labels; keep ranges for what is outside the cluster.',
        },
      ]
    }),
}

export const addressOfService: LintRule = {
  name: 'address-of-service',
  about: 'A range is of addresses of Services, which are replaced by those of pods before policies look.',
  find: (context) =>
    addresses(context).flatMap(({ ref, rule, match, direction }) => {
      const { model } = context.compiled.catalogue
      if (model.services.length === 0 || !isNarrow(match) || podsAt(context, match).length > 0) return []
      if (model.nodes.some((node) => holds(match, node.addresses))) return []
      const inside = model.services.filter(({ clusterIps }) => holds(match, clusterIps))
      if (inside.length === 0) return []
      const names = some(inside.map(({ namespace, name }) => `${namespace}/${name}`))
      const why =
        direction === 'ingress'
          ? 'no connection comes from the address of a Service'
          : 'policies see the address and port of the pod behind a Service, with nearly every CNI'
      return [
        {
          severity: 'warning',
          policy: ref,
          path: rule.path,
          message: `${describeEnd(match)} in ${policyName(ref)} holds addresses of Services (${names}), and ${why}.`,
          remedy: 'Select the pods behind the Service by their labels, with their own port.',
        },
      ]
    }),
}

type Addressed = {
  readonly ref: PolicyRef
  readonly rule: Rule
  readonly match: AddressMatch
  readonly direction: Direction
}

/** Ranges that rules name, once for each place. */
function addresses({ policies }: LintContext): readonly Addressed[] {
  const found = policies.flatMap(({ policy, object }) =>
    object === null
      ? []
      : policy.blocks.flatMap(({ rules, direction }) =>
          rules.flatMap((rule) =>
            addressMatchesIn(rule.peer).map((match): Addressed => ({ ref: policy.ref, rule, match, direction })),
          ),
        ),
  )
  return [
    ...new Map(
      found.map((one) => [JSON.stringify([one.ref, one.rule.path, one.match.cidrs, one.match.except]), one]),
    ).values(),
  ]
}

/** Wide ranges hold addresses of pods and Services by the way. */
const isNarrow = ({ cidrs }: AddressMatch): boolean =>
  cidrs.every((cidr) => Number(cidr.split('/')[1]) >= (cidr.includes(':') ? 48 : 14))

/** Written for nodes (`nodes` of ClusterNetworkPolicy), not by hand. */
const isHosts = ({ compiled }: LintContext, { cidrs }: AddressMatch): boolean =>
  compiled.catalogue.model.nodes.some(({ addresses: own }) =>
    own.some((text) => cidrs.some((cidr) => cidr.startsWith(`${text}/`))),
  )

const holds = (match: AddressMatch, texts: readonly string[]): boolean =>
  parsedAddresses(texts).some((address) => hasAddress(addressesOf(match), address))

/** Workloads of the pod network with an address in the ranges. */
function podsAt(context: LintContext, match: AddressMatch): readonly Workload[] {
  const { may } = context.matching({ ...match, inCluster: 'yes' })
  return context.workloads(numbersIn(may)).filter((one) => !one.hostNetwork && holds(match, one.ips))
}

const seesPods = ({ compiled }: LintContext, { inCluster }: AddressMatch) =>
  inCluster === 'by-profile' ? compiled.habits.rangesMatchPods : inCluster
