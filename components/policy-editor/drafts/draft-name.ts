import { formatDateTime } from '../../format'

const most = 120

/** What a new draft is called: what it is about and when it was begun. `n`: counts those of one name. */
export const draftName = (subject: string, now: number, n: number): string => {
  const end = `, ${formatDateTime(now, 'min')}${n > 1 ? ` (${n})` : ''}`
  return `${subject.slice(0, most - end.length)}${end}`
}
