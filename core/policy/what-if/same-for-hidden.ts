import type { CompiledPolicies } from '../compile'
import type { End } from '../decision'
import { portsMatch } from '../match-ports'
import type { Workload } from '../model'
import type { Direction, Layer } from '../normal-form'
import type { PortMatch, PortProtocol } from '../ports'
import { selectTiers, sightOf, type SelectedBlock } from '../select-blocks'
import { no } from '../tri'

/** A hidden destination: which of its ports have names is not known. */
const unnamed: End = { type: 'external', address: '' }
const hasNames = (ports: PortMatch | null) =>
  [...(ports?.some ?? []), ...(ports?.none ?? [])].some(({ port }) => typeof port === 'object' && 'name' in port)

const layers: readonly Layer[] = ['network', 'mesh']

/**
 * Whether a workload lets the same pass on a port for whoever it may be: rows of an index are about ends that are
 * known, and an end that the asker may not see is none of them. So the rules themselves must be the same.
 */
export function sameForHidden(
  before: CompiledPolicies,
  after: CompiledPolicies,
): (direction: Direction, own: Workload, protocol: PortProtocol, port: number) => boolean {
  const known = new Map<string, boolean>()
  return (direction, own, protocol, port) => {
    const key = `${direction} ${own.namespace}/${own.kind}/${own.name} ${protocol} ${port}`
    const same =
      known.get(key) ??
      rulesOn(before, direction, own, protocol, port) === rulesOn(after, direction, own, protocol, port)
    known.set(key, same)
    return same
  }
}

/** What decides about a port, as a text: which tiers end here, and the rules that may match, in order. */
function rulesOn(
  compiled: CompiledPolicies,
  direction: Direction,
  own: Workload,
  protocol: PortProtocol,
  port: number,
): string {
  const destination: End = direction === 'ingress' ? { type: 'workload', workload: own } : unnamed
  const onPort = ({ block, selects }: SelectedBlock) => {
    const rules = block.rules.filter(
      ({ ports }) =>
        portsMatch(ports, protocol, port, destination) !== no || (destination === unnamed && hasNames(ports)),
    )
    return rules.length === 0 && block.alone === undefined
      ? []
      : [[selects, block.order, block.isolates, block.alone, rules.map(({ path: _path, ...rule }) => rule)]]
  }
  return JSON.stringify(
    layers.map((layer) =>
      selectTiers(compiled, layer, direction, sightOf(compiled, own)).map(({ tier, blocks }) => [
        tier,
        Math.max(...blocks.map(({ block, selects }) => (block.isolates ? selects : no))),
        blocks.flatMap(onPort),
      ]),
    ),
  )
}
