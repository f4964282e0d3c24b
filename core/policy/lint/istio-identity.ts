import type { EndMatch } from '../end-match'
import type { Flow } from '../decision'
import { endOf, tiersOf } from '../evaluate'
import { judge } from '../judge'
import { istioGroup } from '../kinds/istio-values'
import { identityOf } from '../match-identity'
import type { Workload } from '../model'
import type { PolicyRef, Rule } from '../normal-form'
import { policyName } from '../policy-name'
import { type TextMatch, textMatches } from '../request-match'
import { sightOf } from '../select-blocks'
import { istioMtlsTier } from '../tiers'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { written } from './objects'
import { count, workloadNames } from './words'

export const identityWithoutMtls: LintRule = {
  name: 'identity-without-mtls',
  about:
    'A rule of Istio names identities, and callers do not prove any: no proxy, or plaintext is let in past a DENY.',
  find: (context) =>
    written(context, istioGroup, 'AuthorizationPolicy').flatMap(({ policy: { ref, blocks } }) => {
      const found = new Map<string, Found>()
      for (const block of blocks)
        for (const rule of block.rules) {
          const names = identities(rule.peer)
          const one = names.length === 0 ? null : findingOf(context, ref, rule, names, context.subjects(block))
          if (one) found.set(rule.path, one)
        }
      return [...found.values()]
    }),
}

function findingOf(
  context: LintContext,
  ref: PolicyRef,
  rule: Rule,
  names: readonly TextMatch[],
  subjects: readonly number[],
): Found | null {
  const common = { severity: 'warning', policy: ref, path: rule.path } as const
  if (rule.action === 'allow') {
    const { trustDomain } = context.compiled.options
    const named = context.table.workloads.filter((one) => textMatches(names, identityOf('istio', one, trustDomain)))
    if (named.length === 0 || named.some(({ mesh }) => mesh === 'istio' || mesh === 'unknown')) return null
    return {
      ...common,
      message: `${policyName(ref)} allows identities of ${workloadNames(named)}, which ${named.length === 1 ? 'has' : 'have'} no proxy of Istio and so ${named.length === 1 ? 'proves' : 'prove'} none: the rule lets ${named.length === 1 ? 'it' : 'them'} in nowhere.`,
      remedy: 'Give the callers a proxy, or allow them by address.',
    }
  }
  if (rule.action !== 'deny') return null
  const open = context.workloads(subjects).filter((workload) => takesPlaintext(context, workload))
  if (open.length === 0) return null
  return {
    ...common,
    message: `${policyName(ref)} denies identities, and ${count(open.length, 'workload')} that it protects (${workloadNames(open)}) take${open.length === 1 ? 's' : ''} connections that prove none: who calls in plaintext is not denied by it.`,
    remedy: 'Set PeerAuthentication to STRICT there, or allow the callers that are meant instead.',
  }
}

/** Names that must be proven; what must not be proven also fits who proves nothing. */
function identities(match: EndMatch): readonly TextMatch[] {
  if (match.is === 'identity') return match.mesh === 'istio' ? match.names : []
  return match.is === 'every' || match.is === 'some' ? match.of.flatMap(identities) : []
}

/** Whether no PeerAuthentication denies who proves nothing, on a port that is not told apart. */
function takesPlaintext({ compiled }: LintContext, workload: Workload): boolean {
  const tiers = tiersOf(compiled, workload, 'mesh', 'ingress').filter(({ tier }) => tier.name === istioMtlsTier.name)
  const flow: Flow = {
    from: { type: 'external', address: '192.0.2.1' },
    to: endOf(workload),
    protocol: 'TCP',
    port: unusedPort,
    mtls: false,
  }
  const at = { layer: 'mesh', direction: 'ingress', sight: sightOf(compiled, workload, false) } as const
  return judge(flow, unusedPort, tiers, at).verdict === 'allowed'
}

const unusedPort = 65_533

export const strictWithoutProxy: LintRule = {
  name: 'strict-without-proxy',
  about: 'PeerAuthentication is STRICT, and neighbours without a proxy cannot reach the workloads any more.',
  find: (context) =>
    written(context, istioGroup, 'PeerAuthentication').flatMap(({ policy: { ref, blocks } }): readonly Found[] => {
      const strict = blocks.filter(({ rules }) => rules.some(({ action }) => action === 'deny'))
      const protectedOnes = context.workloads(new Set(strict.flatMap((block) => context.subjects(block))))
      const spaces = new Set(protectedOnes.map(({ namespace }) => namespace))
      const bare = context.table.workloads.filter(({ namespace, mesh }) => spaces.has(namespace) && mesh === null)
      if (bare.length === 0) return []
      return [
        {
          severity: 'info',
          policy: ref,
          path: 'spec.mtls',
          message: `${policyName(ref)} is STRICT, and ${count(bare.length, 'workload')} of the same namespaces (${workloadNames(bare)}) ${bare.length === 1 ? 'has' : 'have'} no proxy, so that nothing of ${bare.length === 1 ? 'it' : 'them'} gets in where it holds.`,
          remedy: 'Give them a proxy, or leave the ports that they call PERMISSIVE until then.',
        },
      ]
    }),
}
