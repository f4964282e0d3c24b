import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, nothing } from '../end-match'
import { labelsMatch } from '../label-match'
import { parseCidr, parseSingle, rangeAt } from '../ranges'
import { field, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields } from '../read'
import { type CidrGroup, cidrGroups } from './cilium-cidr-group'
import { labelOf, type Requirement, requirementsAt } from './cilium-selector'

/** One peer, once the other objects are known; null: it has a field that is not known here. */
export type CiliumPeer = (catalogue: ModelCatalogue) => EndMatch | null

/** An item of `fromCIDR`: a range, or a single address. */
export function cidrAt(at: Reader): CiliumPeer {
  const text = textAt(at) ?? ''
  const single = parseSingle(text)
  if (!single && !parseCidr(text)) refuse(at, `${JSON.stringify(text)} is no address or range such as 10.0.0.0/8`)
  const match = outside([single ? `${text}/${single.bits}` : text], [])
  return () => match
}

/** An item of `fromCIDRSet`: a range or groups of ranges, without its exceptions. */
export function cidrRuleAt(at: Reader): CiliumPeer {
  const given = ['cidr', 'cidrGroupRef', 'cidrGroupSelector'].filter((name) => !isAbsent(field(at, name)))
  if (given.length !== 1) refuse(at, 'must have exactly one of cidr, cidrGroupRef, cidrGroupSelector')
  const cidr = field(at, 'cidr')
  const range = isAbsent(cidr) ? null : rangeAt(cidr, textAt(cidr) ?? '')
  const except = (itemsAt(field(at, 'except')) ?? []).map((item) => {
    const text = textAt(item) ?? ''
    const part = rangeAt(item, text)
    if (part && range && !(part.bits === range.bits && part.first >= range.first && part.first <= range.last))
      refuse(item, `must be a part of ${textAt(cidr) ?? ''}`)
    return text
  })
  const ref = textAt(field(at, 'cidrGroupRef'))
  const selector = requirementsAt(field(at, 'cidrGroupSelector'))
  if (unknownFields(at, ['cidr', 'cidrGroupRef', 'cidrGroupSelector', 'except']).length > 0) return () => null
  if (ref !== null) return (catalogue) => groupNamed(ref, except, catalogue)
  if (selector !== null) return (catalogue) => groupsWith(selector, except, catalogue)
  const match = outside([textAt(cidr) ?? ''], except)
  return () => match
}

/** Ranges never match pods, nor nodes unless Cilium is told to (`policy-cidr-match-mode`), which is taken as not so. */
const outside = (cidrs: readonly string[], except: readonly string[]): EndMatch => ({
  is: 'address',
  cidrs,
  except,
  inCluster: 'no',
})

function groupNamed(name: string, except: readonly string[], catalogue: ModelCatalogue): EndMatch {
  const group = cidrGroups(catalogue).find((one) => one.name === name)
  return group ? outside(group.cidrs, except) : { is: 'unclear', doubt: `CiliumCIDRGroup ${name} is not known` }
}

function groupsWith(selector: readonly Requirement[], except: readonly string[], catalogue: ModelCatalogue): EndMatch {
  const fits = ({ labels }: CidrGroup) => selector.every((one) => labelsMatch(labelOf(one), labels))
  const groups = cidrGroups(catalogue).filter(fits)
  return groups.length === 0
    ? nothing
    : outside(
        groups.flatMap(({ cidrs }) => cidrs),
        except,
      )
}
