import type { Picked } from '@/core/policy/edit/match-picks'
import { podsOf } from '@/core/policy/edit/match-picks'
import type { Workload } from '@/core/policy/model'
import { plural } from '../../format'

const mostNamed = 12

/** `accounts/reports`, or the name alone within its own namespace. */
export const nameWithin = ({ namespace, name }: Workload, own: string | null): string =>
  namespace === own ? name : `${namespace} / ${name}`

/** Names of those that are picked, the first few. */
export function pickedNames(picked: Picked, own: string | null): string {
  if (picked === 'unknown') return ''
  const names = picked.workloads.map((one) => nameWithin(one, own))
  const more = names.length - mostNamed
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** `2 workloads, 5 pods`; nobody is said with a word, and what is not looked at is not said at all. @param hides others may be there unseen */
export function pickedCount(picked: Picked, hides = false): string {
  if (picked === 'unknown') return ''
  const { workloads } = picked
  if (workloads.length === 0) return hides ? 'nobody that you may see' : 'nobody now'
  return `${plural(workloads.length, 'workload')}, ${plural(podsOf(workloads), 'pod')}`
}

type Props = { picked: Picked; own: string | null; hides?: boolean }

/** How many match now; their names are shown on hover and focus, and spoken. */
export function PickedWords({ picked, own, hides = false }: Props) {
  const count = pickedCount(picked, hides)
  if (count === '') return null
  const names = pickedNames(picked, own)
  if (names === '') return <span>{count}</span>
  return (
    <span className="group/picked relative">
      <button
        type="button"
        className="rounded-sm text-left underline decoration-line-strong decoration-dotted underline-offset-2"
        aria-label={`${count}: ${names}`}
      >
        {count}
      </button>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute top-full left-0 z-20 mt-1 hidden w-max max-w-64 rounded-md border border-line bg-raised px-2 py-1 text-xs text-fg shadow-float group-focus-within/picked:block group-hover/picked:block"
      >
        {names}
      </span>
    </span>
  )
}
