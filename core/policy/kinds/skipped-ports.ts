import type { ModelCatalogue } from '../catalogue'
import { anything } from '../end-match'
import type { Block, Policy, Rule, Tier } from '../normal-form'
import { unreadOrder } from '../unread-policy'
import { highestPort, lowestPort, type PortItem } from '../ports'
import { annotatedPods, refOfPods } from './annotated-pods'

/** Before everything else in a tier, also what cannot be read. */
const first = unreadOrder - 1

/** Ports that an annotation of pods leads past the proxy, so that the tiers of its mesh do not judge them. */
export const skippedPorts = (
  catalogue: ModelCatalogue,
  annotation: string,
  tiers: readonly Tier[],
): readonly Policy[] =>
  annotatedPods(catalogue, annotation).flatMap(({ value, subject, one }) => {
    const some = portsOfList(value)
    if (some.length === 0) return []
    const path = `metadata.annotations["${annotation}"]`
    const rule: Rule = { action: 'pass', path, peer: anything, ports: { some, none: [] } }
    const blocks = tiers.map((tier): Block => ({
      direction: 'ingress',
      tier: tier.name,
      order: first,
      subject,
      isolates: false,
      rules: [rule],
    }))
    return [{ ref: refOfPods(one), mode: 'enforced', replaces: null, blocks, tiers: [] }]
  })

/** `25,3306-3310` of an annotation. */
export const portsOfList = (text: string): readonly PortItem[] => text.split(',').flatMap(portOf)

/** What is neither a port nor a range is left out. */
function portOf(text: string): readonly PortItem[] {
  const [, from, to] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(text) ?? []
  if (from === undefined) return []
  const range = { from: Number(from), to: Number(to ?? from) }
  return range.from < lowestPort || range.to > highestPort ? [] : [{ protocol: 'TCP', port: range }]
}
