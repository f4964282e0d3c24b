import { type CompiledPolicies, compilePolicies } from '../compile'
import { evaluate } from '../evaluate'
import type { ModelObject } from '../model'
import type { SuggestionFormat } from './formats/format'
import { type Draft, type DraftContext, makeDrafts } from './make-drafts'
import { judgementOf, type LeftOutSide, type Side } from './sides'
import type { LeftOutReason } from './suggestion'
import { writeDraft } from './write-draft'

export type Settled = {
  readonly drafts: readonly { readonly draft: Draft; readonly manifest: ModelObject }[]
  readonly leftOut: readonly LeftOutSide[]
}

/**
 * Drafts that keep their word. What they do is asked of the engine: a side that they cannot allow is left out, and a
 * side that a rule allowed until now but that isolation takes away (a rule of a tier further back) gets a rule too.
 * Ends, since every round leaves out one more, or gives one more a rule without leaving any out.
 */
export function settle(
  compiled: CompiledPolicies,
  sides: readonly Side[],
  format: SuggestionFormat,
  context: DraftContext,
): Settled {
  const leftOut = new Map<Side, LeftOutReason>()
  const lost = new Set<Side>()
  for (;;) {
    const isWanted = (side: Side) => !leftOut.has(side) && (side.state === 'needs-rule' || lost.has(side))
    const wanted = sides.filter(isWanted)
    const drafts = makeDrafts(
      wanted.flatMap(({ claims }) => (typeof claims === 'string' ? [] : claims)),
      context,
    )
    const written = writeAll(drafts, format, compiled)
    const checked = check(compiled, written, sides, format, isWanted)
    const refused = checked.filter(({ side, why }) => !leftOut.has(side) && why !== 'lost')
    for (const { side, why } of refused) if (why !== 'lost') leftOut.set(side, why)
    const before = lost.size
    if (refused.length > 0) lost.clear()
    else for (const { side, why } of checked) if (why === 'lost' && !leftOut.has(side)) lost.add(side)
    if (refused.length === 0 && lost.size === before)
      return {
        drafts: written,
        leftOut: [...leftOut].map(([{ flow, direction }, reason]) => ({ flow, direction, reason })),
      }
  }
}

/** By namespace and labels; names do not depend on what else is suggested elsewhere. */
function writeAll(drafts: readonly Draft[], format: SuggestionFormat, { catalogue }: CompiledPolicies) {
  const taken = new Set(
    catalogue.model.objects.flatMap(({ apiVersion, kind, metadata }) =>
      kind === format.kind && apiVersion === format.apiVersion ? [nameOf(metadata)] : [],
    ),
  )
  return [...drafts]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((draft) => ({ draft, manifest: writeDraft(draft, format, taken) }))
}

const keyOf = ({ namespace, workloads, chosen }: Draft) =>
  JSON.stringify([namespace, workloads.map(({ name }) => name).sort(), chosen.labels])

/** `namespace/name`, as the metadata of an object has them. */
function nameOf(metadata: unknown): string {
  if (typeof metadata !== 'object' || metadata === null) return ''
  const namespace = 'namespace' in metadata && metadata.namespace !== '' ? metadata.namespace : 'default'
  return `${String(namespace)}/${'name' in metadata ? String(metadata.name) : ''}`
}

type Finding = { readonly side: Side; readonly why: LeftOutReason | 'lost' }

/** The sides that the policies, together with what is there, do not allow as they should. */
function check(
  { catalogue, options }: CompiledPolicies,
  written: Settled['drafts'],
  sides: readonly Side[],
  { layer }: SuggestionFormat,
  isWanted: (side: Side) => boolean,
): readonly Finding[] {
  const { model } = catalogue
  const objects = [...model.objects, ...written.map(({ manifest }) => manifest)]
  const after = compilePolicies({ ...model, objects }, options)
  const selected = new Set(written.flatMap(({ draft }) => draft.chosen.selects))
  return sides.flatMap((side): readonly Finding[] => {
    if (!selected.has(side.own)) return []
    const { verdict, reason } = judgementOf(evaluate(after, side.flow.flow), layer, side.direction)
    const wanted = isWanted(side)
    if (verdict === 'allowed' && !(wanted && reason.code === 'no-policy')) return []
    if (!wanted && side.state === 'needs-rule') return []
    if (!wanted) return [{ side, why: typeof side.claims === 'string' ? side.claims : 'lost' }]
    return [{ side, why: verdict === 'allowed' ? 'not-judged' : verdict === 'undefined' ? 'open' : 'denied-by-policy' }]
  })
}
