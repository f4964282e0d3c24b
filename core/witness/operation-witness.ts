import { chooseWitness, orders } from './choose-witness'
import { noCounters } from '../figures/counters'
import type { OperationRow } from '../operations/operation'
import { isBy, type Witness, witnessesOf } from './witness'
import type { EdgeCover } from '../world'

/** Who told; null where nobody did. */
export type AnswersWitness = Witness | null

/** Who tells what was asked for: the first in order that knows any operation. O(rows). */
export const chooseOperations = (rows: readonly OperationRow[], cover: EdgeCover | null): AnswersWitness =>
  choose(
    rows.filter(({ operation }) => operation.name !== ''),
    cover,
  )

/** Who tells how it was answered: the first in order that knows any code or flag. O(rows). */
export const chooseAnswers = (rows: readonly OperationRow[], cover: EdgeCover | null): AnswersWitness =>
  choose(
    rows.filter(({ operation }) => operation.code !== '' || operation.flags !== ''),
    cover,
  )

/** Rows of what that witness saw. */
export const answersBy = (witness: AnswersWitness, rows: readonly OperationRow[]): readonly OperationRow[] =>
  witness ? rows.filter(({ facet }) => isBy(witness, facet)) : []

/** One witness for requests and responses: what two saw may have two names for one operation. */
function choose(rows: readonly OperationRow[], cover: EdgeCover | null): AnswersWitness {
  if (rows.length === 0) return null
  const witnesses = witnessesOf(
    rows.map((row) => ({ ...noCounters, ...row })),
    cover,
  )
  return chooseWitness(witnesses, orders.responses, null) ?? chooseWitness(witnesses, orders.requests, null)
}
