import {
  changedPaths,
  differences,
  type FieldPath,
  inPlaceOf,
  metadataText,
  pathText,
  sameManifest,
  writtenPart,
} from '@/core/policy/apply/manifest'
import { fieldOwners, lastWriter, managersOf, owns } from '@/core/policy/apply/managed-fields'
import type { FieldConflict } from '@/core/policy/apply/write-result'
import type { ObjectOwner } from '@/core/policy/ground'
import type { ModelObject } from '@/core/policy/model'
import { ownerOfManifest } from '@/core/policy/object-owner'
import { isFields } from '@/core/policy/read'
import {
  applyObject,
  fieldManager,
  readObject,
  deleteObject,
  replaceObject,
  type WriteClient,
  type Written,
} from '@/server/kubernetes/write'
import { conflictSentence, KubeWriteError, objectWords, writeProblem } from '@/server/kubernetes/write-error'
import { targetOf, targetOfRef, type WriteTarget } from '@/server/kubernetes/write-target'
import type { AskedChange } from './policy-input'
import { ownedProblem, changedProblem, existsProblem } from './policy-problems'
import type { WriterWords } from './writer-words'

/** A change of one object that the API server has said it would accept, and how it is to be sent. */
export type PreparedChange = {
  readonly target: WriteTarget
  readonly change: 'put' | 'delete'
  /** `none`: it is so already. */
  readonly act: 'create' | 'apply' | 'replace' | 'delete' | 'none'
  /** Of `apply`: takes fields of managers that a person has named. */
  readonly force: boolean
  /** What is sent. */
  readonly body: ModelObject | null
  readonly before: ModelObject | null
  /** As the API server would keep it. */
  readonly after: ModelObject | null
  readonly warnings: readonly string[]
  readonly tookOver: readonly string[]
  readonly overrode: ObjectOwner | null
}

export const targetOfChange = (asked: AskedChange): WriteTarget =>
  asked.change === 'put' ? targetOf(asked.object) : targetOfRef(asked.ref, asked.apiVersion)

/** Reads the object anew, checks that it is the one that was opened and whose it is, and tries the change. Writes nothing. Throws KubeWriteError. */
export async function preparePolicyChange(
  client: WriteClient,
  asked: AskedChange,
  writer: WriterWords,
): Promise<PreparedChange> {
  const target = targetOfChange(asked)
  const fresh = await readObject(client, target)
  if (asked.change === 'put' && fresh && sameManifest(fresh, asked.object)) return unchanged(target, 'put', fresh)
  if (asked.change === 'delete' && !fresh) return unchanged(target, 'delete', null)
  if (!fresh) return prepareCreation(client, target, asked, writer)
  await checkVersion(target, fresh, asked, writer)
  const overrode = checkOwner(target, fresh, asked.overrideOwner)
  return asked.change === 'delete'
    ? prepareDeletion(client, target, fresh, overrode)
    : prepareUpdate(client, target, fresh, asked, overrode)
}

const nothingSpecial = { force: false, body: null, warnings: [], tookOver: [], overrode: null } as const

const unchanged = (target: WriteTarget, change: 'put' | 'delete', fresh: ModelObject | null): PreparedChange => ({
  ...nothingSpecial,
  target,
  change,
  act: 'none',
  before: fresh,
  after: fresh,
})

type Put = Extract<AskedChange, { change: 'put' }>

async function prepareCreation(
  client: WriteClient,
  target: WriteTarget,
  asked: AskedChange,
  writer: WriterWords,
): Promise<PreparedChange> {
  if (asked.change === 'delete' || asked.resourceVersion !== null) {
    const who = asked.opened ? await writer(target.ref, null, metadataText(asked.opened, 'uid')) : ''
    throw new KubeWriteError(
      writeProblem(
        'gone',
        `${objectWords(target)} was deleted since you opened it${who}. Write it as a new one, or leave it.`,
      ),
    )
  }
  return prepareNew(client, target, asked.object)
}

/** Tries to create an object. Throws KubeWriteError. */
export async function prepareNew(
  client: WriteClient,
  target: WriteTarget,
  object: ModelObject,
): Promise<PreparedChange> {
  const body = writtenPart(object)
  const tried = await applyObject(client, target, body, { dryRun: true, force: false, creates: true })
  const { warnings, object: after } = tried
  return { ...nothingSpecial, target, change: 'put', act: 'create', body, before: null, after, warnings }
}

/** Tries to delete an object that is there. Throws KubeWriteError. */
export async function prepareDeletion(
  client: WriteClient,
  target: WriteTarget,
  fresh: ModelObject,
  overrode: ObjectOwner | null,
): Promise<PreparedChange> {
  const { warnings } = await deleteObject(client, target, preconditionsOf(fresh), true)
  return { ...nothingSpecial, target, change: 'delete', act: 'delete', before: fresh, after: null, warnings, overrode }
}

export const preconditionsOf = (object: ModelObject) => ({
  uid: metadataText(object, 'uid'),
  resourceVersion: metadataText(object, 'resourceVersion'),
})

/**
 * Server-side apply says what we want, and only that: what others own and we leave out stays. So it is tried beside a
 * replacement, which says all of it; where both come to the same, apply is sent, else the replacement. Fields that
 * others own are changed only where a person has named these others. Throws KubeWriteError.
 */
export async function prepareUpdate(
  client: WriteClient,
  target: WriteTarget,
  fresh: ModelObject,
  { object, takeOver }: Pick<Put, 'object' | 'takeOver'>,
  overrode: ObjectOwner | null,
): Promise<PreparedChange> {
  const wanted = writtenPart(object)
  const metadata = isFields(wanted.metadata) ? wanted.metadata : {}
  const body = { ...wanted, metadata: { ...metadata, resourceVersion: metadataText(fresh, 'resourceVersion') } }
  const apply = (force: boolean) => applyObject(client, target, body, { dryRun: true, force, creates: false })
  const { tried, refused } = await applyOrConflicts(apply)
  const whole = inPlaceOf(fresh, object)
  const replaced = await replaceObject(client, target, whole, true).catch((thrown: unknown) => {
    // Who may patch and not update can still apply, as long as nothing has to be taken away from others.
    if (thrown instanceof KubeWriteError && thrown.problem.code === 'forbidden') return null
    throw thrown
  })
  const left = leftovers(tried.object, replaced?.object ?? null, fresh, wanted)
  const conflicts = mergeConflicts(fresh, refused, left)
  const others = conflicts.filter(({ manager }) => manager !== fieldManager)
  if (others.some(({ manager }) => !takeOver.includes(manager)))
    throw new KubeWriteError(
      writeProblem('conflict', conflictSentence(objectWords(target), others), { conflicts: others }),
    )
  const common = {
    target,
    change: 'put' as const,
    before: fresh,
    tookOver: others.map(({ manager }) => manager),
    overrode,
  }
  if (left.length === 0)
    return { ...common, act: 'apply', force: refused.length > 0, body, after: tried.object, warnings: tried.warnings }
  const exact = replaced ?? (await replaceObject(client, target, whole, true))
  return { ...common, act: 'replace', force: false, body: whole, after: exact.object, warnings: exact.warnings }
}

/** An apply tried without force, and where that is refused the conflicts, with what it would be with force. */
async function applyOrConflicts(
  apply: (force: boolean) => Promise<Written>,
): Promise<{ readonly tried: Written; readonly refused: readonly FieldConflict[] }> {
  try {
    return { tried: await apply(false), refused: [] }
  } catch (thrown) {
    if (!(thrown instanceof KubeWriteError) || thrown.problem.conflicts.length === 0) throw thrown
    return { tried: await apply(true), refused: thrown.problem.conflicts }
  }
}

/** Set by the API server where they are left out, so that their being there means nothing. */
const defaulted = new Set<string | number | undefined>(['policyTypes', 'protocol', 'types'])

/** Paths that would stay although the wanted object has them not. Without a replacement to compare with: those that were there before. */
function leftovers(
  applied: ModelObject,
  replaced: ModelObject | null,
  fresh: ModelObject,
  wanted: ModelObject,
): readonly FieldPath[] {
  if (replaced) return differences(writtenPart(applied), writtenPart(replaced))
  const missing = differences(writtenPart(applied), wanted).filter((path) => valueAt(wanted, path) === undefined)
  return missing.filter((path) => valueAt(fresh, path) !== undefined && !defaulted.has(path.at(-1)))
}

const valueAt = (value: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>(
    (at, part) => (Array.isArray(at) ? at[Number(part)] : isFields(at) ? at[part] : undefined),
    value,
  )

/** Conflicts by manager with the time of its last write: those that were refused, and who owns what would stay. */
function mergeConflicts(
  fresh: ModelObject,
  refused: readonly FieldConflict[],
  left: readonly FieldPath[],
): FieldConflict[] {
  const found = new Map(refused.map(({ manager, fields }) => [manager, new Set(fields)]))
  const owners = fieldOwners(fresh)
  for (const path of left) {
    const whose = owners.filter(
      ({ manager, operation, fields }) => (manager !== fieldManager || operation !== 'Apply') && owns(fields, path),
    )
    for (const { manager } of whose.length > 0 ? whose : [{ manager: 'unknown' }])
      found.set(manager, (found.get(manager) ?? new Set()).add(`.${pathText(path)}`))
  }
  const known = managersOf(fresh)
  return [...found].map(([manager, fields]) => {
    const { operation = 'unknown', time = null } = known.find((one) => one.manager === manager) ?? {}
    return { manager, operation, time, fields: [...fields] }
  })
}

/** The object has to be the one that was opened; one whose status alone changed is. Throws KubeWriteError. */
async function checkVersion(
  target: WriteTarget,
  fresh: ModelObject,
  { resourceVersion, opened }: AskedChange,
  writer: WriterWords,
): Promise<void> {
  if (resourceVersion !== null && metadataText(fresh, 'resourceVersion') === resourceVersion) return
  if (resourceVersion !== null && opened && sameUid(opened, fresh) && sameManifest(opened, fresh)) return
  const [by, who] = [lastWriter(fresh), await writer(target.ref, fresh)]
  if (resourceVersion === null) throw new KubeWriteError(existsProblem(target, by, who))
  throw new KubeWriteError(changedProblem(target, by, who, opened ? changedPaths(opened, fresh) : []))
}

const sameUid = (opened: ModelObject, fresh: ModelObject): boolean =>
  ['', metadataText(fresh, 'uid')].includes(metadataText(opened, 'uid'))

/** Who keeps it, where a person has chosen to override that; null where nobody does. Throws KubeWriteError. */
function checkOwner(target: WriteTarget, fresh: ModelObject, overrideOwner: string | null): ObjectOwner | null {
  const owner = ownerOfManifest(fresh, managersOf(fresh))
  if (owner.type === 'people' || owner.type === 'unknown') return null
  if (overrideOwner !== owner.type) throw new KubeWriteError(ownedProblem(target, owner))
  return owner
}
