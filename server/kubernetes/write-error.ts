import type { ActedAs } from '@/core/policy/apply/audited-change'
import type { FieldConflict, WriteProblem, WriteProblemCode } from '@/core/policy/apply/write-result'
import { AppError, type ErrorCode } from '../errors'
import type { KubeStatus } from './status'
import type { WriteTarget } from './write-target'

const codes: Readonly<Record<WriteProblemCode, ErrorCode>> = {
  forbidden: 'forbidden',
  conflict: 'conflict',
  changed: 'conflict',
  exists: 'conflict',
  gone: 'conflict',
  owned: 'conflict',
  invalid: 'invalid',
  'not-served': 'invalid',
  unreachable: 'unavailable',
}

/** Why an object was not written, as people read it and as pages show it. */
export class KubeWriteError extends AppError {
  readonly problem: WriteProblem

  constructor(problem: WriteProblem, options?: { cause?: unknown }) {
    super(codes[problem.code], problem.sentence, options)
    this.problem = problem
  }
}

/** A problem with the parts that it has. */
export const writeProblem = (
  code: WriteProblemCode,
  sentence: string,
  more: Partial<Omit<WriteProblem, 'code' | 'sentence'>> = {},
): WriteProblem => ({ code, sentence, conflicts: [], fields: [], changedBy: null, owner: null, ...more })

export type WriteAttempt = {
  readonly target: WriteTarget
  readonly verb: 'get' | 'create' | 'patch' | 'update' | 'delete'
  readonly as: ActedAs | null
}

/** What an answer that is no success means for who asked. */
export function problemOfStatus(status: KubeStatus, attempt: WriteAttempt): WriteProblem {
  const { code, reason, message, causes } = status
  const { target } = attempt
  const named = objectWords(target)
  if (code === 401)
    return writeProblem(
      'forbidden',
      `The API server does not accept the console’s credentials (401). Renew the kubeconfig’s login or the service account’s token. It said: ${message}`,
    )
  if (code === 403) return forbidden(status, attempt)
  if (code === 404)
    return status.name === target.ref.name
      ? writeProblem('gone', `${named} is not there any more.`)
      : writeProblem(
          'not-served',
          `The cluster serves no ${target.plural} of ${target.apiVersion}. Install what defines them, or write another version.`,
        )
  if (code === 409) {
    const conflicts = conflictsOf(causes)
    if (conflicts.length > 0) return writeProblem('conflict', conflictSentence(named, conflicts), { conflicts })
    if (reason === 'AlreadyExists') return writeProblem('exists', `${named} is there already.`)
    return writeProblem('changed', `${named} was changed at this very moment. Open it again. It said: ${message}`)
  }
  if (code === 400 || code === 422 || code === 413) return invalid(status, named)
  return writeProblem('unreachable', `The API server did not do it (${code}). Try again. It said: ${message}`)
}

/** `NetworkPolicy shop/web`. */
export const objectWords = ({ ref }: Pick<WriteTarget, 'ref'>): string =>
  `${ref.kind} ${ref.namespace === null ? '' : `${ref.namespace}/`}${ref.name}`

/** Who asks, as the beginning of a sentence. */
export const actorWords = (as: ActedAs | null): string => as?.user ?? 'The console’s own account'

export function conflictSentence(named: string, conflicts: readonly FieldConflict[]): string {
  const whose = conflicts.map(({ manager, fields }) => `${manager} (${fields.slice(0, 5).join(', ')})`).join(' and ')
  return `${named}: what would change belongs to ${whose}. Take these fields over by naming who has them, or change them there.`
}

function forbidden({ message }: KubeStatus, { target, verb, as }: WriteAttempt): WriteProblem {
  if (/cannot impersonate/.test(message))
    return writeProblem(
      'forbidden',
      `The console may not act as ${actorWords(as)}. Bind a ClusterRole to its account that may impersonate this user and these groups (deploy/rights.yaml). It said: ${message}`,
    )
  const where = target.ref.namespace === null ? 'of the whole cluster' : `in namespace ${target.ref.namespace}`
  if (/ cannot \S+ resource /.test(message)) {
    const role = target.ref.namespace === null ? 'ClusterRole' : `Role in ${target.ref.namespace}`
    const rule = `{apiGroups: ["${target.ref.group}"], resources: ["${target.plural}"], verbs: ["get", "create", "patch", "update", "delete"]}`
    return writeProblem(
      'forbidden',
      `${actorWords(as)} may not ${verb} ${target.plural} ${where}. Ask for a ${role} with the rule ${rule}.`,
    )
  }
  return writeProblem('invalid', `${objectWords(target)} is refused by the cluster’s rules: ${message}`)
}

function invalid({ message, causes }: KubeStatus, named: string): WriteProblem {
  const fields = causes
    .filter(({ field, message: said }) => field !== '' || said !== '')
    .map(({ field, message: said }) => ({ field, message: said }))
  const which = fields.map(({ field, message: said }) => `${field}: ${said}`).join('; ')
  return writeProblem('invalid', `${named} is not accepted. ${which === '' ? message : which}`, { fields })
}

/** Managers and their fields of a refused server-side apply. */
function conflictsOf(causes: KubeStatus['causes']): FieldConflict[] {
  const found = new Map<string, string[]>()
  for (const { reason, field, message } of causes) {
    if (reason !== 'FieldManagerConflict') continue
    const manager = /conflict with "(.*?)"/.exec(message)?.[1] ?? 'another manager'
    found.set(manager, [...(found.get(manager) ?? []), field])
  }
  return [...found].map(([manager, fields]) => ({ manager, operation: 'unknown', time: null, fields }))
}
