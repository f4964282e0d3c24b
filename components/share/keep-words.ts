import { keepChoices, type KeepFor } from '@/core/links/link'
import { parseDuration } from '@/core/time-param'
import { formatDuration } from '../format'

const words: Readonly<Record<KeepFor, string>> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  never: 'No end',
}

const msOf = (choice: KeepFor): number => parseDuration(choice) ?? Number.POSITIVE_INFINITY

/** How long a link may be kept where it is at most so long; the shortest is always there. */
export const choicesWithin = (longest: number | null): readonly KeepFor[] =>
  keepChoices.filter((choice, i) => longest === null || msOf(choice) <= longest || i === 0)

/** What a choice comes to: the server keeps no link longer than it may. */
export const keepLabel = (choice: KeepFor, longest: number | null): string =>
  longest !== null && msOf(choice) > longest ? formatDuration(longest) : words[choice]
