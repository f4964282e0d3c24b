import type { Judgement, PolicyVerdict } from '../decision'
import { evaluate } from '../evaluate'
import { explainWhy } from '../explain'
import type { PolicyGround } from '../ground'
import { type PreparedGround, prepareGround } from '../what-if'
import { endOfGround, isHidden } from '../what-if/ground-end'
import { objectText } from './object-text'
import type { Proposal, Proposals, Wish, WishedEdge } from './proposal'
import { allowSide } from './propose/allow-side'
import { denySide } from './propose/deny-side'
import { proposeIsolation } from './propose/propose-isolation'
import type { Part, Question, Ways } from './propose/part'
import { measured, type Sketch, sketch, type TextOf } from './propose/try-parts'

/** Bounds of what is tried: the engine is asked for each. */
const mostTried = 16
const mostMeasured = 5
const mostPerSide = 6

/**
 * The smallest edits that make something so. Each is tried: only those after which the engine says what was wished are
 * given, those first that change the fewest other connections.
 * @param textOf the text of an object, to be edited as it is written; absent: it is written out
 */
export const proposeEdits = (ground: PolicyGround, wish: Wish, textOf: TextOf = objectText): Proposals =>
  proposeOn(prepareGround(ground), wish, textOf)

/** The same on a ground that is prepared already, which a worker keeps. */
export function proposeOn(prepared: PreparedGround, wish: Wish, textOf: TextOf = objectText): Proposals {
  if (wish.wish === 'isolate') return proposeIsolation(prepared, wish, textOf)
  const question = questionOf(prepared, wish.edge)
  if (!question) return { now: null, proposals: [], notes: [unnamed(wish.edge)] }
  const { compiled, flow } = question
  const decision = evaluate(compiled, flow)
  const what = flow.port === null ? flow.protocol : `${flow.protocol} ${flow.port}`
  const now = { verdict: decision.verdict, why: explainWhy(compiled, flow, decision, what) }
  if (wish.edge.port === null) return { now, proposals: [], notes: ['The port of this connection is not known.'] }
  const wanted = wish.wish === 'deny' || (wish.wish === 'why' && decision.verdict === 'allowed') ? 'denied' : 'allowed'
  if (decision.verdict === wanted) return { now, proposals: [], notes: [`It is ${wanted} already.`] }
  const sides = [decision.ingress, decision.mesh, decision.egress]
  if (wanted === 'denied')
    return answer(
      prepared,
      question,
      wanted,
      now,
      sides.map((side) => denySide(question, side)),
      textOf,
    )
  const closed = sides.filter(({ verdict }) => verdict !== 'allowed')
  const open = closed.flatMap(({ reason }) => (reason.code === 'open' ? reason.doubts : []))
  const found = closed.filter(({ verdict }) => verdict === 'denied').map((side) => allowSide(question, side))
  const both = found.length > 1 ? [`${sidesWords(closed)} deny this, so each is changed.`] : []
  const ways: Ways = {
    ways: product(found.map((one) => one.ways)),
    notes: [...both, ...found.flatMap(({ notes }) => notes), ...open],
  }
  return answer(prepared, question, wanted, now, [ways], textOf)
}

function questionOf(prepared: PreparedGround, { from, to, protocol, port }: WishedEdge): Question | null {
  const { ground } = prepared
  const [source, destination] = [endOfGround(ground, from), endOfGround(ground, to)]
  if (!source || !destination) return null
  const choice = { protocol, port: port === null ? ('any' as const) : { from: port, to: port } }
  const flow = { from: source, to: destination, protocol, port }
  return { ground, compiled: prepared.compiled('left-out'), flow, port: choice }
}

/** Why nothing can be asked about an edge. */
const unnamed = ({ from, to }: WishedEdge) =>
  isHidden(from) || isHidden(to)
    ? 'An end of this connection is outside your scope, so what decides it is not told here and no edit can name it. Who sees both ends can change it.'
    : 'An end of this connection is not known, so nothing can name it.'

const sidesWords = (sides: readonly Judgement[]) =>
  sides
    .map(({ layer, direction }, i) => `${i === 0 ? 'The' : 'the'} ${layer === 'mesh' ? 'mesh' : direction}`)
    .join(' and ')

/** One way of each side, the first ones of each. */
function product(all: readonly (readonly (readonly Part[])[])[]): readonly (readonly Part[])[] {
  if (all.length === 0) return []
  const least = all.length > 1 ? 4 : mostTried
  return all.reduce<readonly (readonly Part[])[]>(
    (combined, ways) => combined.flatMap((parts) => ways.slice(0, least).map((more) => [...parts, ...more])),
    [[]],
  )
}

function answer(
  prepared: PreparedGround,
  question: Question,
  wanted: PolicyVerdict,
  now: Proposals['now'],
  found: readonly Ways[],
  textOf: TextOf,
): Proposals {
  const small = (parts: readonly Part[]) => parts.reduce((sum, { how }) => sum + sizes[how], 0)
  const tried = found
    .flatMap(({ ways }) => ways.slice(0, found.length > 1 ? mostPerSide : mostTried))
    .toSorted((a, b) => small(a) - small(b))
    .slice(0, mostTried)
  const holding: Sketch[] = []
  for (const parts of tried) {
    const first = holding.length < mostMeasured ? sketch(prepared, parts, textOf) : null
    const one = first && holds(prepared, question, wanted, first, textOf)
    if (one) holding.push(one)
  }
  const notes = [...new Set(found.flatMap((one) => one.notes))]
  return {
    now,
    proposals: ranked(holding.map((one) => measured(prepared, question, one))),
    notes,
  }
}

const mostRounds = 3
const verdictOf = ({ flow }: Question, { after }: Sketch) => evaluate(after, flow).verdict

/** The sketch where it does what is wished; else with what stands in the way of it changed too. */
function holds(
  prepared: PreparedGround,
  question: Question,
  wanted: PolicyVerdict,
  first: Sketch,
  textOf: TextOf,
): Sketch | null {
  let at = first
  for (let round = 0; round < mostRounds; round++) {
    if (verdictOf(question, at) === wanted) return at
    const [part] = wanted === 'denied' ? nextDenial(question, at) : []
    const more = part ? sketch(prepared, [...at.parts, part], textOf) : null
    if (!more) return null
    at = more
  }
  return verdictOf(question, at) === wanted ? at : null
}

/** Where another rule still lets it pass at the same side, what narrows that one too. */
function nextDenial(question: Question, { after: compiled, parts }: Sketch): readonly Part[] {
  const done = new Set(parts.map(({ ref }) => `${ref.kind} ${ref.namespace} ${ref.name}`))
  const { ingress, egress } = evaluate(compiled, question.flow)
  return [ingress, egress].flatMap((side) => {
    const { rule } = side
    if (!rule || done.has(`${rule.policy.kind} ${rule.policy.namespace} ${rule.policy.name}`)) return []
    return denySide(question, side)
      .ways.flatMap((way) => way.slice(0, 1))
      .slice(0, 1)
  })
}

const sizes: Readonly<Record<Proposal['how'], number>> = {
  'add-peer': 0,
  'remove-peer': 0,
  except: 0,
  'widen-ports': 1,
  'add-rule': 2,
  'remove-rule': 3,
  'new-policy': 4,
  several: 5,
}

function ranked(proposals: readonly Proposal[]): readonly Proposal[] {
  const distinct = [...new Map(proposals.map((one) => [one.key, one])).values()]
  const others = ({ othersAllowed, othersDenied }: Proposal) => othersAllowed + othersDenied
  const wrong = ({ cautions }: Proposal) => cautions.length
  return distinct.sort(
    (a, b) => others(a) - others(b) || sizes[a.how] - sizes[b.how] || wrong(a) - wrong(b) || (a.key < b.key ? -1 : 1),
  )
}
