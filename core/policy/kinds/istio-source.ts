import { anything, type EndMatch, nothing } from '../end-match'
import { parseCidr, parseSingle } from '../ranges'
import { field, isAbsent, type Reader, refuse, unknownFields } from '../read'
import { type Terms, noTerms } from './istio-terms'
import {
  conditionsOf,
  hasValues,
  namespaces,
  principals,
  serviceAccounts,
  trustDomains,
  type Values,
  valuesAt,
} from './istio-values'

const lists = [
  'principals',
  'requestPrincipals',
  'namespaces',
  'serviceAccounts',
  'ipBlocks',
  'remoteIpBlocks',
  'trustDomains',
] as const
const known = lists.flatMap((name) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`])

/**
 * One item of `from`; its fields must all hold. A field that is not known here fails closed: an ALLOW matches
 * nobody, another action is not narrowed by it.
 */
export function sourceAt(item: Reader, policy: { readonly namespace: string; readonly allows: boolean }): Terms {
  const at = field(item, 'source')
  if (isAbsent(at)) refuse(at, 'is required')
  const [of, requests, spaces, accounts, blocks, clients, domains] = lists.map((name) => valuesAt(at, name))
  if (!of || !requests || !spaces || !accounts || !blocks || !clients || !domains) return noTerms
  const strange = unknownFields(at, known).length > 0
  if (!strange && ![of, requests, spaces, accounts, blocks, clients, domains].some(hasValues))
    refuse(at, 'must not be empty')
  if (hasValues(accounts) && (hasValues(of) || hasValues(spaces)))
    refuse(field(at, 'serviceAccounts'), 'must not be given with principals or namespaces')
  return {
    ...noTerms,
    peers: [
      ...(strange ? [policy.allows ? nothing : anything] : []),
      ...conditionsOf(of, principals),
      ...conditionsOf(spaces, namespaces),
      ...conditionsOf(accounts, serviceAccounts(policy.namespace)),
      ...conditionsOf(domains, trustDomains),
      ...blocksOf(at, 'ipBlocks', blocks),
    ],
    clients: blocksOf(at, 'remoteIpBlocks', clients),
    http: hasValues(requests) ? [{ is: 'unclear', doubt: 'the token of the request is not known here' }] : [],
  }
}

/** Ranges or single addresses, as the packet comes. */
export function blocksOf(at: Reader, name: string, values: Values): readonly EndMatch[] {
  return conditionsOf(values, (texts): EndMatch => ({
    is: 'address',
    cidrs: texts.map((text) => rangeText(field(at, name), text)),
    except: [],
    inCluster: 'yes',
  }))
}

function rangeText(at: Reader, text: string): string {
  const single = parseSingle(text)
  if (single) return `${text}/${single.bits}`
  if (!parseCidr(text)) refuse(at, `${JSON.stringify(text)} is no address and no address range`)
  return text
}
