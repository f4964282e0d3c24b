import { queryOptions } from '@tanstack/react-query'
import type { UndoneBy } from '@/core/policy/apply/audited-change'
import type { Confirmation } from '@/core/policy/apply/expectation'
import type { PolicyRef } from '@/core/policy/normal-form'
import { getJson } from '../../api'
import { formatWhen, plural } from '../../format'

export type ConfirmationAnswer = {
  readonly plan: number
  readonly by: string
  readonly did: 'applied' | 'undone' | 'applied-again'
  readonly since: number
  readonly until: number
  readonly objects: readonly {
    readonly changeId: number
    readonly ref: PolicyRef
    readonly state: 'intended' | 'applied' | 'failed' | 'unknown'
    readonly appliedAt: number | null
    readonly seenAt: number | null
    readonly undoOf: number | null
    readonly undoneBy: UndoneBy | null
  }[]
  readonly edges: readonly Confirmation[]
  readonly counts: {
    readonly confirmed: number
    readonly contradicted: number
    readonly mixed: number
    readonly noTraffic: number
  }
}

const pollMs = 3_000

/** What traffic says of the plan of a change, and whether it was taken back. */
export const confirmationQuery = (change: number) =>
  queryOptions({
    queryKey: ['policies/confirmation', change],
    queryFn: ({ signal }) => getJson<ConfirmationAnswer>('policies/confirmation', { change }, signal),
    refetchInterval: pollMs,
  })

/** What took a plan back: `left` objects of it still stand. null: nothing of it was taken back. */
export function takenBack({ objects }: Pick<ConfirmationAnswer, 'objects'>) {
  const made = objects.filter(({ state }) => state === 'applied')
  const undos = made.flatMap(({ undoneBy }) => undoneBy ?? [])
  const last = undos.reduce<UndoneBy | null>((a, b) => (a && a.change > b.change ? a : b), null)
  return last && { last, count: undos.length, left: made.length - undos.length }
}

const didWords = { applied: 'Applied', undone: 'Undone', 'applied-again': 'Applied again' } as const

/** `Undone`; before the answer is there `Applied`. */
export const headWords = (answer: ConfirmationAnswer | undefined): string => didWords[answer?.did ?? 'applied']

/** Who made it when, what it took back, and what took it back since: `Taken back by bo at 10:12:05 (change 14).` */
export function originWords(answer: ConfirmationAnswer): string {
  const { by, objects } = answer
  const done = objects.flatMap(({ appliedAt }) => appliedAt ?? [])
  const when = done.length > 0 ? ` at ${formatWhen(Math.max(...done))}` : ''
  const undone = objects.flatMap(({ undoOf }) => undoOf ?? [])
  const what =
    undone.length > 0
      ? `, taking back ${undone.length === 1 ? 'change' : 'changes'} ${undone.toSorted((a, b) => a - b).join(', ')}`
      : ''
  const back = takenBack(answer)
  const since = back
    ? ` ${back.left === 0 ? 'Taken back' : `${plural(back.count, 'object')} of ${back.count + back.left} taken back`} by ${back.last.by} at ${formatWhen(back.last.at)} (change ${back.last.change}).`
    : ''
  return `By ${by}${when}${what}.${since}`
}
