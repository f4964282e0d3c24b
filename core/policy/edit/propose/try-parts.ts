import type { CompiledPolicies } from '../../compile'
import { connections } from '../../connections'
import { endName } from '../../explain'
import type { ObjectOwner } from '../../ground'
import type { ModelObject } from '../../model'
import { refKey } from '../../normal-form'
import type { PolicyChange } from '../../policy-change'
import { policyName } from '../../policy-name'
import { subtractPorts } from '../../port-set'
import { type PortSet, portProtocols } from '../../ports'
import { draftCompiled, type PreparedGround, whatIf } from '../../what-if'
import type { EdgeEffect } from '../../what-if/answer'
import { applyEdit } from '../apply-edit'
import { objectText } from '../object-text'
import type { Proposal, ProposedChange } from '../proposal'
import { readDraftText } from '../read-draft-text'
import { type Part, policyAt, type Question } from './part'

export type TextOf = (object: ModelObject) => string
/** A proposal that was not tried yet. */
export type Sketch = {
  readonly parts: readonly Part[]
  readonly changes: readonly ProposedChange[]
  readonly draft: readonly PolicyChange[]
  /** All policies with the draft. */
  readonly after: CompiledPolicies
}

/** The texts that parts make of the objects; null: one of them cannot be made. */
export function sketch(prepared: PreparedGround, parts: readonly Part[], textOf: TextOf): Sketch | null {
  const { ground } = prepared
  const changes = new Map<string, ProposedChange>()
  for (const { ref, edits } of parts) {
    const key = refKey(ref)
    if (!isEdits(edits)) {
      changes.set(key, { ref, before: null, after: objectText(edits), owner: null })
      continue
    }
    const object = policyAt(ground, ref)?.object
    const before = changes.get(key)?.before ?? (object ? textOf(object) : null)
    let text = changes.get(key)?.after ?? before
    for (const edit of edits) {
      const done = text === null ? null : applyEdit(text, 0, edit)
      if (!done || 'refused' in done) return null
      text = done.text
    }
    if (before === null || text === null) return null
    changes.set(key, { ref, before, after: text, owner: ownerOf(ground, key) })
  }
  const objects = [...changes.values()].map(({ after }) => readDraftText(after).objects[0]?.object)
  if (objects.some((object) => object === undefined)) return null
  const draft = objects.flatMap((object): readonly PolicyChange[] => (object ? [{ change: 'put', object }] : []))
  return { parts, changes: [...changes.values()], draft, after: draftCompiled(prepared, draft, 'left-out') }
}

const isEdits = (edits: Part['edits']): edits is Exclude<Part['edits'], ModelObject> => Array.isArray(edits)

function ownerOf(ground: PreparedGround['ground'], key: string): ObjectOwner | null {
  return ground.records.find(({ ref }) => refKey(ref) === key)?.owner ?? { type: 'unknown' }
}

/** The proposal with what it does besides. */
export function measured(
  prepared: PreparedGround,
  question: Question | null,
  { parts, changes, draft, after }: Sketch,
): Proposal {
  const answer = whatIf(prepared, draft, { staged: 'left-out' })
  const { opened, closed } = answer.possible.pairs
  const own = question ? pairChange(prepared, question, after) : noPair
  const more = own.others ? 1 : 0
  const [first] = parts
  const stopped = answer.effects['newly-denied']
  const others = stopped.edges - (question && stopped.shown.some((edge) => isWished(question, edge)) ? 1 : 0)
  return {
    key: parts
      .map(({ how, ref, edits }) => `${how} ${refKey(ref)} ${JSON.stringify(isEdits(edits) ? edits : '')}`)
      .join(' + '),
    how: parts.length === 1 && first ? first.how : 'several',
    sentence: `${parts.map(({ words }, i) => (i === 0 ? words : words.charAt(0).toLowerCase() + words.slice(1))).join(', and ')}.`,
    changes,
    othersAllowed: opened - (own.opened ? 1 : 0) + (own.opened ? more : 0),
    othersDenied: closed - (own.closed && !own.opened ? 1 : 0) + (own.opened ? 0 : more),
    cautions: [
      ...new Set([
        ...parts.flatMap(({ cautions }) => cautions),
        ...changes.flatMap(ownerCaution),
        ...answer.lockOuts.found.map(({ message }) => message),
        ...(own.others ? ['It changes other ports between the two as well.'] : []),
        ...(others > 0 ? [`Stops ${others} other recorded ${others === 1 ? 'edge' : 'edges'}.`] : []),
      ]),
    ],
  }
}

type PairChange = { readonly opened: boolean; readonly closed: boolean; readonly others: boolean }
const noPair: PairChange = { opened: false, closed: false, others: false }

/** What becomes of the wished pair; `others`: on more than the wished port. */
function pairChange(prepared: PreparedGround, { flow }: Question, after: CompiledPolicies): PairChange {
  if (flow.from.type !== 'workload' || flow.to.type !== 'workload') return noPair
  const [was, is] = [prepared.compiled('left-out'), after].map((one) => connections(one, flow.from, flow.to).allowed)
  const port = typeof flow.port === 'number' ? flow.port : 0
  const changes = portProtocols.map((protocol) => {
    const [old, next] = [was?.[protocol] ?? [], is?.[protocol] ?? []]
    const wished = protocol === flow.protocol ? [{ from: port, to: port }] : []
    const rest = (set: PortSet) => subtractPorts(set, wished).length > 0
    const [opened, closed] = [subtractPorts(next, old), subtractPorts(old, next)]
    return { opened: opened.length > 0, closed: closed.length > 0, others: rest(opened) || rest(closed) }
  })
  const some = (what: keyof PairChange) => changes.some((change) => change[what])
  return { opened: some('opened'), closed: some('closed'), others: some('others') }
}

const isWished = ({ flow }: Question, { from, to, protocol, port }: EdgeEffect) =>
  protocol === flow.protocol && port === flow.port && from.name === endName(flow.from) && to.name === endName(flow.to)

const keepers = { 'argo-cd': 'Argo CD', flux: 'Flux', helm: 'Helm' } as const

function ownerCaution({ ref, owner }: ProposedChange): readonly string[] {
  if (!owner || owner.type === 'people' || owner.type === 'unknown') return []
  const keeper = owner.type === 'controller' ? owner.kind : keepers[owner.type]
  return [`${policyName(ref)} is kept by ${keeper} (${owner.name}), which would undo a change that is made past it.`]
}
