import { type Fields, isFields } from '../../read'
import type { Peer } from '../visual'
import { textOf, yamlOf } from './fields'
import { refused, type Refused } from './kind-editor'

/** An item of `from` of an AuthorizationPolicy. */
export function istioPeerOf(item: unknown): Peer {
  const other: Peer = { is: 'other', yaml: yamlOf(item) }
  if (!isFields(item) || !isFields(item.source) || Object.keys(item).length !== 1) return other
  const source = item.source
  const [key, more] = Object.keys(source)
  const texts = textsOf(source[key ?? ''])
  if (!texts || texts.length === 0) return other
  if (key === 'ipBlocks' && (more === undefined || more === 'notIpBlocks'))
    return { is: 'range', cidrs: texts, except: textsOf(source.notIpBlocks) ?? [] }
  if (more !== undefined) return other
  if (key === 'principals') return { is: 'principal', principals: texts }
  if (key === 'namespaces') return { is: 'namespaces', names: texts }
  return key === 'serviceAccounts' ? { is: 'account', accounts: texts.map(accountOf) } : other
}

const textsOf = (value: unknown): readonly string[] | null => {
  if (!Array.isArray(value)) return null
  const texts = value.flatMap((one: unknown) => textOf(one) ?? [])
  return texts.length === value.length ? texts : null
}

function accountOf(text: string) {
  const slash = text.indexOf('/')
  return slash < 0 ? { namespace: null, name: text } : { namespace: text.slice(0, slash), name: text.slice(slash + 1) }
}

export function writeIstioPeer(peer: Peer): readonly unknown[] | Refused {
  const source = sourceOf(peer)
  return source
    ? [{ source }]
    : refused('A mesh tells callers by their identity: name a service account or a namespace.')
}

function sourceOf(peer: Peer): Fields | null {
  switch (peer.is) {
    case 'principal':
      return { principals: peer.principals }
    case 'namespaces':
      return { namespaces: peer.names }
    case 'account':
      return {
        serviceAccounts: peer.accounts.map(({ namespace, name }) =>
          namespace === null ? name : `${namespace}/${name}`,
        ),
      }
    case 'range':
      return { ipBlocks: peer.cidrs, ...(peer.except.length > 0 ? { notIpBlocks: peer.except } : {}) }
    default:
      return null
  }
}
