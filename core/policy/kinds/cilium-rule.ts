import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch } from '../end-match'
import type { Rule } from '../normal-form'
import { field, fieldsAt, isAbsent, type Reader, refuse, unknownFields, wordAt } from '../read'
import { peerFields, peersAt, type RuleSite } from './cilium-peers'
import { type PortPart, portPartsAt } from './cilium-ports'

/** What one entry of `ingress`, `ingressDeny`, `egress` or `egressDeny` comes to. */
export type CiliumRules = {
  /** Allows or denies, as the entry does. */
  readonly rules: readonly Rule[]
  /** What may deny although a rule allows. */
  readonly asks: readonly Rule[]
}

/** An entry that names no other end and no ports matches nothing; its policy isolates nevertheless. */
export function ciliumRuleAt(at: Reader, site: RuleSite): (catalogue: ModelCatalogue) => CiliumRules {
  fieldsAt(at)
  const { peer, required } = peersAt(at, site)
  const parts = portPartsAt(at, site)
  const authenticated = authenticationAt(at, site)
  if (!site.allows && !isAbsent(field(at, 'toFQDNs'))) refuse(field(at, 'toFQDNs'), 'is for rules that allow only')
  const known = [...peerFields(site), 'toPorts', 'icmps', 'authentication']
  const doubts = [
    ...(unknownFields(at, known).length > 0 ? ['the rule has a field that is not known here'] : []),
    ...(required.length > 0 && peer === null ? [requiresDoubt] : []),
  ]
  return (catalogue) => {
    const asks = required.length > 0 ? [requiresRule(at, required)] : []
    if (peer === null && parts === null) return { rules: [], asks }
    const end = peer ? peer(catalogue) : anything
    const rules = (parts ?? [everyPort(at)]).map((part) => ruleOf(part, end, doubts, site))
    return { rules, asks: authenticated ? [...asks, ...rules.map(authenticates)] : asks }
  }
}

type WidePart = Omit<PortPart, 'ports'> & { readonly ports: PortPart['ports'] | null }

const everyPort = ({ path }: Reader): WidePart => ({ path, ports: null, request: null, doubt: null })

function ruleOf(part: WidePart, end: EndMatch, doubts: readonly string[], { allows }: RuleSite): Rule {
  const unclear = [...doubts, ...(part.doubt === null ? [] : [part.doubt])].map((doubt): EndMatch => ({
    is: 'unclear',
    doubt,
  }))
  return {
    action: allows ? 'allow' : 'deny',
    path: part.path,
    peer: unclear.length === 0 ? end : { is: 'every', of: [end, ...unclear] },
    ports: part.ports,
    ...(part.request ? { request: part.request } : {}),
  }
}

const requiresDoubt = 'what fromRequires and toRequires do depends on the version of Cilium'

/** Versions before 1.19 keep out pods that other rules let in unless they are as required. */
const requiresRule = ({ path }: Reader, required: readonly EndMatch[]): Rule => ({
  action: 'ask',
  path,
  peer: { is: 'not', of: { is: 'every', of: required } },
  ports: null,
  doubt: requiresDoubt,
})

/** Whether an entry asks for mutual authentication. */
function authenticationAt(at: Reader, { allows }: RuleSite): boolean {
  const authentication = field(at, 'authentication')
  if (isAbsent(authentication)) return false
  if (!allows) refuse(authentication, 'is for rules that allow only')
  const mode = wordAt(field(authentication, 'mode'), ['disabled', 'required', 'test-always-fail'])
  if (isAbsent(field(authentication, 'mode'))) refuse(field(authentication, 'mode'), 'is required')
  return mode !== null && mode !== 'disabled'
}

/** Also what wider rules allow needs the authentication. */
const authenticates = ({ path, peer, ports }: Rule): Rule => ({
  action: 'ask',
  path,
  peer,
  ports,
  doubt: 'the policy asks for mutual authentication, and whether that succeeds is not told',
})
