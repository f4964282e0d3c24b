import type { WriteProblem } from '@/core/policy/apply/write-result'
import type { ObjectManager, ObjectOwner } from '@/core/policy/ground'
import { objectWords, writeProblem } from '@/server/kubernetes/write-error'
import type { WriteTarget } from '@/server/kubernetes/write-target'

/** Somebody made an object of this name meanwhile. `who`: WriterWords. */
export const existsProblem = (target: WriteTarget, by: ObjectManager | null, who: string): WriteProblem =>
  writeProblem('exists', `There is already a ${objectWords(target)}${who}. Open it and change it there.`, {
    changedBy: by,
  })

/** The object is not as it was opened. `who`: WriterWords. */
export function changedProblem(
  target: WriteTarget,
  by: ObjectManager | null,
  who: string,
  fields: readonly string[],
): WriteProblem {
  const what = fields.length > 0 ? ` (${fields.slice(0, 5).join(', ')})` : ''
  return writeProblem(
    'changed',
    `${objectWords(target)} was changed since you opened it${who}${what}: see what changed, then apply again.`,
    { changedBy: by, fields: fields.slice(0, 50).map((field) => ({ field, message: 'changed since' })) },
  )
}

/** Someone other than people keeps it. */
export const ownedProblem = (target: WriteTarget, owner: ObjectOwner): WriteProblem =>
  writeProblem(
    'owned',
    `${objectWords(target)} is kept by ${ownerWords(owner)}, which would undo this. Export the change and make it there.`,
    { owner },
  )

/** `Argo CD (application shop)`. */
export function ownerWords(owner: ObjectOwner): string {
  switch (owner.type) {
    case 'argo-cd':
      return `Argo CD${owner.name === '' ? '' : ` (application ${owner.name})`}`
    case 'flux':
      return `Flux${owner.name === '' ? '' : ` (${owner.name})`}`
    case 'helm':
      return `Helm (release ${owner.name})`
    case 'controller':
      return `the controller of ${owner.kind} ${owner.name}`
    case 'people':
      return owner.manager ?? 'people'
    case 'unknown':
      return 'somebody'
  }
}

/** ` by kubectl at 2026-03-01 10:12:05 UTC`; '' where nobody is known. */
export const writerWords = (by: ObjectManager | null): string =>
  by === null ? '' : ` by ${by.manager}${by.time === null ? '' : ` at ${timeWords(by.time)}`}`

export const timeWords = (time: number): string => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
