import { anything, type EndMatch } from '../end-match'
import type { Rule } from '../normal-form'
import type { PortMatch } from '../ports'
import { parseCidr, parseSingle, within } from '../ranges'
import { field, isAbsent, itemsAt, type Reader, refuse, textAt } from '../read'
import { anyText, type RequestMatch, type TextMatch } from '../request-match'

export const linkerdGroup = 'policy.linkerd.io'

export const identity = (names: readonly TextMatch[]): EndMatch => ({ is: 'identity', mesh: 'linkerd', names })
const anyIdentity = identity(anyText)

/** The trust domain behind it is not told where these are written. */
export const accountIdentity = (namespace: string, name: string): TextMatch => ({
  how: 'prefix',
  text: `${name}.${namespace}.serviceaccount.identity.`,
})
export const namespaceIdentity = (namespace: string): TextMatch => ({
  how: 'glob',
  parts: ['', `.${namespace}.serviceaccount.identity.`, ''],
})

/** Names as proven; `*` alone is every name, and may stand for the first parts of one. */
export const identityNames = (at: Reader): readonly TextMatch[] =>
  (itemsAt(at) ?? []).map((item): TextMatch => {
    const name = textAt(item) ?? ''
    if (name === '*') return { how: 'prefix', text: '' }
    const rest = name.startsWith('*.') ? name.slice(1) : name
    if (rest === '' || rest.includes('*')) refuse(item, `${JSON.stringify(name)} is no identity`)
    return name.startsWith('*.') ? { how: 'suffix', text: rest } : { how: 'exact', text: name }
  })

/** `networks`: ranges or single addresses, less their exceptions; null: absent. */
export function networksAt(at: Reader): EndMatch | null {
  const items = itemsAt(at)
  return items && { is: 'some', of: items.map(networkAt) }
}

function networkAt(item: Reader): EndMatch {
  const cidr = rangeText(field(item, 'cidr'))
  const except = (itemsAt(field(item, 'except')) ?? []).map((one) => {
    const [text, whole] = [rangeText(one), parseCidr(cidr)]
    const part = parseCidr(text)
    if (part && whole && !within(part, whole)) refuse(one, `must be a part of ${cidr} and smaller than it`)
    return text
  })
  return { is: 'address', cidrs: [cidr], except, inCluster: 'yes' }
}

function rangeText(at: Reader): string {
  const text = textAt(at) ?? ''
  const single = parseSingle(text)
  if (single) return `${text}/${single.bits}`
  if (isAbsent(at) || !parseCidr(text)) refuse(at, `${JSON.stringify(text)} is no address and no address range`)
  return text
}

/** What a Server or an annotation says of clients that nothing authorizes. */
export const accessWords = [
  'deny',
  'audit',
  'all-authenticated',
  'all-unauthenticated',
  'cluster-authenticated',
  'cluster-unauthenticated',
] as const
export type Access = (typeof accessWords)[number]

const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8']
/** Pods and nodes; which other addresses belong to the cluster is a setting of Linkerd, private ranges by default. */
const cluster: EndMatch = {
  is: 'some',
  of: [
    { is: 'not', of: { is: 'place', places: ['outside'] } },
    {
      is: 'every',
      of: [
        { is: 'address', cidrs: privateRanges, except: [], inCluster: 'no' },
        { is: 'unclear', doubt: 'which networks belong to the cluster is a setting of Linkerd' },
      ],
    },
  ],
}

const clients: Readonly<Record<Exclude<Access, 'deny'>, EndMatch>> = {
  audit: anything,
  'all-authenticated': anyIdentity,
  'all-unauthenticated': anything,
  'cluster-authenticated': { is: 'every', of: [anyIdentity, cluster] },
  'cluster-unauthenticated': cluster,
}

/** Decides on everything on these ports: what is not allowed is denied. `audit` allows and logs. */
export function accessRules(
  access: Access,
  path: string,
  ports: PortMatch,
  request: RequestMatch | null,
): readonly Rule[] {
  const deny: Rule = { action: 'deny', path, peer: anything, ports }
  if (access === 'deny') return [deny]
  return [{ action: 'allow', path, peer: clients[access], ports, ...(request ? { request } : {}) }, deny]
}
