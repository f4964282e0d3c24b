import { coverOf, secondsOf } from './covered'
import { countsAt, detoursOf } from './detours'
import { classifyEdge } from './encryption/classify-edge'
import { exposureOf } from './encryption/exposure'
import { seatsOf } from './encryption/seats'
import { endpointKey } from './endpoint'
import { fuse } from './fuse'
import { medianOf } from './median'
import { addTally, emptyTally, percentilesOfTally, type Tally } from './tally'
import { minPastResponses } from './tolerances'
import { compactSketch, type Sketch } from './sketch'
import { type Baseline, type Edge, storedIds, type Usual, type UsualEdge, type World } from './world'

type Part = { readonly tally: Tally; readonly seconds: number }
type EdgeDraft = { edge: Edge; readonly parts: Part[]; plain: number; evident: number }

/** The usual of everything that was seen in these Worlds, which follow each other. O(edges of all). */
export function buildBaseline(worlds: readonly World[]): Baseline | null {
  const [first] = worlds
  const last = worlds.at(-1)
  if (!first || !last) return null
  const edges = new Map<number, EdgeDraft>()
  const nodes = new Map<string, Part[]>()
  for (const world of worlds) {
    const received = new Map<string, Part>()
    const detours = detoursOf(world)
    const seats = seatsOf(world)
    for (const worldEdge of world.edges) {
      const { edge, rows } = worldEdge
      const { tally } = fuse(rows, coverOf(world, edge))
      const seconds = secondsOf(world, edge.to.cluster, edge.from.cluster)
      const ids = storedIds(worldEdge)
      const known = ids.map((id) => edges.get(id)).find((draft) => draft !== undefined)
      const draft: EdgeDraft = known ?? { edge, parts: [], plain: 0, evident: 0 }
      draft.edge = edge
      draft.parts.push({ tally, seconds })
      const exposure = exposureOf(classifyEdge(worldEdge, seats, coverOf(world, edge)))
      draft.plain += exposure?.exposed ?? 0
      draft.evident += exposure ? exposure.exposed + exposure.encrypted : 0
      for (const id of ids) edges.set(id, draft)
      if (!countsAt(detours, edge, 'to')) continue
      const key = endpointKey(edge.to)
      const node = received.get(key) ?? { tally: emptyTally(), seconds }
      addTally(node.tally, tally)
      received.set(key, node)
    }
    for (const [key, part] of received) {
      const parts = nodes.get(key)
      if (parts) parts.push(part)
      else nodes.set(key, [part])
    }
  }
  const finished = new Map<EdgeDraft, UsualEdge>()
  const usualEdge = (draft: EdgeDraft): UsualEdge => {
    let usual = finished.get(draft)
    if (!usual) {
      const { edge, parts, plain, evident } = draft
      finished.set(
        draft,
        (usual = { ...usualOf(parts), edge, plaintext: evident > 0 ? plain / evident : null, denied: deniedIn(parts) }),
      )
    }
    return usual
  }
  return {
    window: { from: first.window.from, to: last.window.to },
    parts: worlds.length,
    seconds: worlds.reduce((sum, { coveredSeconds }) => sum + coveredSeconds, 0),
    nodes: new Map([...nodes].map(([key, parts]) => [key, usualOf(parts)])),
    edges: new Map([...edges].map(([id, draft]) => [id, usualEdge(draft)])),
  }
}

function usualOf(parts: readonly Part[]): Usual {
  const responses = parts.reduce((sum, { tally }) => sum + (tally.responses ?? 0), 0)
  // A part with few responses says little; where all have few, all of them together may say enough.
  const telling = parts.filter(({ tally }) => (tally.responses ?? 0) >= minPastResponses)
  const tallies = telling.length > 0 ? telling.map(({ tally }) => tally) : [together(parts)]
  const enough = responses >= minPastResponses
  const sketches = parts.flatMap(({ tally }) => tally.latency ?? [])
  return {
    responses,
    errorRatio: enough ? ratio(tallies, 'serverErrors') : null,
    clientErrorRatio: enough ? ratio(tallies, 'clientErrors') : null,
    p95: enough ? median(tallies.map((tally) => percentilesOfTally(tally)[1])) : null,
    latency: sketches.length > 0 ? compactSketch(joinSketches(sketches)) : null,
    requestRate: rate(parts, 'requests'),
    flowRate: rate(parts, 'flows'),
    parts: parts.length,
  }
}

const ratio = (tallies: readonly Tally[], errors: 'serverErrors' | 'clientErrors'): number | null =>
  median(tallies.map(({ [errors]: failed, responses }) => (responses && failed !== null ? failed / responses : null)))

const deniedIn = (parts: readonly Part[]): number =>
  parts.reduce((sum, { tally }) => sum + (tally.verdicts.denied ?? 0), 0)

/** A part in which it was not seen at all counts nothing here: whether it was silent or unseen is not told apart. */
function rate(parts: readonly Part[], figure: 'requests' | 'flows'): number | null {
  return median(
    parts.map(({ tally, seconds }) => {
      const n = tally[figure]
      return n === null || seconds <= 0 ? null : (tally.rates?.[figure] ?? n / seconds)
    }),
  )
}

function together(parts: readonly Part[]): Tally {
  const sum = emptyTally()
  for (const { tally } of parts) addTally(sum, tally)
  return sum
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : medianOf(known)
}

function joinSketches(sketches: readonly Sketch[]): Sketch {
  const joined = new Uint8Array(sketches.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const sketch of sketches) {
    joined.set(sketch, at)
    at += sketch.length
  }
  return joined
}
