import { metadataText } from '@/core/policy/apply/manifest'
import { lastWriter, managersOf } from '@/core/policy/apply/managed-fields'
import type { ModelObject } from '@/core/policy/model'
import type { StoredPolicyChange } from '@/server/db/policy/read-policy-changes'
import { readObject, type WriteClient } from '@/server/kubernetes/write'
import { KubeWriteError, objectWords, writeProblem } from '@/server/kubernetes/write-error'
import { targetOfRef, type WriteTarget } from '@/server/kubernetes/write-target'
import { timeWords } from './policy-problems'
import { type PreparedChange, prepareDeletion, prepareNew, prepareUpdate } from './prepare-policy-change'
import { isAsLeft, type WriterWords } from './writer-words'

/** Why a change is not undone, whatever the object is now; null: it can be tried. */
export function whyNotUndone(row: StoredPolicyChange): string | null {
  if (row.undoneBy !== null)
    return `This was undone already, by change ${row.undoneBy.change} of ${row.undoneBy.by} at ${timeWords(row.undoneBy.at)}.`
  return whyNot[row.state]
}

const whyNot: Readonly<Record<StoredPolicyChange['state'], string | null>> = {
  applied: null,
  intended: 'What became of this change is not known yet. Look again in a minute.',
  failed: 'This change was never made, so there is nothing to undo.',
  unknown: 'What became of this change is not known, so it is not undone. Open the object and look.',
}

const opposites = { allowed: 'denied', denied: 'allowed', 'stays-allowed': 'stays-allowed' } as const

/** What the change was said to do, the other way round. */
export const opposite = ({ expected }: StoredPolicyChange) =>
  expected.map(({ edge, becomes }) => ({
    edge,
    becomes: opposites[becomes],
  }))

/** Tries to put an object back as it was before a change, if it is still as the change left it. Writes nothing. Throws KubeWriteError. */
export async function prepareUndo(
  client: WriteClient,
  row: StoredPolicyChange,
  writer: WriterWords,
): Promise<PreparedChange> {
  const target = targetOfRef(row.ref, row.apiVersion)
  const now = await readObject(client, target)
  if (row.change === 'delete') {
    if (now) throw new KubeWriteError(await problemOf('exists', target, now, 'There is one again', writer))
    return prepareNew(client, target, row.before ?? {})
  }
  if (!now) {
    const who = await writer(row.ref, null, row.uid)
    throw new KubeWriteError(
      writeProblem('gone', `${objectWords(target)} was deleted since${who}, so there is nothing to undo.`),
    )
  }
  if (!isAsLeft(row, now))
    throw new KubeWriteError(await problemOf('changed', target, now, 'It was changed since', writer))
  if (row.change === 'create') return prepareDeletion(client, target, now, null)
  // It is as this change left it, so whatever differs from before is this change's own.
  const takeOver = managersOf(now).map(({ manager }) => manager)
  return prepareUpdate(client, target, now, { object: row.before ?? {}, takeOver }, null)
}

/** Who stands in the way of an undo. */
async function problemOf(
  code: 'exists' | 'changed',
  target: WriteTarget,
  now: ModelObject,
  what: string,
  writer: WriterWords,
) {
  const who = await writer(target.ref, now)
  const created = metadataText(now, 'creationTimestamp')
  const when = who === '' && created !== '' ? ` at ${timeWords(Date.parse(created))}` : who
  return writeProblem(
    code,
    `${objectWords(target)} is not as this change left it. ${what}${when}; an undo would take that back too. Open it and change it there.`,
    { changedBy: lastWriter(now) },
  )
}
