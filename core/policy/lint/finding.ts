import type { LintContext } from './context'
import type { PolicyRef } from '../normal-form'

/** error: it surely does not do what it says. warning: likely not meant so. info: worth knowing. */
export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** Rules of the lint, in the order that the documentation lists them. */
export const lintRuleNames = [
  'unreadable',
  'unknown-field',
  'selects-nothing',
  'unreachable',
  'shadowed',
  'redundant',
  'overruled',
  'allows-everyone',
  'allows-every-pod',
  'allows-every-address',
  'peer-matches-nothing',
  'split-peer',
  'types-and-rules',
  'egress-without-dns',
  'address-of-nothing',
  'address-of-pods',
  'address-of-service',
  'port-name-unknown',
  'host-network-subject',
  'same-priority',
  'shared-priority',
  'pass-to-nothing',
  'missing-reference',
  'staged-without-target',
  'system-pods',
  'empty-rule-denies',
  'names-without-dns-rule',
  'http-conditions-on-tcp',
  'identity-without-mtls',
  'strict-without-proxy',
  'foreign-trust-domain',
  'denies-whole-mesh',
  'server-without-port',
  'servers-overlap',
] as const
export type LintRuleName = (typeof lintRuleNames)[number]

/** Something about a policy that whoever keeps it should know. */
export type LintFinding = {
  readonly rule: LintRuleName
  readonly severity: Severity
  readonly policy: PolicyRef
  /** Where in the object, as `spec.ingress[2]`; null: all of it. */
  readonly path: string | null
  /** One or two sentences. */
  readonly message: string
  /** What to do next, as a sentence. */
  readonly remedy: string
}

/** What a rule finds; its name is added by the lint. */
export type Found = Omit<LintFinding, 'rule'>

/** One check, in a file of its own. */
export type LintRule = {
  readonly name: LintRuleName
  /** What it finds, as one line of the documentation. */
  readonly about: string
  readonly find: (context: LintContext) => Iterable<Found>
}
