import type { ObjectOwner } from '@/core/policy/ground'
import type { Severity } from '@/core/policy/lint/finding'
import type { Status } from '../status-mark'

const ownerTools = { 'argo-cd': 'Argo CD', flux: 'Flux', helm: 'Helm' } as const

/** Who keeps an object as it is, in one word or two: what a facet lists. */
export function ownerWord(owner: ObjectOwner): string {
  if (owner.type === 'controller') return 'operator'
  if (owner.type === 'people') return 'people'
  return owner.type === 'unknown' ? 'not known' : ownerTools[owner.type]
}

/** The same with its name: `Argo CD shop-policies`, `kubectl`, `Installation default`. */
export function ownerWords(owner: ObjectOwner): string {
  if (owner.type === 'controller') return `${owner.kind} ${owner.name}`
  // kubectl writes under a name for each of its commands.
  if (owner.type === 'people') return owner.manager?.replace(/^kubectl-.*/, 'kubectl') ?? 'people'
  if (owner.type === 'unknown') return owner.writer ? `not known, written by ${owner.writer}` : 'not known'
  return `${ownerTools[owner.type]} ${owner.name}`
}

/** Whether a change to the object itself would be undone by what keeps it. */
export const isKept = ({ type }: ObjectOwner): boolean => type !== 'people' && type !== 'unknown'

/** What to do about an owner that keeps the object; '' where it can be changed in place. */
export function ownerAdvice(owner: ObjectOwner): string {
  const copied = owner.copiedFrom ? `It carries the tracking id of ${owner.copiedFrom}, from which it was copied.` : ''
  if (owner.type === 'controller') return `${owner.kind} ${owner.name} would undo a change; change that one instead.`
  if (owner.type === 'people' || owner.type === 'unknown') return copied
  return `Changes belong in what ${ownerTools[owner.type]} reads; the editor writes a patch for it. ${copied}`.trim()
}

export const severityStatus: Readonly<Record<Severity, Status>> = { error: 'bad', warning: 'warn', info: 'unknown' }
