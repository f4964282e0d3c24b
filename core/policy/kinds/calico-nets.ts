import type { EndMatch } from '../end-match'
import { parseCidr, parseSingle } from '../ranges'
import { itemsAt, type Reader, refuse, textAt } from '../read'

const mostNets = 256

/** A range; a single address is a range of one. null with a problem for what is neither. */
export function cidrAt(at: Reader): string | null {
  const text = textAt(at) ?? ''
  if (parseCidr(text)) return text
  const single = parseSingle(text)
  if (single) return `${text}/${single.bits}`
  refuse(at, `${JSON.stringify(text)} is no address range such as 10.0.0.0/8`)
  return null
}

/** `nets` or `notNets`; null: absent or empty, which limits nothing. They see pods and nodes by their addresses too. */
export function netsAt(at: Reader): Extract<EndMatch, { is: 'address' }> | null {
  const items = itemsAt(at) ?? []
  if (items.length > mostNets) refuse(at, `must not have more than ${mostNets} items`)
  const cidrs = items.flatMap((item) => cidrAt(item) ?? [])
  return items.length === 0 ? null : { is: 'address', cidrs, except: [], inCluster: 'yes' }
}

/** 4 or 6. */
export const versionOf = (cidr: string): 4 | 6 => (cidr.includes(':') ? 6 : 4)
