import { parseAddress } from '../../cidr'
import type { EndLookup, FoundEnd } from '../find-end'

/**
 * An end as people write it: `namespace/name`, `namespace/name[Kind]`, `Service namespace/name`, `node name`, an
 * address, or a DNS name outside of the cluster.
 */
export function endNamed(
  text: string,
  lookup: EndLookup,
  nodes: readonly { name: string; addresses: readonly string[] }[],
): FoundEnd {
  const name = text.trim()
  const [, word = '', rest = ''] = /^(node|service)\s+(\S+)$/i.exec(name) ?? []
  if (word.toLowerCase() === 'service') return lookup.byService(rest)
  if (word !== '') {
    const node = nodes.find((one) => one.name === rest)
    return node ? { end: { type: 'node', ...node } } : { problem: `there is no node ${rest}`, missing: true }
  }
  if (parseAddress(name)) return lookup.byAddress(name)
  if (name.includes('/')) return lookup.byName(name)
  if (/^[-\w]+(?:\.[-\w]+)+\.?$/.test(name)) return { end: { type: 'external', address: '', names: [name] } }
  return { problem: `${name === '' ? 'nothing' : name} is no workload (namespace/name), address or DNS name` }
}
