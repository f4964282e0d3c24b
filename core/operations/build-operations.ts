import { coverOf, secondsOf } from '../series/covered'
import { buildDnsNames } from '../flows/dns-names'
import { fuse } from '../witness/fuse'
import { edgeHealth } from '../health/health'
import type { OperationRow } from './operation'
import { answersBy, type AnswersWitness, chooseAnswers, chooseOperations } from '../witness/operation-witness'
import { otherOperation } from './operation-name'
import type { FlagFigures, OperationFigures, Operations } from './operations'
import { flagMeaning } from '../flows/response-flags'
import { addAnswers, addCode, answerFigures, type AnswerSum, codeFigures, newAnswers } from '../figures/sum-answers'
import { addKnown, type Tally } from '../figures/tally'
import type { L7Protocol } from '../verdict'
import { witnessName } from '../witness/witness'
import { storedIds, type World, type WorldEdge } from '../world'

export type OperationsOptions = {
  readonly rows: readonly OperationRow[]
  /** Only requests of this application protocol. */
  readonly l7?: L7Protocol
}

/** Operations that an answer holds; those asked for least are counted together beyond. */
const maxShown = 500

type Sums = {
  readonly operations: Map<string, AnswerSum & { readonly name: string; readonly l7: L7Protocol }>
  readonly codes: AnswerSum
  readonly flags: Map<string, number>
  readonly told: { readonly operations: Set<string>; readonly codes: Set<string> }
  requests: number | null
}

/**
 * What is asked on these edges of the World, and how it is answered. Of each edge one witness tells the
 * operations and one the codes, the first in the order of core/witness/choose-witness.ts that knows them:
 * reporters of one call are never added. What the edge's own figures have more (core/witness/fuse.ts) is the
 * operation ''. O(rows of the edges).
 */
export function buildOperations(world: World, edges: readonly WorldEdge[], options: OperationsOptions): Operations {
  const byEdge = new Map<number, OperationRow[]>()
  for (const row of options.rows) {
    const own = byEdge.get(row.edgeId)
    if (own) own.push(row)
    else byEdge.set(row.edgeId, [row])
  }
  const sums: Sums = {
    operations: new Map(),
    codes: newAnswers(),
    flags: new Map(),
    told: { operations: new Set(), codes: new Set() },
    requests: null,
  }
  for (const worldEdge of edges) {
    const rows = storedIds(worldEdge).flatMap((id) => byEdge.get(id) ?? [])
    addEdge(sums, world, worldEdge, rows, options.l7)
  }
  const shown = [...sums.operations.values()].sort(byRequests)
  return {
    window: world.window,
    operations: foldRest(shown).map(operationFigures),
    codes: codeFigures(sums.codes),
    flags: flagFigures(sums),
    dns: buildDnsNames(shown.filter(({ l7, name }) => l7 === 'dns' && name !== '' && name !== otherOperation)),
    told: { operations: [...sums.told.operations].sort(), codes: [...sums.told.codes].sort() },
  }
}

function addEdge(
  sums: Sums,
  world: World,
  { edge, rows: edgeRows }: WorldEdge,
  all: readonly OperationRow[],
  wanted: L7Protocol | undefined,
): void {
  const own = edgeRows.filter(({ facet }) => facet.l7 !== 'none' && (!wanted || facet.l7 === wanted))
  if (own.length === 0) return
  const cover = coverOf(world, edge)
  const seconds = secondsOf(world, edge.to.cluster, edge.from.cluster)
  const { tally, l7 } = fuse(own, cover)
  const rows = all.filter(({ facet }) => !wanted || facet.l7 === wanted)
  sums.requests = addKnown(sums.requests, tally.requests)

  const witness = chooseOperations(rows, cover)
  const told = newAnswers()
  for (const row of answersBy(witness, rows)) {
    const { name, code } = row.operation
    if (name === '') continue
    const sum = operationSum(sums, row.facet.l7, name)
    for (const into of [sum, told]) addAnswers(into, row, secondsBy(witness, seconds))
    if (code !== '') addCode(sum, row.facet.l7, code, row.responses ?? 0)
  }
  if (witness) sums.told.operations.add(witnessName(witness))
  addRest(sums, l7, { all: tally, told: told.tally, seconds, nothingTold: witness === null })
  addCodes(sums, rows, chooseAnswers(rows, cover), { l7, responses: tally.responses })
}

const secondsBy = (witness: AnswersWitness, seconds: number): number =>
  witness && Number.isFinite(witness.cover) && witness.cover > 0 ? witness.cover : seconds

function operationSum({ operations }: Sums, l7: L7Protocol, name: string) {
  const key = `${l7} ${name}`
  let sum = operations.get(key)
  if (!sum) operations.set(key, (sum = { ...newAnswers(), l7, name }))
  return sum
}

type Rest = { readonly all: Tally; readonly told: Tally; readonly seconds: number; readonly nothingTold: boolean }

/** What the edge counted beyond what is told by operation. Its latency is known only where nothing was told. */
function addRest(sums: Sums, l7: L7Protocol, { all, told, seconds, nothingTold }: Rest): void {
  const beyond = (figure: 'requests' | 'responses' | 'clientErrors' | 'serverErrors') =>
    all[figure] === null ? null : Math.max(0, all[figure] - (told[figure] ?? 0))
  const rest = {
    requests: beyond('requests'),
    responses: beyond('responses'),
    clientErrors: beyond('clientErrors'),
    serverErrors: beyond('serverErrors'),
    latency: null,
  }
  if (!rest.requests && !(nothingTold && rest.responses)) return
  const sum = operationSum(sums, l7, '')
  addAnswers(sum, rest, seconds)
  if (nothingTold && all.latency) (sum.tally.latency ??= []).push(...all.latency)
}

function addCodes(
  sums: Sums,
  rows: readonly OperationRow[],
  witness: AnswersWitness,
  { l7, responses }: { readonly l7: L7Protocol; readonly responses: number | null },
): void {
  let told = 0
  for (const row of answersBy(witness, rows)) {
    const { code, flags } = row.operation
    if (code !== '') {
      addCode(sums.codes, row.facet.l7, code, row.responses ?? 0)
      told += row.responses ?? 0
    }
    const n = Math.max(row.requests ?? 0, row.responses ?? 0)
    for (const flag of flags === '' ? [] : flags.split(',')) sums.flags.set(flag, (sums.flags.get(flag) ?? 0) + n)
  }
  if (witness && told > 0) sums.told.codes.add(witnessName(witness))
  addCode(sums.codes, l7, '', (responses ?? 0) - told)
}

type Named = Sums['operations'] extends Map<string, infer S> ? S : never

const asked = ({ tally }: Named): number => Math.max(tally.requests ?? 0, tally.responses ?? 0)
const isLast = ({ name }: Named): number => (name === '' ? 2 : name === otherOperation ? 1 : 0)

const byRequests = (a: Named, b: Named): number =>
  isLast(a) - isLast(b) || asked(b) - asked(a) || (a.name < b.name ? -1 : 1)

/** Beyond what an answer holds, the rest of each protocol as its `(other)`. */
function foldRest(sorted: readonly Named[]): readonly Named[] {
  if (sorted.length <= maxShown) return sorted
  const kept = new Map(sorted.slice(0, maxShown).map((each) => [`${each.l7} ${each.name}`, each]))
  for (const each of sorted.slice(maxShown)) {
    const name = each.name === '' ? '' : otherOperation
    const key = `${each.l7} ${name}`
    const into = kept.get(key) ?? { ...newAnswers(), l7: each.l7, name }
    kept.set(key, into)
    const { requests, responses, clientErrors, serverErrors } = each.tally
    addAnswers(into, { requests, responses, clientErrors, serverErrors, latency: null }, 0)
    if (each.tally.latency) (into.tally.latency ??= []).push(...each.tally.latency)
    into.rate = addKnown(into.rate, each.rate)
    for (const { l7, code, responses: n } of each.codes.values()) addCode(into, l7, code, n)
  }
  return [...kept.values()].sort(byRequests)
}

function operationFigures(sum: Named): OperationFigures {
  const { health, why } = edgeHealth(sum.tally)
  return { name: sum.name, l7: sum.l7, health, why, ...answerFigures(sum) }
}

const flagFigures = ({ flags, requests }: Sums): readonly FlagFigures[] =>
  [...flags]
    .filter(([, n]) => n > 0)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([flag, n]) => ({
      flag,
      meaning: flagMeaning(flag),
      requests: n,
      share: requests ? Math.min(1, n / requests) : null,
    }))
